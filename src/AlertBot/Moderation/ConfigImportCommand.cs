using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/config import: applies a file of /config export, after it has shown what would be added, changed and removed.</summary>
internal sealed class ConfigImportCommand(ConfigImporter importer, ImportFile file, ImportDrafts drafts) : IChatCommand
{
    private const string Mode = "mode";
    private const string Merge = "merge";
    private const string Replace = "replace";
    private const int MostShown = 12;

    public CommandDescription Description { get; } = new(
        "config import",
        "Apply a configuration file; shows first what would change",
        new CommandOption(ImportFile.Option, "The YAML file, or its https:// address", OptionKind.File),
        new CommandOption(Mode, "merge: only add and change; replace: also remove what is not in it; merge if left out") { Suggest = typed => new[] { Merge, Replace }.Where(m => m.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(m => new Choice(m, m)) },
        ImportCards.Apply)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "config import https://example.org/alertbot.yaml mode:replace",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (ImportCards.DraftOf(invocation) is { } draft)
        {
            return await ApplyAsync(draft, invocation, cancellationToken);
        }

        var mode = invocation.Find(Mode) is { Length: > 0 } typed ? typed.Trim().ToLowerInvariant() : Merge;
        if (mode is not (Merge or Replace))
        {
            return Card.Problem($"There is no mode “{mode}”", new CardBlock.Paragraph("Type merge, which only adds and changes, or replace, which also removes what is not in the file."));
        }

        if (string.IsNullOrWhiteSpace(invocation.Find(ImportFile.Option)))
        {
            return Ask(mode);
        }

        var (text, why) = await file.ReadAsync(invocation, cancellationToken);
        return text is null
            ? ImportCards.Unreadable(why)
            : await ShowAsync(text, mode, "Apply this configuration?", invocation, cancellationToken);
    }

    private static Card Ask(string mode) => Card.Answer(
        "Import a configuration",
        new CardBlock.Paragraph($"Give a YAML file of /config export. You see first what would be added, changed{(mode == Replace ? " and removed" : "; nothing is removed")}.")) with
    {
        Form = new CardForm("Import a configuration", $"/config import {Mode}:{mode}", [ImportCards.FileField("YAML file")]),
    };

    private async Task<Card> ShowAsync(string text, string mode, string title, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (plan, _) = await importer.PlanAsync(text, mode == Replace, invocation, cancellationToken);
        if (plan.Faults.Count > 0)
        {
            return Card.Problem(
                $"{(plan.Faults.Count == 1 ? "1 thing" : $"{Count(plan.Faults.Count)} things")} in the file can't be used",
                new CardBlock.Items(null, [.. plan.Faults.Take(MostShown).Select(f => new CardItem(f.Line > 0 ? $"Line {Count(f.Line)}: {f.Reason}" : f.Reason)), .. ImportCards.More(plan.Faults.Count, MostShown)]),
                new CardBlock.Paragraph("Nothing was changed. Mend the file and give it again."));
        }

        if (plan.IsEmpty)
        {
            return Card.Answer("Everything is as in the file already", [.. Left(plan), new CardBlock.Paragraph("Nothing was changed.")]);
        }

        var draft = await drafts.AddAsync(ConfigImporter.KindOfChange, text, mode, plan.Digest, invocation, cancellationToken);
        return Card.Answer(title, [.. Differences(plan), new CardBlock.Paragraph("Nothing is changed yet.")]) with
        {
            Actions = [new CardAction($"Apply {Count(plan.Differences.Count)} {(plan.Differences.Count == 1 ? "change" : "changes")}", $"/config import {ImportCards.Apply.Name}:{Count(draft)}") { Replaces = true }],
        };
    }

    private async Task<Card> ApplyAsync(long number, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(ConfigImporter.KindOfChange, number, invocation, cancellationToken) is not { } draft)
        {
            return ImportCards.NotThere;
        }

        if (draft.IsApplied)
        {
            return Already();
        }

        var (plan, lastChange) = await importer.PlanAsync(draft.Content, draft.Mode == Replace, invocation, cancellationToken);
        if (plan.Faults.Count > 0 || plan.Digest != draft.Digest)
        {
            return await AgainAsync();
        }

        try
        {
            return await importer.ApplyAsync(plan, lastChange, draft, invocation, cancellationToken) is { } change
                ? Card.Answer("The configuration is applied", [.. Differences(plan)]) with { Actions = [UndoCommand.Of(change), new CardAction("All feeds", "/feed list")] }
                : Already();
        }
        catch (ImportOvertakenException)
        {
            return await AgainAsync();
        }

        Task<Card> AgainAsync() => ShowAsync(draft.Content, draft.Mode, "Something was changed meanwhile. Apply this now?", invocation, cancellationToken);

        static Card Already() => Card.Answer("It is done already", new CardBlock.Paragraph("Somebody said yes before you. /audit shows what was changed."));
    }

    private static IEnumerable<CardBlock> Differences(ConfigPlan plan) =>
    [
        .. plan.Differences.GroupBy(d => d.Kind).OrderBy(g => g.Key).Select(g => new CardBlock.Items($"{g.Key}: {Count(g.Count())}", [.. g.Take(MostShown).Select(d => new CardItem(d.What)), .. ImportCards.More(g.Count(), MostShown)])),
        .. Left(plan),
    ];

    private static IEnumerable<CardBlock> Left(ConfigPlan plan) =>
        plan.Left.Count == 0 ? [] : [new CardBlock.Items("Left as it is, though it is not in the file", [.. plan.Left.Take(MostShown).Select(l => new CardItem(l)), .. ImportCards.More(plan.Left.Count, MostShown)])];

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
