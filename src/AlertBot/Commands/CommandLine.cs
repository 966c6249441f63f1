namespace AlertBot.Commands;

/// <summary>The program's verbs: one file each in this folder.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(IReadOnlyList<string> args) => Task.FromResult(args.Count);
}
