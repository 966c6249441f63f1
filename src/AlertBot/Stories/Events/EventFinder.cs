namespace AlertBot.Stories.Events;

/// <summary>
/// Puts stories into events as they arrive: each joins the event that it is most like, or begins its own. What was decided
/// stays. The same stories in the same order give the same events. Memory is bounded: the events that have waited longest
/// for a story are forgotten. Not for several threads at once.
/// </summary>
internal sealed class EventFinder
{
    private const int MostEvents = 12_000;
    private const int Looked = 24;
    private const int Compared = 12;
    private const int LongestList = 1_500;

    private readonly WordReader _reader = new();
    private readonly TermCounts _counts = new();
    private readonly Dictionary<string, Happening> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, List<Happening>> _byTerm = [];
    private long _arrivals;

    public Placement Place(EventStory story)
    {
        var profile = StoryProfile.Of(story, _reader, _counts);
        var terms = profile.Words.Heaviest(Looked);
        var (best, likeness) = Candidates(terms).Select(c => (Event: c, Likeness: Likeness.Of(profile, c))).OrderByDescending(c => c.Likeness).FirstOrDefault();
        var isNew = best is null || likeness < Likeness.Same;
        var happening = isNew ? _events[story.Id] = new Happening(story.Id) : best!;
        happening.Add(profile, _arrivals++);
        Index(happening, terms);
        Forget();
        return new Placement(happening.Id, isNew, isNew ? 1 : likeness, happening.Stories, happening.Outlets, happening.Independent);
    }

    private IEnumerable<Happening> Candidates(uint[] terms)
    {
        var shared = new Dictionary<Happening, int>();
        foreach (var term in terms)
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

    private void Index(Happening happening, uint[] terms)
    {
        foreach (var term in terms)
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

/// <summary>Where a story belongs.</summary>
/// <param name="Event">The id of the event's first story.</param>
/// <param name="IsNew">It began the event.</param>
/// <param name="Likeness">How like the event's earlier stories it is; 1 where there were none.</param>
/// <param name="Stories">How many the event has now.</param>
/// <param name="Outlets">How many outlets have told of it.</param>
/// <param name="Independent">How many of them did not mostly copy an earlier one.</param>
internal sealed record Placement(string Event, bool IsNew, double Likeness, int Stories, int Outlets, int Independent);
