using System.Text.Json;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>Somebody did something somewhere: who, where, and how they can be answered.</summary>
/// <param name="Place">The channel; the person's own direct messages where it was in none, such as on the Home tab.</param>
internal sealed record Incoming(string Team, string User, SlackAddress Place)
{
    /// <summary>What Slack calls the channel, as far as it says so.</summary>
    public string ChannelName { get; init; } = "";

    /// <summary>The ts of the thread that it was in.</summary>
    public string? Thread { get; init; }

    /// <summary>Takes five answers in half an hour.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>Opens one modal, within three seconds.</summary>
    public string? Trigger { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The modal that it was done in; null for the Home tab.</summary>
    public string? Modal { get; init; }

    public bool IsHome { get; init; }

    public SlackAddress Inbox => new(Team, User);

    public bool IsDirect => Place.IsPerson || Place.Channel[0] == 'D';

    public static Incoming? OfCommand(JsonElement payload, DateTimeOffset now) => Of(payload.Text("team_id"), payload.Text("user_id"), payload.Text("channel_id")) is { } some
        ? some with
        {
            ChannelName = payload.Text("channel_name"),
            ResponseUrl = Address(payload.Text("response_url")),
            Trigger = NonEmpty(payload.Text("trigger_id")),
            At = now,
        }
        : null;

    /// <summary>A button, a choice, a form or a shortcut.</summary>
    public static Incoming? OfAction(JsonElement payload, DateTimeOffset now)
    {
        var user = payload.Text("user", "id");
        var team = NonEmpty(payload.Text("team", "id")) ?? NonEmpty(payload.Text("user", "team_id")) ?? payload.Text("view", "team_id");
        var view = payload.At("view");
        var metadata = FormMetadata.Parse(view.Text("private_metadata"), team);
        if (Of(team, user, metadata?.Place.Channel ?? NonEmpty(payload.Text("channel", "id")) ?? payload.Text("container", "channel_id")) is not { } some)
        {
            return null;
        }

        return some with
        {
            ChannelName = payload.Text("channel", "name"),
            Thread = metadata?.Thread ?? NonEmpty(payload.Text("container", "thread_ts")) ?? NonEmpty(payload.Text("message", "thread_ts")),
            ResponseUrl = Address(payload.Text("response_url")),
            Trigger = NonEmpty(payload.Text("trigger_id")),
            At = now,
            Modal = view.Text("type") == "modal" ? NonEmpty(view.Text("id")) : null,
            IsHome = view.Text("type") == "home",
        };
    }

    /// <param name="payload">The event with what stands around it.</param>
    public static Incoming? OfEvent(JsonElement payload)
    {
        var about = payload.At("event");
        var team = payload.Each("authorizations").Select(a => a.Text("team_id")).FirstOrDefault(t => t.Length > 0) ?? payload.Text("team_id");
        return Of(team, about.Text("user"), about.Text("channel")) is { } some ? some with { Thread = NonEmpty(about.Text("thread_ts")) } : null;
    }

    private static Incoming? Of(string team, string user, string channel) =>
        SlackAddress.Parse($"{team}/{user}") is { } inbox && (channel.Length == 0 ? inbox : SlackAddress.Parse($"{team}/{channel}")) is { } place
            ? new Incoming(team, user, place)
            : null;

    private static Uri? Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
