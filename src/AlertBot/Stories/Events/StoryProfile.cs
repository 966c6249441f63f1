namespace AlertBot.Stories.Events;

/// <summary>What a story is compared by: its words, its names, how it begins, the days it speaks of, and its shingles.</summary>
internal sealed class StoryProfile
{
    private const int MostTitleWords = 40;
    private const int MostBodyWords = 600;
    private const int LeadWords = 45;
    private const int NewsWords = 160;

    // Whoever wrote it or took the picture is not what happened.
    private static readonly HashSet<string> Bylines =
        ["reuters", "ap", "afp", "upi", "getty", "cnn", "bbc", "xinhua", "yonhap", "kyodo", "tass", "copyright", "photo", "pictured", "file", "caption", "edt", "est", "gmt", "pst", "pdt"];

    public required EventStory Story { get; init; }

    /// <summary>Every word that tells, heavier where it stands early or is a name.</summary>
    public required TermVector Words { get; init; }

    public required TermVector Names { get; init; }

    /// <summary>The names that the title and the first sentences have: whom and where the story is about.</summary>
    public required TermVector LeadNames { get; init; }

    /// <summary>It begins by saying that this is not the first of its kind: another, a second, more.</summary>
    public required bool IsAnother { get; init; }

    /// <summary>The title and the first sentences.</summary>
    public required TermVector Lead { get; init; }

    public required HappeningDays Days { get; init; }

    public required IReadOnlyList<double> Magnitudes { get; init; }

    public required Shingles Shingles { get; init; }

    /// <summary>The terms of <see cref="Words"/> as they are written.</summary>
    public required IReadOnlyDictionary<uint, string> Written { get; init; }

    public static StoryProfile Of(EventStory story, WordReader reader, TermCounts counts)
    {
        var title = reader.Read(story.Title, MostTitleWords);
        var body = reader.Read(story.Body, MostBodyWords);
        List<Word> all = [.. title, .. body];
        var names = NamesOf(title, body);
        var terms = new Dictionary<uint, Term>();
        for (var i = 0; i < all.Count; i++)
        {
            Count(terms, all[i], names.Contains(all[i].Form.Id), inLead: i < title.Count + LeadWords, Place(i, title.Count));
        }

        counts.Add(terms.Keys);
        foreach (var (id, term) in terms)
        {
            term.Weight = counts.Weigh(id, term.Share) * (term.IsName ? 1.4 : 1);
        }

        return new StoryProfile
        {
            Story = story,
            Words = Vector(terms, t => t.Tf),
            Names = Vector(terms, t => t.IsName ? t.Tf : 0),
            LeadNames = Vector(terms, t => t.IsName && t.InLead ? t.Tf : 0),
            IsAnother = Recurrence.IsTold(all.Take(title.Count + LeadWords)),
            Lead = Vector(terms, t => t.InLead ? t.LeadTf : 0),
            Days = HappeningDays.Of(all, story.Published),
            Magnitudes = Magnitude.Of(all),
            Shingles = Shingles.Of(body),
            Written = terms.ToDictionary(t => t.Key, t => t.Value.Written),
        };
    }

    private static double Place(int at, int titleWords) =>
        at < titleWords ? 2.5 : at < titleWords + LeadWords ? 2 : at < titleWords + NewsWords ? 1 : 0.6;

    private static void Count(Dictionary<uint, Term> terms, Word word, bool isName, bool inLead, double place)
    {
        if (Bylines.Contains(word.Written) || word.Form.IsDay || (word.Stem.Length == 1 && !word.IsNumber))
        {
            return;
        }

        if (!terms.TryGetValue(word.Form.Id, out var term))
        {
            terms[word.Form.Id] = term = new Term(word.Form, isName);
        }

        term.Add(place, inLead);
    }

    private static TermVector Vector(Dictionary<uint, Term> terms, Func<Term, double> tf) =>
        TermVector.Of(terms.Select(t => new KeyValuePair<uint, float>(t.Key, (float)(tf(t.Value) is var f and > 0 ? (1 + Math.Log(f)) * t.Value.Weight : 0)))).Unit();

    // A capital within a sentence makes a name. One at a sentence's start, or in a title that has capitals throughout, needs a
    // word that is one elsewhere or that English at large hardly has.
    private static HashSet<uint> NamesOf(List<Word> title, List<Word> body)
    {
        var names = body.Where(w => w.IsCapital && !w.StartsSentence).Select(w => w.Form.Id).ToHashSet();
        var small = body.Where(w => !w.IsCapital).Select(w => w.Form.Id).ToHashSet();
        var isCapitalThroughout = title.Count(w => w.IsCapital) > title.Count * 0.6;
        names.UnionWith(title.Where(w => w.IsCapital && !w.StartsSentence && !isCapitalThroughout).Select(w => w.Form.Id));
        names.UnionWith(title.Concat(body).Where(w => w.IsCapital && w.Form.IsRare && !small.Contains(w.Form.Id)).Select(w => w.Form.Id));
        return names;
    }

    private sealed class Term(WordForm form, bool isName)
    {
        public string Written => form.Written;

        public bool IsName => isName;

        public double Share => form.Share;

        public double Tf { get; private set; }

        public double LeadTf { get; private set; }

        public bool InLead { get; private set; }

        public double Weight { get; set; }

        public void Add(double place, bool inLead)
        {
            Tf += place;
            InLead |= inLead;
            LeadTf += inLead ? 1 : 0;
        }
    }
}
