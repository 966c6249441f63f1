namespace AlertBot.Platforms;

/// <summary>Hears of each command that somebody used, wrong input included, before it runs. It must not wait for anything.</summary>
internal delegate void CommandUsed(CommandInvocation invocation);
