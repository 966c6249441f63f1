namespace AlertBot.Stories.Events;

/// <summary>What a story is compared by: its words, its names, how it begins, the days it speaks of, and its shingles.</summary>
internal sealed class StoryProfile
{
    private const int MostTitleWords = 40;
    private const int MostBodyWords = 600;
    private const int FirstSentence = 25;
    private const int LeadWords = 45;
    private const int MainTerms = 24;
    private const int NewsWords = 160;
    private const double NameWeight = 1.4;
    private const double CommonShare = 0.05;
    private const double LeastWeight = 0.1;

    // Whoever wrote it or took the picture is not what happened.
    private static readonly HashSet<string> Bylines =
        ["reuters", "ap", "afp", "upi", "getty", "cnn", "bbc", "xinhua", "yonhap", "kyodo", "tass", "copyright", "photo", "pictured", "file", "caption", "edt", "est", "gmt", "pst", "pdt"];

    private readonly Term[] _terms;

    private StoryProfile(Term[] terms) => _terms = terms;

    public required EventStory Story { get; init; }

    /// <summary>The terms that weigh most: two stories of one happening share some of them.</summary>
    public required uint[] Main { get; init; }

    /// <summary>Every word that tells, heavier where it stands early or is a name.</summary>
    public required TermVector Words { get; init; }

    public required TermVector Names { get; init; }

    /// <summary>The words that are no names: what happened, as against to whom.</summary>
    public required TermVector Deeds { get; init; }

    /// <summary>The names that the title and the first sentences have: whom and where the story is about.</summary>
    public required TermVector LeadNames { get; init; }

    /// <summary>It begins by saying that this is not the first of its kind: another, a second, more.</summary>
    public required bool IsAnother { get; init; }

    /// <summary>The title and the first sentences.</summary>
    public required TermVector Lead { get; init; }

    public required HappeningDays Days { get; init; }

    public required IReadOnlyList<double> Magnitudes { get; init; }

    public required IReadOnlyDictionary<string, string> Serials { get; init; }

    public required IReadOnlyList<double> Amounts { get; init; }

    public required Shingles Shingles { get; init; }

    /// <param name="share">How large a part of the events has a term.</param>
    public static StoryProfile Of(EventStory story, WordReader reader, TermCounts counts, Func<uint, double> share)
    {
        var title = reader.Read(WithoutOutlet(story.Title), MostTitleWords);
        var body = reader.Read(story.Body, MostBodyWords);
        List<Word> all = [.. title, .. body];
        var terms = TermsOf(all, title.Count, NamesOf(title, body));
        counts.Add(terms);
        foreach (var term in terms)
        {
            term.Weigh(counts.Weigh(term.Form) * (term.IsName ? NameWeight : 1) * OfCommon(share(term.Form.Id)));
        }

        var words = Vector(terms, t => t.Weight);
        return new StoryProfile(terms)
        {
            Story = story,
            Main = words.Heaviest(MainTerms),
            Words = words,
            Names = Vector(terms, t => t.IsName ? t.Weight : 0),
            Deeds = Vector(terms, t => t.IsName ? 0 : t.Weight),
            Lead = Vector(terms, t => t.LeadWeight),
            LeadNames = Vector(terms, t => t.IsName && t.LeadTf > 0 ? t.Weight : 0),
            IsAnother = Recurrence.IsTold(all, title.Count + LeadWords),
            Days = HappeningDays.Of(all, story.Published),
            Magnitudes = Magnitude.Of(all),
            Serials = Events.Serials.Of(all, title.Count + LeadWords),
            Amounts = Events.Amounts.Of(all, title.Count + FirstSentence),
            Shingles = Shingles.Of(body),
        };
    }

    /// <summary>The words that it shares with others, the weightiest first.</summary>
    public IReadOnlyList<string> SharedWith(TermVector words, int most) =>
        [.. _terms.Where(t => words.Has(t.Form.Id)).OrderByDescending(t => t.Weight).Take(most).Select(t => t.Form.Written)];

    // In a newsroom that follows one country, its name tells nothing of which event it is.
    private static double OfCommon(double share) => share <= CommonShare ? 1 : Math.Max(LeastWeight, Math.Log(share) / Math.Log(CommonShare));

    // "Quake hits Aceh - The Daily Post": who says so is not what happened.
    private static string WithoutOutlet(string title)
    {
        var mark = title.LastIndexOfAny(['|', '-', '–', '—']);
        return mark > title.Length / 2 && title[mark - 1] == ' ' && mark + 1 < title.Length && title[(mark + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 and <= 4 } tail && tail.All(w => char.IsUpper(w[0]))
            ? title[..mark]
            : title;
    }

    private static Term[] TermsOf(List<Word> all, int titleWords, HashSet<uint> names)
    {
        var terms = new Dictionary<uint, Term>(all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            var form = all[i].Form;
            if (form.IsDay || Bylines.Contains(form.Written) || (form.Stem.Length == 1 && !form.IsNumber))
            {
                continue;
            }

            if (!terms.TryGetValue(form.Id, out var term))
            {
                terms[form.Id] = term = new Term(form, names.Contains(form.Id));
            }

            term.Tf += Place(i, titleWords);
            term.LeadTf += i < titleWords + LeadWords ? 1 : 0;
        }

        Term[] inOrder = [.. terms.Values];
        Array.Sort(inOrder, (a, b) => a.Form.Id.CompareTo(b.Form.Id));
        return inOrder;
    }

    private static double Place(int at, int titleWords) =>
        at < titleWords ? 2.5 : at < titleWords + LeadWords ? 2 : at < titleWords + NewsWords ? 1 : 0.6;

    private static TermVector Vector(Term[] terms, Func<Term, float> weight)
    {
        var vector = new TermVector.Builder(terms.Length);
        foreach (var term in terms)
        {
            if (weight(term) is var weighs and > 0)
            {
                vector.Add(term.Form.Id, weighs);
            }
        }

        return vector.Build().Unit();
    }

    // A capital within a sentence makes a name. One at a sentence's start, or in a title that has capitals throughout, needs a
    // word that is one elsewhere or that English at large hardly has.
    private static HashSet<uint> NamesOf(List<Word> title, List<Word> body)
    {
        var names = new HashSet<uint>();
        var small = new HashSet<uint>(body.Count);
        foreach (var word in body)
        {
            if (!word.IsCapital)
            {
                small.Add(word.Form.Id);
            }
            else if (!word.StartsSentence)
            {
                names.Add(word.Form.Id);
            }
        }

        var isCapitalThroughout = title.Count(w => w.IsCapital) > title.Count * 0.6;
        names.UnionWith(title.Where(w => w.IsCapital && !w.StartsSentence && !isCapitalThroughout).Select(w => w.Form.Id));
        names.UnionWith(title.Concat(body).Where(w => w.IsCapital && w.Form.IsRare && !small.Contains(w.Form.Id)).Select(w => w.Form.Id));
        return names;
    }
}

/// <summary>A term of one story.</summary>
internal sealed class Term(WordForm form, bool isName)
{
    public WordForm Form => form;

    public bool IsName => isName;

    /// <summary>How often it occurs, where it stands early more than once for each time.</summary>
    public double Tf { get; set; }

    public int LeadTf { get; set; }

    public float Weight { get; private set; }

    public float LeadWeight { get; private set; }

    /// <param name="rarity">How much one of it tells.</param>
    public void Weigh(double rarity)
    {
        Weight = (float)((1 + Math.Log(Tf)) * rarity);
        LeadWeight = LeadTf == 0 ? 0 : (float)((1 + Math.Log(LeadTf)) * rarity);
    }
}
