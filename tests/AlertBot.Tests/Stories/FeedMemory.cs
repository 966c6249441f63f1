using AlertBot.Feeds;
using AlertBot.Stories;

namespace AlertBot.Tests.Stories;

/// <summary>What the archive would know of one feed and of others after each document, kept in memory.</summary>
internal sealed class FeedMemory
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Feed Feed = new(new FeedId(1), new Uri("https://wire.example/feed")) { Title = "Wire" };

    private readonly Dictionary<long, long> _byKey = [];
    private readonly Dictionary<string, long> _byLink = new(StringComparer.Ordinal);
    private readonly Dictionary<long, KnownStory> _stories = [];
    private long _last;

    public FeedTrust Trust { get; private set; }

    /// <summary>Polls a document, and gives for each item N (new), C (changed) or K (known).</summary>
    public string Poll(params FeedEntry[] entries)
    {
        var (identified, trust) = EntryIdentifier.Identify(entries, Trust);
        var known = new KnownStories(_byKey.ToDictionary(k => k.Key, k => _stories[k.Value]), _byLink.ToDictionary(k => k.Key, k => _stories[k.Value]));
        var intake = StoryIntake.Admit(Feed, identified, trust, known, Day);
        Trust = intake.Trust;
        foreach (var admission in intake.Admissions)
        {
            Remember(admission);
        }

        return string.Concat(intake.Admissions.Select(a => a switch { Admission.New => 'N', Admission.Changed => 'C', _ => 'K' }));
    }

    /// <summary>An item with everything; a test changes what matters to it.</summary>
    public static FeedEntry Item(int number) => new(
        $"guid-{number}", $"https://wire.example/story/{number}", $"{Subjects[number % Subjects.Length]} in the news, report {number}", null, Day.AddMinutes(number * 7), null,
        $"{Subjects[number % Subjects.Length]} has done something of note, report {number} says, and this is what is known about it so far.", null);

    private static readonly string[] Subjects = ["Harbour strike", "Wheat harvest", "Lunar probe", "Border talks", "Flood relief", "Chip factory", "Opera premiere", "Bank merger"];

    private void Remember(Admission admission)
    {
        var recording = Recording.KeysAndHash;
        var id = admission switch
        {
            Admission.New(_, var story) => Owned(story.Key.Value, ++_last, story.Title),
            Admission.Changed(_, var story) => story.Id.Value,
            Admission.Known known => known.StoryId?.Value ?? _byLink[known.Twin.Value],
            _ => throw new InvalidOperationException(),
        };
        recording = admission is Admission.Known { Recording: var wanted } ? wanted : recording;
        if (recording == Recording.KeysAndHash)
        {
            _stories[id] = _stories[id] with { EntryHash = admission.Entry.Keys.Whole, TextHash = admission.Entry.Keys.Text, Title = admission.Entry.Entry.Title };
        }

        foreach (var key in recording == Recording.Nothing ? [] : admission.Entry.Keys.All)
        {
            if (key == admission.Entry.Keys.Guid || !_byKey.ContainsKey(key))
            {
                _byKey[key] = id;
            }
        }

        if (admission.Entry.Link is { } link)
        {
            _byLink.TryAdd(link, id);
        }
    }

    private long Owned(string key, long id, string title)
    {
        _byLink.Add(key, id);
        _stories[id] = new KnownStory(new StoryId(id), null, IsOwn: true, IsOfFeed: true, null, title);
        return id;
    }
}
