using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Commands.Demo;

/// <summary>Plays the newsroom: follows, publishes one story after another, and tells what the bot makes of each.</summary>
internal sealed class DemoScript(
    Newsroom newsroom, NewsroomServer server, IServiceProvider services, DemoTranscript? transcript, TextWriter output, TimeSpan pause)
{
    /// <summary>The channels of the demo with what each follows.</summary>
    public static readonly IReadOnlyList<(string Channel, string Follow)> Follows =
    [
        ("korea-desk", "/follow north-korea"),
        ("korea-desk", "/follow kim-yung-ho"),
        ("sanctions", "/follow topic:sanctions"),
        ("sanctions", "/follow north-korea and sanctions not sport"),
        ("diplomacy", "/follow summit-diplomacy or inter-korean-relations"),
    ];

    private static readonly ChatUser Editor = new("demo", "demo", IsModerator: true);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly FeedStore _feeds = services.GetRequiredService<FeedStore>();
    private readonly StoryStore _stories = services.GetRequiredService<StoryStore>();
    private readonly EventStore _events = services.GetRequiredService<EventStore>();
    private readonly TagStore _tags = services.GetRequiredService<TagStore>();
    private readonly OutboxStatus _outbox = services.GetRequiredService<OutboxStatus>();
    private readonly LocalConversation _chat = services.GetRequiredService<LocalConversation>();
    private readonly KnowledgeBase _knowledge = services.GetRequiredService<KnowledgeBase>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private StoryId _lastTold;

    /// <summary>Returns when every story is published, polled, and its alerts are shown and written down.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        foreach (var outlet in newsroom.Outlets)
        {
            await UntilAsync(async () => (await FeedAsync(outlet, cancellationToken)).BaselineAt is not null, cancellationToken);
        }

        if (server.Published == newsroom.Baseline)
        {
            foreach (var (channel, follow) in Follows)
            {
                await _chat.SayAsync(channel, Editor, follow, cancellationToken);
            }
        }

        _lastTold = await _stories.NewestIdAsync(cancellationToken);
        while (server.Published < newsroom.Stories.Count)
        {
            await PublishAsync(cancellationToken);
        }

        foreach (var outlet in newsroom.Outlets)
        {
            await PolledAsync(outlet, cancellationToken);
        }

        await UntilAsync(async () => (await _outbox.StateAsync(cancellationToken)).Pending == 0, cancellationToken);
        await CatchUpAsync(cancellationToken);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var story = await server.PublishNextAsync(cancellationToken);
        var outlet = newsroom.Outlets.Single(o => o.Id == story.Outlet);
        await output.WriteLineAsync($"{Environment.NewLine}[newsroom] {outlet.Title} ({outlet.Format}, {outlet.Encoding}) publishes: {story.Title}");
        await PolledAsync(outlet, cancellationToken);
        await TellAsync(cancellationToken);
        await CatchUpAsync(cancellationToken);
        await Task.Delay(pause, _time, cancellationToken);
        if (story.Guid == "hrd-2023-interview")
        {
            await _chat.SayAsync("korea-desk", Editor, "/who kim-yung-ho", cancellationToken);
        }
    }

    // The first success may be of a poll that began before the publication; the one after it is not.
    private async Task PolledAsync(Outlet outlet, CancellationToken cancellationToken)
    {
        for (var poll = 0; poll < 2; poll++)
        {
            var before = (await FeedAsync(outlet, cancellationToken)).SucceededAt;
            await UntilAsync(async () => (await FeedAsync(outlet, cancellationToken)).SucceededAt > before, cancellationToken);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var news = await _stories.AfterAsync(_lastTold, cancellationToken);
        if (news.Count == 0)
        {
            await output.WriteLineAsync("[archive]  known already, or edited: nobody is alerted again");
        }

        foreach (var story in news)
        {
            _lastTold = story.Id;
            var tags = await _tags.OfAsync(story.Id, cancellationToken);
            await output.WriteLineAsync(tags.Count == 0
                ? "[tagged]   nothing that the knowledge base has"
                : $"[tagged]   {string.Join(", ", tags.Select(t => $"{_knowledge.NameOf(t.Name)}{(t.Salience == Salience.Main ? "" : " (in passing)")}"))}");
            if (await _events.FindAsync(story.Id, cancellationToken) is { Outlets: [var first, _, ..] } happening)
            {
                await output.WriteLineAsync($"[event]    told by {happening.Outlets.Count} outlets, {happening.Independent} independent, first {first.Source}: its alert grows");
            }
        }
    }

    private Task CatchUpAsync(CancellationToken cancellationToken) => transcript?.CatchUpAsync(cancellationToken) ?? Task.CompletedTask;

    private async Task<Feed> FeedAsync(Outlet outlet, CancellationToken cancellationToken) =>
        (await _feeds.ListAsync(cancellationToken)).Single(f => f.Address == server.AddressOf(outlet));

    private async Task UntilAsync(Func<Task<bool>> done, CancellationToken cancellationToken)
    {
        while (!await done())
        {
            await Task.Delay(Glance, _time, cancellationToken);
        }
    }
}
