namespace AlertBot.Platforms.Slack.Wire;

/// <summary>A modal or a Home tab. https://docs.slack.dev/reference/views</summary>
/// <param name="Type"><c>modal</c> or <c>home</c>.</param>
/// <param name="Blocks">At most 100.</param>
internal sealed record SlackView(string Type, IReadOnlyList<Block> Blocks)
{
    /// <summary>Of a modal; at most 24 characters.</summary>
    public TextObject? Title { get; init; }

    public TextObject? Submit { get; init; }

    public TextObject? Close { get; init; }

    public string? CallbackId { get; init; }

    /// <summary>Comes back with the submission; at most 3,000 characters.</summary>
    public string? PrivateMetadata { get; init; }
}
