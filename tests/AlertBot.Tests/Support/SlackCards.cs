using AlertBot.Platforms;
using AlertBot.Platforms.Slack;

namespace AlertBot.Tests.Support;

/// <summary>Slack's renderer with a few commands.</summary>
internal static class SlackCards
{
    public static readonly IReadOnlyList<CommandDescription> Commands =
    [
        .. new[] { "follow", "unfollow", "who", "who-is-in", "latest", "mute", "feed add", "feed list", "feed set" }
            .Select(n => new CommandDescription(n, "A command", new CommandOption("what", "Names", OptionKind.Rest)) { Example = n }),
    ];

    public static SlackCardRenderer Renderer { get; } = new(Spelling());

    public static SlackSpelling Spelling(string prefix = "") => new(new SlackOptions { CommandPrefix = prefix }, () => Commands);
}
