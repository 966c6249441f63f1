namespace AlertBot.Platforms.Slack.Wire;

/// <summary>https://docs.slack.dev/reference/block-kit/composition-objects/text-object</summary>
/// <param name="Type">Stands in the text itself: a serialiser tells kinds apart only where any of them may stand.</param>
/// <param name="Emoji">Of a plain text. False: <c>:smile:</c> stays as it was typed.</param>
/// <param name="Verbatim">Of mrkdwn. True: addresses, channels and names in it are not made into links.</param>
internal abstract record TextObject(string Type, string Text, bool? Emoji, bool? Verbatim);

internal sealed record PlainText(string Text) : TextObject("plain_text", Text, Emoji: false, Verbatim: null);

/// <summary>Text with Slack's markup; what is foreign in it is escaped.</summary>
internal sealed record Mrkdwn(string Text) : TextObject("mrkdwn", Text, Emoji: null, Verbatim: true);
