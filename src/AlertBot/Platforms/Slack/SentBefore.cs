using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// Tells whether a message was shown already: by this process, or by an attempt whose answer was lost. For that it reads
/// what the channel shows since then and looks for the message's key in the metadata of the bot's own messages.
/// https://docs.slack.dev/messaging/message-metadata
/// </summary>
internal sealed class SentBefore(SlackApi api, SlackResults results)
{
    private const int MostRemembered = 1000;
    private const int MostPages = 20;
    private const int PageLength = 200;
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelAddress To, string Key), SendResult.Sent> _sent = [];
    private readonly Queue<(ChannelAddress To, string Key)> _order = [];

    // Where a look stopped that a limit broke off: some apps may read one page a minute.
    private readonly Dictionary<(SlackAddress To, string Key), (string Channel, string Cursor, int Page)> _looks = [];

    public SendResult.Sent? Recall(OutgoingMessage message)
    {
        lock (_lock)
        {
            return _sent.GetValueOrDefault((message.To, message.IdempotencyKey));
        }
    }

    public SendResult.Sent Keep(OutgoingMessage message, SendResult.Sent sent)
    {
        lock (_lock)
        {
            if (_sent.TryAdd((message.To, message.IdempotencyKey), sent))
            {
                _order.Enqueue((message.To, message.IdempotencyKey));
                if (_order.Count > MostRemembered)
                {
                    _sent.Remove(_order.Dequeue());
                }
            }
        }

        return sent;
    }

    /// <param name="text">What the message says; for servers that keep no metadata.</param>
    /// <returns>The message's ts, or a result where it can't be told, or neither if it was not shown.</returns>
    public async Task<(string? Message, SendResult? Stop)> FindAsync(SlackAddress to, string key, string text, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var look = TakeUp(to, key);
        if (look.Channel.Length == 0)
        {
            var opened = to.IsPerson ? await api.OpenConversationAsync(to.Team, to.Channel, cancellationToken) : null;
            if (opened is not null && SlackApi.ConversationOf(opened) is null)
            {
                return (null, Undecided(opened, to));
            }

            look.Channel = opened is null ? to.Channel : SlackApi.ConversationOf(opened)!;
        }

        while (look.Page < MostPages)
        {
            var answer = await PageAsync(to, look.Channel, since, look.Cursor, cancellationToken);
            if (answer is SlackAnswer.Refused { Error: "thread_not_found" })
            {
                return (null, null);
            }

            if (answer is not SlackAnswer.Ok { Body: var body } || !body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array
                || await api.SelfAsync(to.Team, cancellationToken) is not { } self)
            {
                PutOff(to, key, look);
                return (null, Undecided(answer, to));
            }

            var found = messages.EnumerateArray().FirstOrDefault(m => SlackAnswer.Text(m, "user") == self && Bears(m, key, text));
            look = (look.Channel, SlackAnswer.NextCursor(body), look.Page + 1);
            if (found.ValueKind == JsonValueKind.Object || look.Cursor.Length == 0)
            {
                return (found.ValueKind == JsonValueKind.Object ? SlackAnswer.Text(found, "ts") : null, null);
            }
        }

        return (null, NotToBeTold("too much was written there since to look through it"));
    }

    private Task<SlackAnswer> PageAsync(SlackAddress to, string channel, DateTimeOffset since, string cursor, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject
        {
            ["channel"] = channel,
            ["oldest"] = SlackTime.At(since - ClockSlack),
            ["include_all_metadata"] = true,
            ["limit"] = PageLength,
            ["cursor"] = cursor.Length > 0 ? cursor : null,
            ["ts"] = to.Thread,
        };
        return api.CallAsync(to.Team, to.Thread is null ? "conversations.history" : "conversations.replies", arguments, cancellationToken);
    }

    private static bool Bears(JsonElement message, string key, string text) => message.TryGetProperty("metadata", out var metadata) && SlackAnswer.Text(metadata, "event_type") == SlackApi.MetadataType
        ? metadata.TryGetProperty("event_payload", out var payload) && SlackAnswer.Text(payload, "key") == key
        : text.Length > 0 && SlackAnswer.Text(message, "text") == text;

    private SendResult Undecided(SlackAnswer answer, SlackAddress to) => answer switch
    {
        SlackAnswer.Refused { Error: "missing_scope" } refused => NotToBeTold(
            $"the bot may not read there to find out. {SlackResults.MissingScope(refused)} It takes the scope channels:history, groups:history or im:history"),
        SlackAnswer.Refused { Error: "not_in_channel" or "channel_not_found" } when !to.IsPerson => NotToBeTold($"the bot is no member of the channel and can't read it. {SlackResults.Invite}"),
        _ => results.OfLook(answer, to),
    };

    private static SendResult.Rejected NotToBeTold(string why) =>
        new($"An answer was lost, so this may have been shown or not. It is not sent again, because {why.TrimEnd('.')}.");

    private (string Channel, string Cursor, int Page) TakeUp(SlackAddress to, string key)
    {
        lock (_lock)
        {
            return _looks.Remove((to, key), out var look) ? look : ("", "", 0);
        }
    }

    private void PutOff(SlackAddress to, string key, (string Channel, string Cursor, int Page) look)
    {
        lock (_lock)
        {
            if (_looks.Count >= MostRemembered)
            {
                _looks.Clear();
            }

            _looks[(to, key)] = look;
        }
    }
}
