namespace AlertBot.Platforms.Discord.Rest;

/// <summary>One endpoint of the API with its ids filled in.</summary>
/// <param name="Key">Method and template, such as <c>POST channels/{}/messages</c>: what a rate limit is learned for.</param>
/// <param name="Major">The id that each has a limit of its own for: a channel, a guild, or a webhook with its token.</param>
/// <param name="Path">Below the API's base, with its query.</param>
internal sealed record DiscordRoute(HttpMethod Method, string Key, string Major, string Path)
{
    /// <summary>Answers to interactions: outside the global limit, and vouched for by their token instead of the bot's.</summary>
    public bool IsInteraction { get; init; }

    /// <summary>Doing it twice does no harm, so that it may be tried again when no answer came.</summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;

    /// <summary>Before which others it goes when all must wait: a lower one is first. What somebody waits for is the most urgent.</summary>
    public int Rank { get; init; }

    public static DiscordRoute GatewayBot() => Plain(HttpMethod.Get, "gateway/bot");

    public static DiscordRoute Application() => Plain(HttpMethod.Get, "applications/@me");

    public static DiscordRoute Self() => Plain(HttpMethod.Get, "users/@me");

    public static DiscordRoute Commands(string application) => new(HttpMethod.Put, "PUT applications/{}/commands", "", $"applications/{application}/commands");

    public static DiscordRoute DirectChannel() => Plain(HttpMethod.Post, "users/@me/channels") with { IsRepeatable = true };

    public static DiscordRoute Channel(HttpMethod method, string channel) => new(method, $"{method} channels/{{}}", channel, $"channels/{channel}");

    /// <summary>Repeatable because every message that we create carries a nonce that Discord enforces.</summary>
    public static DiscordRoute CreateMessage(string channel) =>
        new(HttpMethod.Post, "POST channels/{}/messages", channel, $"channels/{channel}/messages") { IsRepeatable = true };

    public static DiscordRoute MessagesAfter(string channel, string snowflake) =>
        new(HttpMethod.Get, "GET channels/{}/messages", channel, $"channels/{channel}/messages?after={snowflake}&limit=100");

    public static DiscordRoute EditMessage(string channel, string message) =>
        new(HttpMethod.Patch, "PATCH channels/{}/messages/{}", channel, $"channels/{channel}/messages/{message}") { Rank = 3 };

    public static DiscordRoute ThreadFrom(string channel, string message) =>
        new(HttpMethod.Post, "POST channels/{}/messages/{}/threads", channel, $"channels/{channel}/messages/{message}/threads");

    public static DiscordRoute ForumPost(string channel) => new(HttpMethod.Post, "POST channels/{}/threads", channel, $"channels/{channel}/threads");

    public static DiscordRoute ActiveThreads(string guild) => new(HttpMethod.Get, "GET guilds/{}/threads/active", guild, $"guilds/{guild}/threads/active");

    public static DiscordRoute Roles(string guild) => new(HttpMethod.Get, "GET guilds/{}/roles", guild, $"guilds/{guild}/roles");

    public static DiscordRoute Member(string guild, string user) => new(HttpMethod.Get, "GET guilds/{}/members/{}", guild, $"guilds/{guild}/members/{user}");

    /// <summary>A second callback is refused by its code, so that repeating one tells what became of the first.</summary>
    public static DiscordRoute Callback(string interaction, string token) =>
        new(HttpMethod.Post, "POST interactions/{}/{}/callback", token, $"interactions/{interaction}/{token}/callback") { IsInteraction = true, IsRepeatable = true };

    public static DiscordRoute Original(string application, string token) =>
        new(HttpMethod.Patch, "PATCH webhooks/{}/{}/messages/{}", token, $"webhooks/{application}/{token}/messages/@original") { IsInteraction = true };

    public static DiscordRoute FollowUp(string application, string token) =>
        new(HttpMethod.Post, "POST webhooks/{}/{}", token, $"webhooks/{application}/{token}") { IsInteraction = true };

    private static DiscordRoute Plain(HttpMethod method, string path) => new(method, $"{method} {path}", "", path);
}
