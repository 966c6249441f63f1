namespace AlertBot.Platforms;

/// <summary>Hears of each command by which a moderator changed something.</summary>
/// <returns>A word for the end of the answer, if there is one to say.</returns>
internal delegate ValueTask<string?> ModeratorsChange(CommandInvocation invocation, CancellationToken cancellationToken);
