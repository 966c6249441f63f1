using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Benchmarks.Search;

/// <summary>
/// Who is in which story: three actors and a topic, some much oftener than others, as the names in the news are; an event that every fourth
/// story tells further, and words of the first actor in every third. The same seed gives the same.
/// </summary>
internal sealed class SearchCast(IReadOnlyList<Actor> actors, IReadOnlyList<Topic> topics)
{
    private const int Outlets = 50;
    private const int Open = 40;
    private const int LongestQuote = 120;

    private readonly Random _random = new(3);
    private readonly List<(long Event, IReadOnlyList<CastTag> Tags)> _events = [];

    /// <summary>The stories have to come in the order of their numbers.</summary>
    public CastStory Of(long id, SearchStory story)
    {
        var isNew = _events.Count == 0 || _random.Next(4) != 0;
        if (isNew)
        {
            _events.Add((id, TagsOf(story)));
            _events.RemoveRange(0, Math.Max(0, _events.Count - Open));
        }

        var (happening, tags) = isNew ? _events[^1] : _events[_random.Next(_events.Count)];
        var host = $"outlet{_random.Next(Outlets)}.example";
        return new CastStory(id, $"https://{host}/{id}", host, happening, tags, id % 3 == 0 ? story.Text[..Math.Min(LongestQuote, story.Text.Length)] : null);
    }

    private List<CastTag> TagsOf(SearchStory story)
    {
        string[] named = [actors[Popular(actors.Count)].Slug, actors[Popular(actors.Count)].Slug, actors[Popular(actors.Count)].Slug];
        return
        [
            .. named.Distinct().Select((slug, i) => new CastTag("actor", slug, i == 0 ? "main" : "mentioned", EvidenceOf(story, slug))),
            new CastTag("topic", topics[Popular(topics.Count)].Slug, "main", EvidenceOf(story, "topic")),
        ];
    }

    // As long as what the tagger writes.
    private static string EvidenceOf(SearchStory story, string slug) => JsonSerializer.Serialize(
        (Evidence[])[new(TextSection.Title, 0, slug, "name", story.Title), new(TextSection.Body, 0, slug, "name", story.Text[..Math.Min(LongestQuote, story.Text.Length)])]);

    private int Popular(int count) => Math.Min(count - 1, Math.Max(0, (int)Math.Pow(count, Math.Pow(_random.NextDouble(), 0.7)) - 1));
}

/// <param name="Event">The number of the story that told it first.</param>
/// <param name="Quote">Words of the first actor.</param>
internal sealed record CastStory(long Id, string Link, string Outlet, long Event, IReadOnlyList<CastTag> Tags, string? Quote);

/// <param name="Kind">As stored, like the rest.</param>
internal sealed record CastTag(string Kind, string Slug, string Salience, string Evidence);
