using System.Globalization;
using AlertBot.Knowledge;
using Spectre.Console;

namespace AlertBot.Commands.Registers;

/// <summary>How much a knowledge base holds, and which of its names mean several actors.</summary>
internal static class KnowledgeSummary
{
    private const int Width = 140;
    private const int MostShown = 20;
    private const int MostSlugs = 5;

    public static void Write(KnowledgeReading reading, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        console.Write(Counts(reading));
        var shared = KnowledgeChecks.BearersByName(reading.Actors).Values
            .Where(bearers => bearers.Count > 1)
            .Select(bearers => (Name: bearers[0].Name.Text.Trim(), Slugs: bearers.ConvertAll(bearer => bearer.Entry.Actor.Slug)));
        WriteAmbiguous("names of several actors", shared, console);
        var surnames = reading.Actors.Where(entry => entry.Actor.Surname is not null)
            .GroupBy(entry => NameKey.Of(entry.Actor.Surname!), entry => entry.Actor, StringComparer.Ordinal)
            .Where(bearers => bearers.Count() > 1)
            .Select(bearers => (Name: bearers.First().Surname!, Slugs: bearers.Select(actor => actor.Slug).ToList()));
        WriteAmbiguous("surnames of several persons", surnames, console);
    }

    private static Table Counts(KnowledgeReading reading)
    {
        var table = Grid("");
        Add("persons", reading.Actors.Count(entry => entry.Actor.Kind == ActorKind.Person));
        Add("organizations", reading.Actors.Count(entry => entry.Actor.Kind == ActorKind.Organization));
        Add("countries", reading.Actors.Count(entry => entry.Actor.Kind == ActorKind.Country));
        Add("names and aliases", reading.Actors.Sum(entry => entry.Names.DistinctBy(name => name.Text, StringComparer.Ordinal).Count()));
        Add("offices", reading.Actors.Sum(entry => entry.Actor.Roles.Count));
        Add("topics", reading.Topics.Count);
        return table;

        void Add(string what, int count) => table.AddRow(what, Text(count));
    }

    private static void WriteAmbiguous(string what, IEnumerable<(string Name, List<string> Slugs)> names, IAnsiConsole console)
    {
        var all = names.OrderByDescending(name => name.Slugs.Count).ThenBy(name => name.Name, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var table = Grid($"{Text(all.Count)} {what}");
        table.AddColumn("");
        foreach (var (name, slugs) in all.Take(MostShown))
        {
            var more = slugs.Count > MostSlugs ? $", {Text(slugs.Count - MostSlugs)} more" : "";
            table.AddRow(Markup.Escape(name), Text(slugs.Count), string.Join(", ", slugs.Take(MostSlugs)) + more);
        }

        if (all.Count > MostShown)
        {
            table.AddRow("…");
        }

        console.Write(table);
    }

    private static Table Grid(string title)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        return table.AddColumn(new TableColumn(title)).AddColumn(new TableColumn("").RightAligned());
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
