using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>Makes a message of a card.</summary>
internal sealed class SlackCardRenderer
{
    private readonly IReadOnlyList<Block> _none = [];

    public SlackMessage Message(Card card, string? imageFile) => new(card.Title, imageFile is null ? _none : [new Block.Image(new SlackFile(imageFile), card.Title)]);
}
