using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>Makes a message of a card.</summary>
internal sealed class SlackCardRenderer
{
    private readonly IReadOnlyList<Block> _none = [];

    public SlackMessage Message(Card card, string? imageFile) => new(
        card.Title,
        [
            .. card.Blocks.OfType<CardBlock.Paragraph>().Select(p => new Block.Section(new PlainText(p.Text))),
            .. imageFile is null ? _none : [new Block.Image(new SlackFile(imageFile), card.Title)],
        ]);
}
