using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using Microsoft.Extensions.Options;

namespace AlertBot.Checkups;

/// <summary>Whether the next start could read the knowledge files as they are now.</summary>
internal sealed class KnowledgeFilesCheck(IOptions<KnowledgeOptions> options) : ICheck
{
    private const int MostFaults = 3;

    public string Subject => "Knowledge";

    public CheckReach Reach => CheckReach.Thorough;

    public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var reading = KnowledgeFile.Read(options.Value.FullPath);
        var counts = $"{Count(reading.Actors.Count)} actors and {Count(reading.Topics.Count)} topics in the files";
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            .. reading.Faults.Take(MostFaults).Select(f => Finding.Fault(
                Subject, $"{f.File}:{f.Line.ToString(CultureInfo.InvariantCulture)}: {f.Reason}", "The next start would fail. Mend it; alertbot knowledge check tells all that is wrong.")),
            .. reading.Faults.Count > MostFaults ? [Finding.Fault(Subject, $"{Count(reading.Faults.Count - MostFaults)} more faults", "alertbot knowledge check tells them all.")] : Array.Empty<Finding>(),
            .. reading.Faults.Count == 0 ? [Finding.Ok(Subject, reading.Warnings.Count > 0 ? $"{counts}, with {Count(reading.Warnings.Count)} warnings: alertbot knowledge check tells them" : counts)] : Array.Empty<Finding>(),
        ]);
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
