using System.Globalization;
using AlertBot.Storage;

namespace AlertBot.Commands;

/// <summary><c>alertbot backup</c>: a copy of the database while the bot runs, checked before it counts.</summary>
internal static class BackupVerb
{
    private const string Usage = """
        Usage: alertbot backup FILE [--overwrite] [--Section:Key=value ...]

        Writes a copy of the database as it is at one moment to FILE; the bot may run meanwhile. The copy is read through and
        checked, and gets its name only then. Of SQLite it is a database file; of PostgreSQL it is made with pg_dump, in its
        custom format.

        The keys in the folder of Storage:Keys are not in it: without them nobody can read the tokens and logins in the copy.
        Keep them in another place. To restore: stop the bot, put the file in the place of Storage:Path (and remove the files
        beside it that end in -wal and -shm), or pg_restore it into an empty database; start the bot.

        Exit code: 0 done, 1 no copy was made, 2 wrong settings or wrong usage.

        """;

    private static readonly DatabaseVerb Verb = new("backup", Usage) { Flags = ["--overwrite"], Fault = read => read.Rest.Count == 1 ? null : "Give the file to write." };

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken) => Verb.RunAsync(args, output, error, async (read, settings) =>
    {
        var file = read.Rest.Single();
        var options = settings.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        using var database = StorageRegistration.Open(options);
        await WriteAsync(database, Path.GetFullPath(file), read.Has("--overwrite"), cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(file)}: {new FileInfo(file).Length:N0} bytes, checked."));
        await output.WriteLineAsync($"The keys in {Path.GetFullPath(options.Keys)} are not in it. Keep a copy of them in another place.");
    });

    private static async Task WriteAsync(Database database, string file, bool mayOverwrite, CancellationToken cancellationToken)
    {
        if (File.Exists(file) && !mayOverwrite)
        {
            throw new InvalidOperationException($"{file} is there already. Give another name, or --overwrite.");
        }

        var unfinished = file + ".unfinished";
        File.Delete(unfinished);
        try
        {
            await database.BackUpAsync(unfinished, cancellationToken);
            File.Move(unfinished, file, mayOverwrite);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
