using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>/doctor: everything that can be wrong with the bot, what is, and the fix for each.</summary>
internal sealed class DoctorCommand(Checkup checkup) : IChatCommand
{
    public CommandDescription Description { get; } = new("doctor", "Check everything: permissions, feeds, delivery, clock, database; with the fix for each fault")
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "doctor",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var found = await checkup.RunAsync(CheckReach.Process | CheckReach.Database | CheckReach.Thorough, invocation, cancellationToken);
        var (faults, warnings) = (Of(Grade.Fault), Of(Grade.Warning));
        var title = (faults.Count, warnings.Count) switch
        {
            (0, 0) => "All is well",
            (0, var w) => Counted(w, "warning"),
            (var f, 0) => Counted(f, "fault"),
            var (f, w) => $"{Counted(f, "fault")}, {Counted(w, "warning")}",
        };
        return new Card(title)
        {
            Tone = faults.Count > 0 ? CardTone.Problem : CardTone.Answer,
            Blocks =
            [
                .. faults.Select(f => Told("✗", f)),
                .. warnings.Select(f => Told("!", f)),
                new CardBlock.Paragraph(string.Join('\n', Of(Grade.Ok).Select(f => $"✓ {f.Subject}: {f.What}"))),
            ],
            Actions = [new CardAction("Check again", "/doctor") { Replaces = true }],
        };

        List<Finding> Of(Grade grade) => [.. found.Where(f => f.Grade == grade)];

        static CardBlock.Paragraph Told(string mark, Finding finding) => new($"{mark} {finding.Subject}: {finding.What}\n→ {finding.Fix}");

        static string Counted(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
    }
}
