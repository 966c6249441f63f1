using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The option that makes a change at once, without showing first what it would do to the archive.</summary>
internal static class ApplyOption
{
    private const string Name = "apply";
    private const string Yes = "yes";

    public static CommandOption Option { get; } = new(Name, "yes: change it at once, without showing what that does to the archive")
    {
        Suggest = _ => [new Choice(Yes, "Change it at once")],
    };

    public static bool IsGiven(CommandInvocation invocation) => Yes.Equals(invocation.Find(Name)?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The line that does at once what a command was asked for with these options.</summary>
    public static string LineOf(CommandDescription command, params IEnumerable<(string Option, string Value)> options) =>
        CommandText.Append($"/{command.Name}", command, options.Append((Name, Yes)).ToDictionary());
}
