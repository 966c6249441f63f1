using System.Globalization;
using AlertBot.Storage;
using AlertBot.Stories;
using Spectre.Console;

namespace AlertBot.Commands;

/// <summary><c>alertbot storage</c>: what takes the room, how it grows, and what retention would free.</summary>
internal static class StorageVerb
{
    private const int Width = 120;
    private const int LongestBar = 30;
    private const int Months = 24;

    private const string Usage = """
        Usage: alertbot storage [--Section:Key=value ...]

        Shows the room that each table takes with its indexes, the stories of each month, how the database grows a day, and what
        alertbot prune would forget. Changes nothing; the bot may run meanwhile. SQLite's figures by table are reckoned from the rows.

        Exit code: 0 done, 1 it failed, 2 wrong settings or wrong usage.

        """;

    private static readonly DatabaseVerb Verb = new("storage", Usage);

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken) => Verb.RunAsync(args, output, error, async (_, settings) =>
    {
        await using var services = await DatabaseVerb.OpenAsync(settings, cancellationToken);
        await ShowAsync(services, output, cancellationToken);
    });

    private static async Task ShowAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<Database>();
        var (facts, sizes) = (await database.LookAsync(cancellationToken), await database.SizesAsync(cancellationToken));
        var days = await services.GetRequiredService<ArchiveStatistics>().ByDayAsync(cancellationToken);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        await output.WriteLineAsync(Text($"{database.Place}: {Megabytes(facts.Size)}, of it rows and indexes {Megabytes(sizes.Sum(s => s.Bytes))}"));
        console.Write(Tables(sizes));
        console.Write(ByMonth(days));
        await output.WriteLineAsync(Growth(days, sizes.Sum(s => s.Bytes), DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime)));
        await output.WriteLineAsync();
        await output.WriteLineAsync("What alertbot prune would forget:");
        await PruneVerb.TellAsync(output, await services.GetRequiredService<Retention>().LookAsync(cancellationToken));
    }

    private static Table Tables(IReadOnlyList<TableSize> sizes)
    {
        var table = Grid("table", "rows", "size", "of it indexes");
        var most = sizes.Max(s => s.Bytes);
        foreach (var size in sizes.Where(s => s.Rows > 0).OrderByDescending(s => s.Bytes).ThenBy(s => s.Name, StringComparer.Ordinal))
        {
            table.AddRow(size.Name, Text($"{size.Rows:N0}"), Megabytes(size.Bytes), Megabytes(size.IndexBytes), Bar(size.Bytes, most));
        }

        return table;
    }

    private static Table ByMonth(IReadOnlyList<StoriesOfDay> days)
    {
        var table = Grid("month", "stories", "without text");
        var months = days.GroupBy(d => (d.Day.Year, d.Day.Month)).TakeLast(Months).ToList();
        var most = months.Select(m => m.Sum(d => d.Stories)).DefaultIfEmpty(1).Max();
        foreach (var month in months)
        {
            var stories = month.Sum(d => d.Stories);
            table.AddRow(Text($"{month.Key.Year}-{month.Key.Month:00}"), Text($"{stories:N0}"), Text($"{month.Sum(d => d.Pruned):N0}"), Bar(stories, most));
        }

        return table;
    }

    private static string Growth(IReadOnlyList<StoriesOfDay> days, long bytes, DateOnly today)
    {
        if (days.Count == 0)
        {
            return "There are no stories yet.";
        }

        var all = days.Sum(d => d.Stories);
        var each = bytes / (double)all;
        return Text($"{all:N0} stories since {days[0].Day:yyyy-MM-dd}, {each:N0} bytes a story. A day: {Of(7)} over the last 7 days, {Of(30)} over the last 30.");

        string Of(int span)
        {
            // A young archive has fewer days than that.
            var lived = Math.Clamp(today.DayNumber - days[0].Day.DayNumber + 1, 1, span);
            var daily = days.Where(d => d.Day > today.AddDays(-span)).Sum(d => d.Stories) / (double)lived;
            return Text($"{daily:N0} stories and about {daily * each / 1e6:N1} MB");
        }
    }

    private static Table Grid(string first, params string[] figures)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var figure in figures)
        {
            table.AddColumn(figure, c => c.RightAligned());
        }

        return table.AddColumn("");
    }

    private static string Bar(long part, long most) => new('\u2588', (int)Math.Ceiling(part * (double)LongestBar / Math.Max(1, most)));

    private static string Megabytes(long bytes) => Text($"{bytes / 1e6:N1} MB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
