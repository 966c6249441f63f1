namespace AlertBot.Stories.Events;

/// <summary>An event as its stories so far tell it: the sum of what they say, when they came, and who brought them.</summary>
internal sealed class Happening(string id)
{
    private const int MostTerms = 400;
    private const int MostTexts = 100;

    private readonly HashSet<int> _firstDays = [];
    private readonly HashSet<int> _days = [];
    private readonly List<double> _magnitudes = [];
    private readonly List<double> _amounts = [];
    private readonly Dictionary<string, HashSet<string>> _serials = [];
    private readonly List<Shingles> _texts = [];
    private readonly HashSet<string> _outlets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _independent = new(StringComparer.OrdinalIgnoreCase);

    public string Id => id;

    public int Stories { get; private set; }

    public TermVector Words { get; private set; } = TermVector.Empty;

    public TermVector Names { get; private set; } = TermVector.Empty;

    public TermVector Deeds { get; private set; } = TermVector.Empty;

    public TermVector Lead { get; private set; } = TermVector.Empty;

    public DateTimeOffset? FirstPublished { get; private set; }

    public DateTimeOffset? LastPublished { get; private set; }

    /// <summary>Its place in the order of arrival of stories: who is lowest has waited longest for one.</summary>
    public long LastArrival { get; private set; }

    /// <summary>The terms under which it is looked up.</summary>
    public HashSet<uint> FoundBy { get; } = [];

    public int Outlets => _outlets.Count;

    /// <summary>Outlets whose text is not mostly a copy of an earlier one.</summary>
    public int Independent => _independent.Count;

    public IReadOnlySet<int> FirstDays => _firstDays;

    public IReadOnlySet<int> Days => _days;

    public IReadOnlyList<double> Magnitudes => _magnitudes;

    public IReadOnlyDictionary<string, HashSet<string>> Serials => _serials;

    public IReadOnlyList<double> Amounts => _amounts;

    /// <returns>Whether most of its text stood in an earlier story.</returns>
    public bool Add(StoryProfile story, long arrival)
    {
        Stories++;
        LastArrival = arrival;
        Words = Words.Plus(story.Words, MostTerms);
        Names = Names.Plus(story.Names, MostTerms);
        Deeds = Deeds.Plus(story.Deeds, MostTerms);
        Lead = Lead.Plus(story.Lead, MostTerms);
        FirstPublished = story.Story.Published < FirstPublished ? story.Story.Published : FirstPublished ?? story.Story.Published;
        LastPublished = story.Story.Published > LastPublished ? story.Story.Published : LastPublished ?? story.Story.Published;
        _days.UnionWith(story.Days.All);
        _magnitudes.AddRange(story.Magnitudes.Where(m => !_magnitudes.Contains(m)));
        _amounts.AddRange(story.Amounts.Where(a => !_amounts.Contains(a)));
        foreach (var (row, number) in story.Serials)
        {
            _serials.TryAdd(row, []);
            _serials[row].Add(number);
        }

        if (story.Days.First is { } day)
        {
            _firstDays.Add(day);
        }

        return CountOutlet(story);
    }

    /// <summary>Takes the words that a story of it has since it was changed.</summary>
    public void Learn(StoryProfile changed) => Words = Words.Plus(changed.Words, MostTerms);

    private bool CountOutlet(StoryProfile story)
    {
        var outlet = story.Story.Outlet ?? "";
        var isCopy = _texts.Exists(story.Shingles.IsCopyOf);
        _outlets.Add(outlet);
        if (isCopy)
        {
            return true;
        }

        _independent.Add(outlet);
        if (_texts.Count < MostTexts)
        {
            _texts.Add(story.Shingles);
        }

        return false;
    }
}
