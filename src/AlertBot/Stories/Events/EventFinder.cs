namespace AlertBot.Stories.Events;

/// <summary>
/// Puts stories into events as they arrive: each joins the event that it is most like, or begins its own. What was decided
/// stays. The same stories in the same order give the same events. Memory is bounded: the events that have waited longest
/// for a story are forgotten. Not for several threads at once.
/// </summary>
internal sealed class EventFinder
{
    private const int MostEvents = 12_000;
    private const int Compared = 12;
    private const int LongestList = 1_500;
    private const int Named = 6;
    private const int NewsTerms = 16;

    // The first few stories say little of what all have in common.
    private const int UnknownEvents = 3;

    private readonly WordReader _reader = new();
    private readonly TermCounts _counts = new();
    private readonly Dictionary<string, Happening> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, List<Happening>> _byTerm = [];
    private long _arrivals;

    public Placement Place(EventStory story)
    {
        var profile = Read(story);
        var (best, likeness) = Candidates(profile).Select(c => (Event: c, Likeness: Likeness.Of(profile, c))).OrderByDescending(c => c.Likeness).FirstOrDefault();
        var joined = best is not null && likeness >= Likeness.Same ? best : null;
        var shared = joined is null ? [] : profile.SharedWith(joined.Words, Named);
        var news = joined is null ? 1 : profile.Words.LackedBy(joined.Words, NewsTerms);
        var happening = joined ?? new Happening(story.Id);
        var isCopy = Add(happening, profile);
        return new Placement(happening.Id, joined is null, joined is null ? 1 : likeness, shared, isCopy, happening.Stories, happening.Outlets, happening.Independent) { News = news };
    }

    /// <summary>Takes the new text of a story whose event was found before.</summary>
    /// <returns>How much news it has for the event, as in <see cref="Placement.News"/>; 0 where the event is not known any more.</returns>
    public double Change(EventStory story, string @event)
    {
        if (!_events.TryGetValue(@event, out var happening))
        {
            return 0;
        }

        var profile = Read(story);
        var news = profile.Words.LackedBy(happening.Words, NewsTerms);
        happening.Learn(profile);
        return news;
    }

    /// <summary>Takes a story whose event was found before, as at a restart.</summary>
    public void Remember(EventStory story, string @event) =>
        Add(_events.GetValueOrDefault(@event) ?? new Happening(@event), Read(story));

    private StoryProfile Read(EventStory story) => StoryProfile.Of(story, _reader, _counts, ShareOf);

    private double ShareOf(uint term) => _byTerm.TryGetValue(term, out var list) ? list.Count / (double)(_events.Count + UnknownEvents) : 0;

    private bool Add(Happening happening, StoryProfile profile)
    {
        _events[happening.Id] = happening;
        var isCopy = happening.Add(profile, _arrivals++);
        Index(happening, profile);
        Forget();
        return isCopy;
    }

    private IEnumerable<Happening> Candidates(StoryProfile profile)
    {
        var shared = new Dictionary<Happening, int>();
        foreach (var term in profile.Main)
        {
            if (_byTerm.TryGetValue(term, out var list) && list.Count <= LongestList)
            {
                foreach (var happening in list)
                {
                    shared[happening] = shared.GetValueOrDefault(happening) + 1;
                }
            }
        }

        return shared.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key.LastArrival).Take(Compared).Select(s => s.Key);
    }

    private void Index(Happening happening, StoryProfile profile)
    {
        foreach (var term in profile.Main)
        {
            if (!happening.FoundBy.Add(term))
            {
                continue;
            }

            if (!_byTerm.TryGetValue(term, out var list))
            {
                _byTerm[term] = list = [];
            }

            list.Add(happening);
        }
    }

    // A tenth at a time, so that the lists are swept seldom.
    private void Forget()
    {
        if (_events.Count <= MostEvents)
        {
            return;
        }

        var old = _events.Values.OrderBy(e => e.LastArrival).Take(MostEvents / 10).ToHashSet();
        foreach (var happening in old)
        {
            _events.Remove(happening.Id);
        }

        foreach (var term in old.SelectMany(e => e.FoundBy).Distinct())
        {
            _byTerm[term].RemoveAll(old.Contains);
            if (_byTerm[term].Count == 0)
            {
                _byTerm.Remove(term);
            }
        }
    }
}

/// <summary>Where a story belongs, and why.</summary>
/// <param name="Event">The id of the event's first story.</param>
/// <param name="IsNew">It began the event.</param>
/// <param name="Likeness">How like the event's earlier stories it is; 1 where there were none.</param>
/// <param name="Shared">The words that weighed most in that.</param>
/// <param name="IsCopy">Most of its text stood in one of the earlier stories.</param>
/// <param name="Stories">How many the event has now.</param>
/// <param name="Outlets">How many outlets have told of it.</param>
/// <param name="Independent">How many of them did not mostly copy an earlier one.</param>
internal sealed record Placement(
    string Event, bool IsNew, double Likeness, IReadOnlyList<string> Shared, bool IsCopy, int Stories, int Outlets, int Independent)
{
    /// <summary>How much of what weighs most in it no earlier story of the event has: from 0, nothing, to 1.</summary>
    public double News { get; init; }
}
