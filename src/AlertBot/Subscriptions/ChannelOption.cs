using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>The option that names another channel than the one where the command is given.</summary>
internal static class ChannelOption
{
    public const string Name = "channel";

    public static CommandOption Of(string summary) => new(Name, summary, OptionKind.Channel);

    public static ChannelAddress TargetOf(CommandInvocation invocation) =>
        invocation.Find(Name) is { } named ? ChannelAddress.Parse(named) : invocation.Channel;

    /// <summary>Why a person may not act on the channel that the option names; null if they may, or are in it.</summary>
    public static async ValueTask<Card?> FaultAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        TargetOf(invocation) == invocation.Channel ? null : await PostingFaultAsync(invocation, cancellationToken);

    /// <summary>Why the bot may not post in the channel for this person; null if it may.</summary>
    public static async ValueTask<Card?> PostingFaultAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var target = TargetOf(invocation);
        return await invocation.PostingFaultAsync(target, cancellationToken) is { } fault
            ? Card.Problem($"/{invocation.Command} can't be used for {invocation.NameOf(target)}", new CardBlock.Paragraph(fault))
            : null;
    }

    /// <summary>How a command is typed that is to act on the same channel again.</summary>
    public static string Typed(CommandInvocation invocation, string command, FollowExpression? expression = null) =>
        string.Join(' ', new[] { $"/{command}", invocation.Find(Name) is { } named ? $"{Name}:{named}" : null, expression?.ToString() }.OfType<string>());
}
