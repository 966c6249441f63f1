using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>Whether the chat platforms are connected.</summary>
internal sealed class PlatformsCheck(IEnumerable<IChatPlatform> platforms) : ICheck
{
    public string Subject => "Platforms";

    public CheckReach Reach => CheckReach.Process;

    public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        .. platforms.Select(p => p.Trouble is { } trouble
            ? Finding.Fault(Subject, $"{p.Name}: {trouble}", "What it says is to be mended by whoever runs the bot; alerts wait meanwhile.")
            : Finding.Ok(Subject, $"{p.Name} works")),
    ]);
}
