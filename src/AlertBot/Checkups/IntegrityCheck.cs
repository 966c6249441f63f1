using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Checkups;

/// <summary>Whether the database's own check finds it sound.</summary>
internal sealed class IntegrityCheck(Database database) : ICheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public string Subject => "Integrity";

    public CheckReach Reach => CheckReach.Thorough;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) => await database.CheckIntegrityAsync(Limit, cancellationToken) switch
    {
        { IsFinished: false } => [Finding.Warning(Subject, $"the database is too large to be checked within {Spoken.Of(Limit)}", "Run PRAGMA quick_check with sqlite3 on a backup of it.")],
        { Fault: { } fault } => [Finding.Fault(Subject, $"the database is damaged: {fault}", "Stop the bot, keep a copy of the file, and restore the last backup; look at the disk.")],
        _ => [Finding.Ok(Subject, "the database's own check finds it sound")],
    };
}
