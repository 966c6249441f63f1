namespace AlertBot.Platforms.Discord.Wire;

/// <summary>A framed card within a message.</summary>
internal sealed record Embed
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Url { get; init; }

    /// <summary>Red, green and blue in 24 bits.</summary>
    public int? Color { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public IReadOnlyList<EmbedField>? Fields { get; init; }

    public EmbedFooter? Footer { get; init; }

    public EmbedImage? Image { get; init; }
}

/// <param name="Inline">May stand beside its neighbours; left out where it may not.</param>
internal sealed record EmbedField(string Name, string Value, bool? Inline);

internal sealed record EmbedFooter(string Text);

internal sealed record EmbedImage(string Url);
