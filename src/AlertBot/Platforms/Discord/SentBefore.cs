using System.Text.Json;
using AlertBot.Platforms.Discord.Rest;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// Looks whether a message was shown by an attempt whose answer was lost: among the bot's own messages in the channel since
/// then, one that has the same card. The headline of an alert may have been edited since: its number is in the footer.
/// </summary>
internal static class SentBefore
{
    private const int MostPages = 10;
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private static SendResult.Rejected NotToBeTold => new(
        $"An answer was lost, so it is unknown whether this was shown, and the bot may not read the channel to find out. It is not sent again. {Permissions.HowToGive(Permission.ReadMessageHistory)}");

    /// <returns>The message's id, or a result where it can't be told, or neither if it was not shown.</returns>
    public static async Task<(string? Message, SendResult? Stop)> FindAsync(DiscordApi api, string channel, DateTimeOffset since, RenderedCard card, CancellationToken cancellationToken)
    {
        if (await api.IdentityAsync(cancellationToken) is not { } self)
        {
            return (null, new SendResult.RetryAfter(api.Rest, "it could not be looked up whether the message was shown"));
        }

        var after = Snowflake.At(since - ClockSlack);
        for (var page = 0; page < MostPages; page++)
        {
            switch (await api.MessagesAfterAsync(channel, after, cancellationToken))
            {
                case RestAnswer.Ok { Body.ValueKind: JsonValueKind.Array } ok:
                    var messages = ok.Body.EnumerateArray().ToList();
                    if (messages.Find(m => IsOurs(m, "author", self) && Shows(m, card)) is { ValueKind: JsonValueKind.Object } found)
                    {
                        return (RestAnswer.Text(found, "id"), null);
                    }

                    if (messages.Count == 0)
                    {
                        return (null, page == 0 ? await UnreadableAsync(api, channel, cancellationToken) : null);
                    }

                    after = messages.Select(m => RestAnswer.Text(m, "id")).MaxBy(id => (id.Length, id))!;
                    break;
                case var other:
                    return (null, Undecided(api, other));
            }
        }

        return (null, null);
    }

    /// <summary>The same for a post in a forum, which is found by its title.</summary>
    public static async Task<(string? Message, SendResult? Stop)> FindPostAsync(DiscordApi api, string forum, string title, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await api.IdentityAsync(cancellationToken) is not { } self || await api.ChannelAsync(forum, cancellationToken) is not RestAnswer.Ok channel)
        {
            return (null, new SendResult.RetryAfter(api.Rest, "it could not be looked up whether the post was made"));
        }

        if (await api.ActiveThreadsAsync(channel["guild_id"], cancellationToken) is not RestAnswer.Ok active || !active.Body.TryGetProperty("threads", out var threads))
        {
            return (null, new SendResult.RetryAfter(api.Rest, "it could not be looked up whether the post was made"));
        }

        var post = threads.EnumerateArray().FirstOrDefault(t =>
            RestAnswer.Text(t, "parent_id") == forum && RestAnswer.Text(t, "owner_id") == self.User && RestAnswer.Text(t, "name") == title
            && !(Snowflake.TimeOf(RestAnswer.Text(t, "id")) < since - ClockSlack));
        return (post.ValueKind == JsonValueKind.Object ? RestAnswer.Text(post, "id") : null, null);
    }

    // Without the right to read, Discord answers with nothing, as for an empty channel.
    private static async Task<SendResult?> UnreadableAsync(DiscordApi api, string channel, CancellationToken cancellationToken) =>
        await api.ChannelAsync(channel, cancellationToken) is RestAnswer.Ok { Body: var body } && RestAnswer.Text(body, "guild_id").Length == 0 ? null
        : await api.RightsInAsync(channel, null, cancellationToken) switch
        {
            null => new SendResult.RetryAfter(api.Rest, "it could not be looked up whether the message was shown"),
            var rights when Permissions.Missing(rights.Bot, Permission.ReadMessageHistory) != Permission.None => NotToBeTold,
            _ => null,
        };

    private static bool IsOurs(JsonElement message, string author, DiscordIdentity self) =>
        message.TryGetProperty(author, out var by) && RestAnswer.Text(by, "id") == self.User;

    private static bool Shows(JsonElement message, RenderedCard card) =>
        message.TryGetProperty("embeds", out var embeds) && embeds.ValueKind == JsonValueKind.Array && embeds.GetArrayLength() > 0
        && card.Message.Embeds is [var wanted, ..]
        && RestAnswer.Text(embeds[0], "url") == (wanted.Url ?? "")
        && (RestAnswer.Text(embeds[0], "title") == (wanted.Title ?? "") || (wanted is { Url: not null, Footer.Text: var footer } && FooterOf(embeds[0]) == footer));

    private static string FooterOf(JsonElement embed) => embed.TryGetProperty("footer", out var footer) ? RestAnswer.Text(footer, "text") : "";

    private static SendResult Undecided(DiscordApi api, RestAnswer answer) => answer switch
    {
        RestAnswer.Limited(var wait, var why) => new SendResult.RetryAfter(wait, why),
        RestAnswer.Refused { Status: 403 } => NotToBeTold,
        RestAnswer.Refused { Status: 404 } => new SendResult.ChannelGone("The channel was deleted."),
        _ => new SendResult.RetryAfter(api.Rest, "it could not be looked up whether the message was shown"),
    };
}
