using System.Text.Json;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>What happens in a workspace: the bot is spoken to, its page is opened, it joins a channel, it is taken away. https://docs.slack.dev/reference/events</summary>
internal sealed partial class SlackEvents(
    CommandRouter router, Visitors visitors, Replies replies, HomeTab home, Greeting greeting, SlackCardRenderer renderer, SlackApi api, WorkspaceDirectory workspaces, Database database, TimeProvider time, ILogger<SlackEvents> logger)
{
    /// <param name="payload">The event with what stands around it.</param>
    public async Task HandleAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var about = payload.At("event");
        switch (about.Text("type"))
        {
            case "app_mention" when about.Text("channel") is not ['D', ..]:
            case "message" when about.Text("channel_type") == "im":
                await HearAsync(payload, about, cancellationToken);
                break;
            case "app_home_opened":
                if (about.Text("tab") == "home" && Incoming.OfEvent(payload) is { } visitor)
                {
                    replies.Note(await home.PublishAsync(visitor, cancellationToken));
                }

                break;
            case "member_joined_channel":
                await GreetAsync(payload, cancellationToken);
                break;
            case "app_uninstalled":
            case "tokens_revoked" when about.Each("tokens", "bot").Any():
                await workspaces.StopAsync(NonEmpty(payload.Text("enterprise_id")), NonEmpty(payload.Text("team_id")), about.Text("type"), TimeOf(payload), cancellationToken);
                break;
            case "tokens_revoked":
                break;
            case var type:
                Log.Unknown(logger, type);
                break;
        }
    }

    private async Task HearAsync(JsonElement payload, JsonElement about, CancellationToken cancellationToken)
    {
        // Nothing that a program said, and nothing that was changed afterwards.
        if (about.Text("bot_id").Length > 0 || about.Text("subtype").Length > 0 || about.At("edited").ValueKind == JsonValueKind.Object || Incoming.OfEvent(payload) is not { } at)
        {
            return;
        }

        var self = await api.SelfAsync(at.Team, cancellationToken);
        if (self == at.User)
        {
            return;
        }

        var said = SlackNames.Ours(SlackLine.Of(about.Text("text"), at.Team, self).Trim());
        var line = said.Length > 0 ? said : "/help";
        // The bot answers below what was said: that is where the talk goes on.
        var thread = at.Thread ?? (at.IsDirect ? null : NonEmpty(about.Text("ts")));
        var request = new Request(async token => await router.AnswerTextAsync(line, (await visitors.OfAsync(at, line, token)) with { Thread = thread }, token), router.Find(line)?.Command, line);
        await replies.PostAsync(at, request, at.IsDirect ? null : about.Text("ts"), cancellationToken);
    }

    private async Task GreetAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        if (Incoming.OfEvent(payload) is { } joined && joined.User == await api.SelfAsync(joined.Team, cancellationToken) && await IsFirstAsync(joined.Team, cancellationToken))
        {
            replies.Note(await api.PostMessageAsync(joined.Place, renderer.Message(greeting(), null), null, cancellationToken));
        }
    }

    private async Task<bool> IsFirstAsync(string team, CancellationToken cancellationToken) => await database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO slack_greetings (team_id, greeted_at) VALUES (@team, @Now) ON CONFLICT DO NOTHING",
            new { team, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction),
        cancellationToken) > 0;

    // Slack tells whole seconds: the end of that one.
    private DateTimeOffset TimeOf(JsonElement payload) =>
        payload.At("event_time") is { ValueKind: JsonValueKind.Number } told && told.TryGetInt64(out var seconds) && seconds is > 0 and < int.MaxValue
            ? DateTimeOffset.FromUnixTimeSeconds(seconds + 1).AddMilliseconds(-1)
            : time.GetUtcNow();

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An event of the unknown type {Type} was left alone")]
        public static partial void Unknown(ILogger logger, string type);
    }
}
