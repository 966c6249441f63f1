namespace AlertBot.Platforms.Slack.Wire;

/// <summary>What a message shows. Everything of it is escaped already.</summary>
/// <param name="Text">What notifications and screen readers say; mrkdwn.</param>
/// <param name="Blocks">At most 50.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks);
