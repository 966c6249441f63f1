using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>What a reader of a card sees, as text to look for words in.</summary>
internal static class Shown
{
    public static string Text(this Card card) => string.Join('\n', Parts(card).OfType<string>());

    private static IEnumerable<string?> Parts(Card card) =>
    [
        card.Title, .. card.Blocks.SelectMany(Parts), card.Footer, card.Menu?.Prompt,
        .. (card.Menu?.Choices ?? []).Concat(card.Actions).Select(a => $"{a.Label}: {a.Command}"),
    ];

    private static IEnumerable<string?> Parts(CardBlock block) => block switch
    {
        CardBlock.Paragraph paragraph => [paragraph.Text],
        CardBlock.Excerpt excerpt => [excerpt.Text],
        CardBlock.Facts facts => facts.Rows.Select(f => $"{f.Label}: {f.Value}"),
        CardBlock.Items items => items.Rows.SelectMany(r => new[] { r.Text, r.Detail, r.Link }).Prepend(items.Heading),
        _ => throw new ArgumentException($"Unknown block {block}.", nameof(block)),
    };
}
