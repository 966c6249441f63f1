using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The card for a server that the bot has just joined.</summary>
internal static class WelcomeCard
{
    public static Card Compose() => Card.Answer(
        "AlertBot is here",
        new CardBlock.Paragraph(
            "I watch news feeds and post each new story about the people, countries and topics that a channel follows: once, with the reason.\n"
            + "Set me up in five steps, or begin with a follow in the channel that shall get the alerts.")) with
    {
        Actions =
        [
            new CardAction("Set up", "/setup"),
            new CardAction("Follow something", $"/setup {SetupCommand.Step}:follow"),
            new CardAction("Help", "/help"),
        ],
    };
}
