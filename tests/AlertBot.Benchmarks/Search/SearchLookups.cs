using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Search;

/// <summary>The commands that look things up, each for the ten names that come most, and for sixty that come seldom.</summary>
internal sealed class SearchLookups(IServiceProvider services)
{
    private const int Each = 60;
    private const int Common = 10;

    public static readonly ChannelAddress Desk = new("local", "desk");

    private readonly KnowledgeBase _known = services.GetRequiredService<KnowledgeBase>();

    /// <summary>Lets the channel follow what its briefs are about.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<SubscriptionStore>();
        foreach (var expression in (string[])[_known.Actors[0].Slug, $"{_known.Actors[3].Slug} or {_known.Actors[40].Slug}", $"topic:{_known.Topics[0].Slug}", $"topic:{_known.Topics[5].Slug} and {_known.Actors[1].Slug}"])
        {
            await store.AddAsync(new FollowOrigin(Desk, "benchmark", "benchmark", null, null), FollowParser.ParseStored(expression), cancellationToken);
        }
    }

    /// <summary>Each kind of command with the lines that somebody types.</summary>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Lines)>> LinesAsync(IReadOnlyList<SearchQuestion> questions)
    {
        var often = Repeated([.. _known.Actors.Take(Common).Select(a => a.Slug)]);
        var seldom = _known.Actors.Skip(_known.Actors.Count / 2).Take(Each).Select(a => a.Slug).ToList();
        var topics = Repeated([.. _known.Topics.Take(Common).Select(t => t.Slug)]);
        var rareTopics = Repeated([.. _known.Topics.TakeLast(Common).Select(t => t.Slug)]);
        var words = Repeated([.. questions.Where(q => q.Kind == "common1").Select(q => q.Typed)]);
        var told = await EventsAsync();
        return
        [
            .. questions.GroupBy(q => q.Kind).Select(g => Lines($"/search {g.Key}", [.. g], q => $"/search {q.Typed}")),
            Lines("/search WORD actor:", often, (a, i) => $"/search {words[i]} actor:{a}"),
            Lines("/search WORD actor: seldom", seldom, (a, i) => $"/search {words[i]} actor:{a}"),
            Lines("/search WORD since:60d", words, w => $"/search {w} since:60d sort:newest"),
            Lines("/search WORD page:50", words, w => $"/search {w} sort:newest page:50"),
            .. Both("/who", a => $"/who {a}"),
            Lines("/topic", topics, t => $"/topic {t}"),
            Lines("/topic seldom", rareTopics, t => $"/topic {t}"),
            Lines("/latest", topics, _ => "/latest"),
            Lines("/latest page:1000", topics, _ => "/latest page:1000"),
            Lines("/latest since:30d", topics, _ => "/latest since:30d"),
            .. Both("/latest ACTOR", a => $"/latest {a}"),
            Lines("/latest ACTOR page:100", often, a => $"/latest {a} page:100"),
            .. Both("/latest ACTOR since:30d", a => $"/latest {a} since:30d"),
            Lines("/latest TOPIC", topics, t => $"/latest topic:{t}"),
            .. Both("/quotes", a => $"/quotes {a}"),
            Lines("/quotes about:", often, (a, i) => $"/quotes {a} about:{often[(i + 1) % Each]}"),
            Lines("/quotes topic: since:", often, (a, i) => $"/quotes {a} topic:{topics[(i + 1) % Each]} since:12m until:6m"),
            .. Both("/timeline ACTOR", a => $"/timeline {a}"),
            Lines("/timeline TOPIC", topics, t => $"/timeline topic:{t}"),
            Lines("/timeline since: until:", often, a => $"/timeline {a} since:12m until:6m"),
            Lines("/event LINK", told, e => $"/event {e.Link}"),
            Lines("/event HEADLINE", told, e => $"/event {e.Title}"),
            Lines("/trend two", often, (a, i) => $"/trend {a} vs {often[(i + 1) % Each]}"),
            Lines("/trend two seldom", seldom, (a, i) => $"/trend {a} vs {seldom[(i + 1) % Each]}"),
            Lines("/trend four weeks:52", often, (a, i) => $"/trend {string.Join(", ", Enumerable.Range(i, 3).Select(n => often[n % Each]))}, topic:{topics[i]} weeks:52"),
            Lines("/together", often, (a, i) => $"/together {a} and {often[(i + 1) % Each]}"),
            Lines("/together seldom", seldom, (a, i) => $"/together {a} and {often[i]}"),
            Lines("/brief", topics, _ => "/brief"),
            Lines("/brief week", topics, _ => "/brief period:week"),
            .. Both("/brief ACTOR week", a => $"/brief {a} period:week"),
            Lines("/brief TOPIC month", topics, t => $"/brief topic:{t} period:month"),
            Lines("/catchup since:3d", topics, _ => "/catchup since:3d"),
            Lines("/ask", [.. questions.Where(q => q.Kind == "or3")], (q, i) => $"/ask what did {often[i].Replace('-', ' ')} say about {string.Join(' ', q.Words)}?"),
        ];

        IEnumerable<(string, IReadOnlyList<string>)> Both(string name, Func<string, string> line) => [Lines(name, often, line), Lines($"{name} seldom", seldom, line)];
    }

    private static (string Name, IReadOnlyList<string> Lines) Lines<T>(string name, IReadOnlyList<T> of, Func<T, string> line) => (name, [.. of.Select(line)]);

    private static (string Name, IReadOnlyList<string> Lines) Lines<T>(string name, IReadOnlyList<T> of, Func<T, int, string> line) => (name, [.. of.Select(line)]);

    private static IReadOnlyList<T> Repeated<T>(IReadOnlyList<T> some) => [.. Enumerable.Range(0, Each).Select(i => some[i % some.Count])];

    /// <summary>Stories of late whose event was told several times, or any where none was.</summary>
    private async Task<IReadOnlyList<(string Link, string Title)>> EventsAsync()
    {
        await using var connection = await services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        return [.. await connection.QueryAsync<(string, string)>(
            $"SELECT s.link, s.title FROM event_stories t JOIN stories s ON s.id = t.story_id WHERE t.story_id > (SELECT MAX(story_id) - 4000 FROM event_stories) ORDER BY t.story_id <> t.event_id DESC, t.story_id LIMIT {Each}")];
    }
}
