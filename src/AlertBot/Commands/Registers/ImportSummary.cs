using System.Globalization;

namespace AlertBot.Commands.Registers;

/// <summary>Tells what an import does, or would do.</summary>
internal static class ImportSummary
{
    private const int MostListed = 50;
    private const int MostStrangers = 10;

    public static void Write(ImportPlan plan, RegisterNotes notes, bool inFull, TextWriter output)
    {
        if (inFull)
        {
            List([.. plan.Added.OrderBy(actor => actor.Slug, StringComparer.Ordinal).Select(actor => $"+ {actor.Slug}  {actor.Name}")], output);
            List([.. plan.Changed.OrderBy(pair => pair.Actor.Slug, StringComparer.Ordinal).Select(pair => $"~ {pair.Actor.Slug}  {pair.Fields}")], output);
        }

        Line(plan.Added.Count, "added");
        Line(plan.Changed.Count, "changed");
        Line(plan.Unchanged, "unchanged");
        Line(plan.Kept.Count, "kept as they are: in the file, but not in this register", plan.Kept.Count > 0 ? plan.Kept[0].Slug : null);
        var skipped = notes.Skipped.ToList();
        Line(skipped.Sum(reason => reason.Count), "skipped");
        foreach (var (reason, count, example) in skipped)
        {
            Line(count, $"  {reason}", example);
        }

        if (plan.Strangers.Count > 0)
        {
            var first = string.Join(", ", plan.Strangers.Take(MostStrangers).Select(stranger => $"{stranger.Of} ({stranger.Offices})"));
            output.WriteLine($"offices of {plan.Strangers.Count} countries or bodies that are no actors yet: {first}{(plan.Strangers.Count > MostStrangers ? ", …" : "")}");
        }

        void Line(int count, string what, string? example = null) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,9:N0} {what}{(example is null ? "" : $", as {example}")}"));
    }

    private static void List(List<string> lines, TextWriter output)
    {
        foreach (var line in lines.Take(MostListed))
        {
            output.WriteLine(line);
        }

        if (lines.Count > MostListed)
        {
            output.WriteLine($"{lines[0][0]} … and {lines.Count - MostListed} more");
        }
    }
}
