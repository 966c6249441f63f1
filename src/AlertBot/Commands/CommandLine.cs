namespace AlertBot.Commands;

/// <summary>The program's verbs: one file each in this folder.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(IReadOnlyList<string> args) => (args.Count > 0 ? args[0] : null) switch
    {
        "tag" => TagVerb.RunAsync([.. args.Skip(1)], Console.In, Console.Out, Console.Error, CancellationToken.None),
        _ => Task.FromResult(args.Count),
    };
}
