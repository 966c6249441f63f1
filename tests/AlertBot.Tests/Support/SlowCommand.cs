using System.Collections.Concurrent;
using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>A command that answers when the test says so.</summary>
internal sealed class SlowCommand : IChatCommand
{
    private readonly TaskCompletionSource<Card> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandDescription Description { get; } = new("slow", "Takes its time.", new CommandOption("text", "Anything.", OptionKind.Rest)) { Example = "slow" };

    public ConcurrentQueue<CommandInvocation> Runs { get; } = [];

    /// <summary>Ends all runs, those to come too.</summary>
    public void Finish(Card card) => _answer.TrySetResult(card);

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        Runs.Enqueue(invocation);
        return _answer.Task;
    }
}
