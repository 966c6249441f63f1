namespace AlertBot.Commands;

/// <summary>The program's verbs, one file each in this folder. Run is the default.</summary>
internal static class CommandLine
{
    private static readonly string[] Help = ["help", "--help", "-h", "-?"];

    private static readonly Verb[] Verbs =
    [
        new("run", "Poll the feeds and run the bot (the default)", (args, io, token) => RunVerb.RunAsync(args, io.Out, io.Error, token)),
        new("demo", "Show the main job on bundled stories: no token, no server, no network", (args, io, token) => DemoVerb.RunAsync(args, io.Out, io.Error, token)),
        new("feed parse", "Read feed files and write their items as JSON Lines", (args, io, token) => FeedParseVerb.RunAsync(args, io.In, io.Out, io.Error, token)),
        new("tag", "Tag stories from standard input and write JSON Lines", (args, io, token) => TagVerb.RunAsync(args, io.In, io.Out, io.Error, token)),
        new("eval", "Hold the tagger against stories that people labelled", (args, io, token) => EvalVerb.RunAsync(args, io.Out, io.Error, TimeProvider.System, token)),
        new("knowledge check", "Tell what is wrong or suspicious in knowledge files", (args, io, token) => KnowledgeCheckVerb.RunAsync(args, io.Out, io.Error, token)),
        new("knowledge import", "Make actors of a CSV file, Wikidata or OpenSanctions", (args, io, token) => KnowledgeImportVerb.RunAsync(args, io.Out, io.Error, TimeProvider.System, token)),
        new("events", "Put stories from standard input into events and write JSON Lines", (args, io, token) => EventsVerb.RunAsync(args, io.In, io.Out, io.Error, token)),
        new("search", "Rank the stories of a file for questions from standard input and write JSON Lines", (args, io, token) => SearchVerb.RunAsync(args, io.In, io.Out, io.Error, token)),
        new("ask", "Answer questions from standard input from the stories of a file and write JSON Lines", (args, io, token) => AskVerb.RunAsync(args, io.In, io.Out, io.Error, token)),
        new("discord invite", "Print the link that adds the bot to a Discord server", (args, io, token) => DiscordInviteVerb.RunAsync(args, io.Out, io.Error, token)),
        new("slack manifest", "Print the manifest that makes the app on Slack", (args, io, token) => SlackManifestVerb.RunAsync(args, io.Out, io.Error)),
        new("backup", "Copy the database to a file while the bot runs", (args, io, token) => BackupVerb.RunAsync(args, io.Out, io.Error, token)),
        new("storage", "Show what takes the room in the database, and how it grows", (args, io, token) => StorageVerb.RunAsync(args, io.Out, io.Error, token)),
        new("prune", "Forget what the settings no longer keep, or say what that would be", (args, io, token) => PruneVerb.RunAsync(args, io.Out, io.Error, token)),
        new("migrate", "Move an installation from SQLite to PostgreSQL", (args, io, token) => MigrateVerb.RunAsync(args, io.Out, io.Error, token)),
        new("doctor", "Check settings, the running bot, feeds and database, with the fix for each fault", (args, io, token) => DoctorVerb.RunAsync(args, io.Out, io.Error, token)),
        new("health", "Ask a running bot how it is; exit code 0 when it is well", (args, io, token) => HealthVerb.RunAsync(args, io.Out, io.Error, token)),
    ];

    /// <returns>The exit code: 0 done, 1 something failed, 2 wrong use or wrong settings.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0 && Help.Contains(args[0]))
        {
            await Console.Out.WriteAsync(Usage());
            return 0;
        }

        if (args is ["--version"])
        {
            await Console.Out.WriteLineAsync(typeof(CommandLine).Assembly.GetName().Version!.ToString(3));
            return 0;
        }

        var (verb, rest) = Find(args);
        if (verb is null)
        {
            await Console.Error.WriteLineAsync($"alertbot: there is no verb '{args[0]}'.{Environment.NewLine}{Environment.NewLine}{Usage()}");
            return 2;
        }

        using var input = new StreamReader(Console.OpenStandardInput());
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        return await verb.RunAsync(rest, new Streams(input, output, Console.Error), CancellationToken.None);
    }

    private static (Verb? Verb, string[] Arguments) Find(string[] args)
    {
        foreach (var verb in Verbs)
        {
            var words = verb.Name.Split(' ');
            if (args.Take(words.Length).SequenceEqual(words))
            {
                return (verb, args[words.Length..]);
            }
        }

        // Settings may follow the program's name at once: alertbot --Storage:Path=...
        return args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal) ? (Verbs[0], args) : (null, args);
    }

    private static string Usage()
    {
        var width = Verbs.Max(v => v.Name.Length) + 2;
        return $"""
            AlertBot watches news feeds, tags each story by actor and topic, and posts alerts to the channels that follow.

            Usage: alertbot [verb] [options]

            {string.Join(Environment.NewLine, Verbs.Select(v => $"  {v.Name.PadRight(width)}{v.Summary}"))}

            alertbot VERB --help shows the options of a verb.

            """;
    }

    private sealed record Verb(string Name, string Summary, Func<IReadOnlyList<string>, Streams, CancellationToken, Task<int>> RunAsync);

    private sealed record Streams(TextReader In, TextWriter Out, TextWriter Error);
}
