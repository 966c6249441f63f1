using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>One thing that can be wrong with the bot, and how to find out. It changes nothing.</summary>
internal interface ICheck
{
    string Subject { get; }

    CheckReach Reach { get; }

    /// <param name="asked">Who asks and where; null where nobody asks in a chat.</param>
    Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken);
}

/// <summary>From where a check can be made, and what it costs.</summary>
[Flags]
internal enum CheckReach
{
    /// <summary>Only in the process that runs the bot: it looks into its memory.</summary>
    Process = 1,

    /// <summary>In any process that has the database, at no cost worth naming.</summary>
    Database = 2,

    /// <summary>In any process that has the installation, at the cost of reading much of it.</summary>
    Thorough = 4,
}
