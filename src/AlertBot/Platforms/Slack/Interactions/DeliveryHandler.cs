using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Workspaces;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>
/// Acts on what Slack tells. It is acknowledged at once and worked on after that; only the options of a field and the answer to
/// a form go with the acknowledgement. However it came in, by a socket or over HTTP, it is the same.
/// </summary>
internal sealed partial class DeliveryHandler(
    CommandRouter router, Visitors visitors, Replies replies, Forms forms, SlackEvents events, SeenEvents seen, WorkspaceDirectory workspaces, TimeProvider time, ILogger<DeliveryHandler> logger)
{
    // No button holds more.
    private const int MaxLine = 3000;

    /// <summary>A <see cref="HandleDelivery"/>.</summary>
    public async Task HandleAsync(SlackDelivery delivery, Acknowledge acknowledge, CancellationToken cancellationToken)
    {
        var (payload, now) = (delivery.Payload, time.GetUtcNow());
        switch (delivery.Kind, delivery.Kind == DeliveryKind.Interactive ? payload.Text("type") : "")
        {
            case (DeliveryKind.Interactive, "block_suggestion"):
                await NoteTeamAsync(payload, cancellationToken);
                await acknowledge(await SuggestAsync(payload, cancellationToken), cancellationToken);
                return;
            case (DeliveryKind.Interactive, "view_submission"):
                await NoteTeamAsync(payload, cancellationToken);
                await forms.SubmitAsync(payload, acknowledge, cancellationToken);
                return;
        }

        await acknowledge(null, cancellationToken);
        await NoteTeamAsync(payload, cancellationToken);
        if (!await IsNewAsync(delivery, cancellationToken))
        {
            return;
        }

        switch (delivery.Kind, payload.Text("type"))
        {
            case (DeliveryKind.Command, _) when Incoming.OfCommand(payload, now) is { } at:
                await TypedAsync(at, SlackNames.LineOf(payload.Text("command"), SlackLine.Of(payload.Text("text"), at.Team)), cancellationToken);
                break;
            case (DeliveryKind.Event, _):
                await events.HandleAsync(payload, cancellationToken);
                break;
            case (DeliveryKind.Interactive, "block_actions") when Incoming.OfAction(payload, now) is { } at:
                await PressedAsync(at, payload, cancellationToken);
                break;
            case (DeliveryKind.Interactive, "message_action") when Incoming.OfAction(payload, now) is { } at:
                await OnMessageAsync(at, payload, cancellationToken);
                break;
            case (_, var type):
                Log.Unknown(logger, delivery.Kind, type);
                break;
        }
    }

    private async Task<JsonObject?> SuggestAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        try
        {
            return await forms.SuggestAsync(payload, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NoOptions(logger, exception);
            return new JsonObject { ["options"] = new JsonArray() };
        }
    }

    private Task TypedAsync(Incoming at, string line, CancellationToken cancellationToken) => replies.AnswerAsync(at, Typed(at, line) with { IsTyped = true }, cancellationToken);

    private async Task PressedAsync(Incoming at, JsonElement payload, CancellationToken cancellationToken)
    {
        var pressed = payload.Each("actions").FirstOrDefault();
        var line = pressed.Text("value") is { Length: > 0 } value ? value : pressed.Text("selected_option", "value");

        // A link tells of itself, too.
        if (ActionIds.IsCommand(pressed.Text("action_id")) && line.Length is > 0 and <= MaxLine)
        {
            await replies.AnswerAsync(at, Typed(at, line) with { Replaces = ActionIds.Replaces(pressed.Text("action_id")) }, cancellationToken);
        }
    }

    private async Task OnMessageAsync(Incoming at, JsonElement payload, CancellationToken cancellationToken)
    {
        if (router.Commands.FirstOrDefault(c => c.MessageMenu is not null && c.Name == payload.Text("callback_id")) is not { } command)
        {
            Log.Unknown(logger, DeliveryKind.Interactive, payload.Text("callback_id"));
            return;
        }

        var (first, message) = (command.Options[0], payload.At("message"));
        var file = first.Kind == OptionKind.File && message.Each("files").FirstOrDefault() is { ValueKind: JsonValueKind.Object } attached ? forms.Given(attached, at.Team) : null;
        var options = new Dictionary<string, string> { [first.Name] = file?.Name ?? TextOf(message, at.Team) };
        var files = file is null ? new Dictionary<string, GivenFile>() : new Dictionary<string, GivenFile> { [first.Name] = file };
        await replies.AnswerAsync(
            at,
            new Request(async token => await router.AnswerAsync(await visitors.OfAsync(at, "", token) with { Command = command.Name, Options = options, Files = files }, token), command, $"/{command.Name}"),
            cancellationToken);
    }

    private Request Typed(Incoming at, string line) =>
        new(async token => await router.AnswerTextAsync(line, await visitors.OfAsync(at, line, token), token), router.Find(line)?.Command, line);

    /// <summary>All that a message says: its text and what its attachments say, which is where links and other bots put theirs.</summary>
    private static string TextOf(JsonElement message, string team)
    {
        IEnumerable<string> parts = [message.Text("text"), .. message.Each("attachments").SelectMany(a => new[] { a.Text("title"), a.Text("text") })];
        return string.Join("\n\n", parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => SlackLine.Of(p, team)));
    }

    // An organisation's installation serves a workspace that was never heard of.
    private async ValueTask NoteTeamAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var authorization = payload.Each("authorizations").FirstOrDefault();
        var enterprise = new[] { payload.Text("enterprise_id"), payload.Text("enterprise", "id"), authorization.Text("enterprise_id") }.FirstOrDefault(e => e.Length > 0);
        var team = new[] { authorization.Text("team_id"), payload.Text("team_id"), payload.Text("team", "id"), payload.Text("user", "team_id"), payload.Text("view", "team_id") }.FirstOrDefault(t => t.Length > 0);
        if (enterprise is not null && team is not null && (payload.Is("is_enterprise_install") || authorization.Is("is_enterprise_install")))
        {
            try
            {
                await workspaces.NoteTeamAsync(team, enterprise, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // What was told is acknowledged and acted on all the same.
                Log.NotNoted(logger, exception, team);
            }
        }
    }

    private async ValueTask<bool> IsNewAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        var id = delivery.Kind switch
        {
            DeliveryKind.Event => delivery.Payload.Text("event_id"),
            DeliveryKind.Command => delivery.Payload.Text("trigger_id"),
            _ => "",
        };
        return id.Length == 0 || await seen.IsFirstAsync(id, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Something that Slack told was left alone: {Kind} {Type}")]
        public static partial void Unknown(ILogger logger, DeliveryKind kind, string type);

        [LoggerMessage(2, LogLevel.Error, "The options of a field could not be found")]
        public static partial void NoOptions(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The organisation of the workspace {Team} could not be noted; it is tried again with the next delivery")]
        public static partial void NotNoted(ILogger logger, Exception exception, string team);
    }
}
