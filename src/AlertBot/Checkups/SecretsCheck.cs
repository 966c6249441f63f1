using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>Whether the secrets are given that switch platforms on. Those that a platform needs beside stop the start where they are missing.</summary>
internal sealed class SecretsCheck(IReadOnlyList<PlatformSwitch> switches) : ICheck
{
    public string Subject => "Secrets";

    public CheckReach Reach => CheckReach.Database;

    public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var off = switches.Where(s => !s.IsOn).ToList();
        return Task.FromResult<IReadOnlyList<Finding>>(
            off.Count == switches.Count
                ? [Finding.Warning(Subject, "only the local chat runs", $"Give the bot a secret for a platform: {string.Join("; ", off.Select(s => $"{string.Join(" or ", s.Keys)} for {s.Platform}"))}. The README says where they are.")]
                : [.. switches.Select(s => Finding.Ok(Subject, s.IsOn ? $"{s.Platform} has its secrets" : $"{s.Platform} is off: {string.Join(" or ", s.Keys)} is not set"))]);
    }
}

/// <param name="Keys">The settings any of which switches it on.</param>
internal sealed record PlatformSwitch(string Platform, IReadOnlyList<string> Keys, bool IsOn);
