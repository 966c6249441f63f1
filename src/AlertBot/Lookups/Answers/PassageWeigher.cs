using AlertBot.Knowledge;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups.Answers;

/// <summary>
/// Holds the sentences of stories against a question. A sentence answers by the words of the question that it has, itself or in words that
/// are near them, and by having the kind of thing that is wanted; who it is about, its story tells. The weights are from a fit over questions
/// that people asked of news, with the answers marked (<c>AlertBot.Benchmarks -- ask</c>). A function of its values.
/// </summary>
internal sealed class PassageWeigher(AskedQuestion asked, IReadOnlyList<WeighedTerm> terms)
{
    private const double WordShare = 4.5;
    private const double NameShare = 0.5;
    private const double BesideShare = 1.3;
    private const double KindWeight = 1.5;
    private const double StoryWeight = 6.5;
    private const double LongWeight = 2;
    private const double AskingWeight = -1.5;
    private const double SpeakerWeight = 3;
    private const double NameWeight = 1.5;
    private const double WindowShare = 0.6;
    private const double OwnShare = 0.06;
    private const double LeastWindow = 0.1;
    private const double ManyWords = 30;

    private readonly Wanted _wanted = WantedKind.Of(asked.Text);
    private readonly IReadOnlySet<string> _asked = FoldedText.WordsOf(asked.Text).ToHashSet();
    private readonly bool[] _isTime = [.. terms.Select(t => t.IsOf(asked.TimeWords))];
    private readonly double[] _weights = [.. terms.Select(t => t.Rarity * (t.IsName ? NameWeight : 1))];

    private enum Found
    {
        No,
        Near,
        Yes,
    }

    /// <summary>The sentences of one story.</summary>
    /// <param name="share">The story's weight, as a share of the best one's.</param>
    /// <param name="tagged">Who is meant where in the story, and who says what; null where nobody is known.</param>
    public IEnumerable<WeighedPassage> Weigh(IReadOnlyList<Passage> passages, double share, TaggedText? tagged)
    {
        if (passages.Count == 0)
        {
            yield break;
        }

        var story = passages[0].Story;
        var isOfTime = asked.Time is { } time && story.SortedAt >= time.Period.From && story.SortedAt < time.Period.To;
        var words = passages.Select(p => WeighedTerm.Read(p.Text)).ToList();
        var found = words.Select((w, i) => FoundIn(w, isOfTime, tagged is null ? null : slug => IsAbout(passages[i], slug, tagged))).ToList();
        var title = FoundIn(WeighedTerm.Read(story.Title), isOfTime, tagged is null ? null : slug => tagged.Tags.Any(t => t.Name.Slug == slug));
        bool IsInStory(int i) => title[i] > Found.No || found.Exists(f => f[i] > Found.No);
        var inStory = Share(IsInStory);
        var hasAll = !terms.Index().Any(t => t.Item.Slug is { } slug && asked.People.Contains(slug) && !IsInStory(t.Index));
        for (var at = 0; at < passages.Count; at++)
        {
            var beside = terms.Select((_, i) => found[at][i] == Found.No && ((at > 0 && found[at - 1][i] > Found.No) || (at + 1 < found.Count && found[at + 1][i] > Found.No))).ToArray();
            var own = found[at];
            var weight = (WordShare * Share(i => own[i] > Found.No, isName: false))
                + (NameShare * Share(i => own[i] == Found.Yes, isName: true))
                + (BesideShare * Share(i => beside[i], isName: false))
                + (tagged is not null && _wanted == Wanted.Words && IsSaidByOneAsked(passages[at], tagged) ? SpeakerWeight : 0)
                + (WantedKind.IsIn(_wanted, passages[at].Text, _asked) ? KindWeight : 0)
                + (LongWeight * Math.Clamp((words[at].Length / ManyWords) - 1, 0, 1))
                + (passages[at].Text.EndsWith('?') ? AskingWeight : 0);
            var window = Share(i => own[i] > Found.No || beside[i]);
            var isThen = asked.Time is null || isOfTime || terms.Index().Any(t => _isTime[t.Index] && IsInStory(t.Index));
            yield return new WeighedPassage(passages[at], weight + (StoryWeight * share), weight, inStory + (WindowShare * window) + (OwnShare * weight)) { IsOfThem = hasAll && isThen, IsOnIt = window >= LeastWindow };
        }
    }

    private Found[] FoundIn(string[] words, bool isOfTime, Func<string, bool>? isAbout) =>
        [.. terms.Select((t, i) => IsFound(t, words, isAbout) || (isOfTime && _isTime[i]) ? Found.Yes : t.IsNearIn(words) ? Found.Near : Found.No)];

    // Who is known is found by what the tagger made of the names: "Kim" may be another one.
    private bool IsFound(WeighedTerm term, string[] words, Func<string, bool>? isAbout) =>
        term.Slug is { } slug && isAbout is not null ? isAbout(slug) || (!asked.People.Contains(slug) && term.IsIn(words)) : term.IsIn(words);

    private static bool IsAbout(Passage passage, string slug, TaggedText tagged) =>
        tagged.Tags.Any(t => t.Name.Kind == TagKind.Actor && t.Name.Slug == slug && t.Evidence.Any(e => e.Section == passage.Section && e.Start >= passage.Start && e.Start < passage.End))
        || IsSaidBy(passage, slug, tagged);

    private static bool IsSaidBy(Passage passage, string slug, TaggedText tagged) =>
        tagged.Quotes.Concat(tagged.Statements).Any(q => q.Speaker == slug && q.Section == passage.Section && q.Start >= passage.Start && q.Start < passage.End);

    private bool IsSaidByOneAsked(Passage passage, TaggedText tagged) => terms.Any(t => t.Slug is { } slug && IsSaidBy(passage, slug, tagged));

    /// <summary>What is found, as a share of all that is asked for, or of the names or the other words in it; 0 to 1.</summary>
    private double Share(Func<int, bool> isFound, bool? isName = null)
    {
        var (whole, part) = (0.0, 0.0);
        for (var i = 0; i < terms.Count; i++)
        {
            var counts = isName is null || terms[i].IsName == isName ? _weights[i] : 0;
            whole += counts;
            part += isFound(i) ? counts : 0;
        }

        return whole > 0 ? part / whole : 0;
    }
}

/// <param name="Weight">How well it answers; comparable only with those of the same question.</param>
/// <param name="Own">The same without its story's share.</param>
/// <param name="Confidence">How much of what is asked for stands in its story, around it and in it, 0 to about 2.</param>
internal sealed record WeighedPassage(Passage Passage, double Weight, double Own, double Confidence)
{
    /// <summary>It is of the time that is asked about, and its story speaks of the people who are.</summary>
    public required bool IsOfThem { get; init; }

    /// <summary>It has something to do with the question itself.</summary>
    public required bool IsOnIt { get; init; }
}
