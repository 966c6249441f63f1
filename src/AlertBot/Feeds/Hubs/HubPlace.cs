namespace AlertBot.Feeds.Hubs;

/// <summary>Where hubs reach the bot from outside.</summary>
/// <param name="PublicUrl">Empty: they can't, and nothing is subscribed.</param>
internal sealed record HubPlace(string PublicUrl)
{
    public const string Path = "/websub";

    /// <summary>What each callback begins with; null without a public address.</summary>
    public string? CallbackStart => PublicUrl.Length == 0 ? null : $"{PublicUrl.TrimEnd('/')}{Path}/";
}
