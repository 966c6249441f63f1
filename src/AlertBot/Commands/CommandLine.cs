using System.Text;

namespace AlertBot.Commands;

/// <summary>The program's verbs: one file each in this folder.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(IReadOnlyList<string> args) => (args.Count > 0 ? args[0] : null) switch
    {
        "tag" => TagAsync([.. args.Skip(1)]),
        _ => Task.FromResult(args.Count),
    };

    // UTF-8 whatever the terminal is set to: the lines are read by programs.
    private static async Task<int> TagAsync(string[] args)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return await TagVerb.RunAsync(args, input, output, Console.Error, CancellationToken.None);
    }
}
