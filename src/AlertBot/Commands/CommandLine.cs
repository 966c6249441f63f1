using System.Text;

namespace AlertBot.Commands;

/// <summary>The program's verbs: one file each in this folder.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is not ["feed", "parse", ..])
        {
            return args.Count;
        }

        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return await FeedParseVerb.RunAsync([.. args.Skip(2)], Console.In, output, Console.Error, CancellationToken.None);
    }
}
