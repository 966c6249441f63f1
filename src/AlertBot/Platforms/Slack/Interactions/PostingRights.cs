using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>Says why the bot may not post somewhere for a person, and what to do about it.</summary>
internal sealed class PostingRights(SlackApi api)
{
    private const int MostPages = 10;
    private const int PageLength = 1000;

    private const string NotNow = "Slack does not say now whether that works. Try again in a moment.";

    /// <param name="team">The workspace of whoever asks.</param>
    /// <returns>Null if it may.</returns>
    public async Task<string?> FaultAsync(string team, string user, ChannelAddress target, CancellationToken cancellationToken)
    {
        if (target.Platform != SlackAddress.Platform || SlackAddress.Parse(target.Channel) is not { } address)
        {
            return "That is no channel of Slack. Choose one from the list.";
        }

        if (address.Team != team)
        {
            return "That channel is in another workspace. Name one of this workspace.";
        }

        if (address.IsPerson)
        {
            return address.Channel == user ? null : "The bot writes to people only when they ask for it themselves. Choose a channel, or your own direct messages.";
        }

        return await api.CallAsync(team, "conversations.info", new JsonObject { ["channel"] = address.Channel }, cancellationToken) switch
        {
            SlackAnswer.Ok { Body: var body } when body.TryGetProperty("channel", out var channel) => await FaultOfAsync(address, user, channel, cancellationToken),
            SlackAnswer.Refused { Error: "channel_not_found" } => $"The bot can't see that channel. {SlackResults.Invite} It has to be there first, also where the channel is private.",
            SlackAnswer.Refused { Error: "missing_scope" } refused => SlackResults.MissingScope(refused),
            SlackAnswer.Refused { Error: var error } => $"Slack refused to say whether the bot may post there ({error}).",
            SlackAnswer.NotInstalled(var why, _) => $"{why}. {SlackResults.Reinstall}",
            _ => NotNow,
        };
    }

    private async Task<string?> FaultOfAsync(SlackAddress address, string user, JsonElement channel, CancellationToken cancellationToken)
    {
        if (Is("is_im"))
        {
            return SlackAnswer.Text(channel, "user") is { Length: > 0 } other && other != user ? "Those are the direct messages of somebody else. Choose a channel, or your own direct messages." : null;
        }

        if (Is("is_archived"))
        {
            return "That channel is archived. Choose another one, or have it unarchived first.";
        }

        var isPrivate = Is("is_private") || Is("is_group") || Is("is_mpim") || address.Channel[0] == 'G';
        if (isPrivate && !Is("is_member"))
        {
            return $"The bot is no member of that channel. {SlackResults.Invite}";
        }

        // Anybody may write in a public channel but a guest, who sees only some of them.
        return isPrivate || await api.PersonAsync(address.Team, user, cancellationToken) is null or { IsGuest: true }
            ? await FaultOfPersonAsync(address, user, cancellationToken)
            : null;

        bool Is(string flag) => channel.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;
    }

    private async Task<string?> FaultOfPersonAsync(SlackAddress address, string user, CancellationToken cancellationToken)
    {
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var arguments = new JsonObject { ["channel"] = address.Channel, ["limit"] = PageLength, ["cursor"] = cursor.Length > 0 ? cursor : null };
            switch (await api.CallAsync(address.Team, "conversations.members", arguments, cancellationToken))
            {
                case SlackAnswer.Ok { Body: var body } when body.TryGetProperty("members", out var members) && members.ValueKind == JsonValueKind.Array:
                    if (members.EnumerateArray().Any(m => m.ValueEquals(user)))
                    {
                        return null;
                    }

                    cursor = SlackAnswer.NextCursor(body);
                    break;
                case SlackAnswer.Refused { Error: "missing_scope" } refused:
                    return SlackResults.MissingScope(refused);
                default:
                    return NotNow;
            }

            if (cursor.Length == 0)
            {
                return "You are no member of that channel yourself, so you can't have the bot write there. Ask somebody who is.";
            }
        }

        return "That channel has too many members to find you among them. Use the command in the channel itself.";
    }
}
