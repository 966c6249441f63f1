using AlertBot.Benchmarks;
using AlertBot.Benchmarks.Asking;
using AlertBot.Benchmarks.Chaos;
using AlertBot.Benchmarks.Scale;
using AlertBot.Benchmarks.Search;

return args switch
{
    _ when args.Contains("--help") => Help(),
    ["discord", .. var options] => await DiscordLoad.RunAsync(new Options(options), CancellationToken.None),
    ["chaos", .. var options] => await ChaosVerb.RunAsync(new Options(options), CancellationToken.None),
    ["fanout", .. var options] => await FanoutSpeed.RunAsync(new Options(options), CancellationToken.None),
    ["scale", .. var options] => await ScaleVerb.RunAsync(new Options(options), CancellationToken.None),
    ["search", .. var options] => await SearchVerb.RunAsync(new Options(options), CancellationToken.None),
    ["ask", .. var options] => await AskQuality.RunAsync(new Options(options), CancellationToken.None),
    ["match", .. var options] => Reading(new Options(options), MatchSpeed.Run),
    ["tag", .. var options] => Reading(new Options(options), TagSpeed.Run),
    ["parse", .. var options] => Reading(new Options(options), ParseSpeed.Run),
    ["fuzz", .. var options] => Reading(new Options(options), FeedFuzz.Run),
    ["poll", .. var options] => await PollingAsync(new Options(options)),
    ["retag", .. var options] => await RetagSpeed.RunAsync(new Options(options), CancellationToken.None),
    _ => Help(),
};

static async Task<int> PollingAsync(Options options)
{
    try
    {
        return await PollSpeed.RunAsync(options, CancellationToken.None);
    }
    catch (Exception fault) when (fault is HttpRequestException or InvalidDataException)
    {
        Console.Error.WriteLine(fault.Message);
        return 2;
    }
}

static int Reading(Options options, Func<Options, int> run)
{
    try
    {
        return run(options);
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or System.Text.Json.JsonException)
    {
        Console.Error.WriteLine(fault.Message);
        return 2;
    }
}

static int Help()
{
    Console.WriteLine("""
        Usage: AlertBot.Benchmarks discord [--guilds 1000] [--rate 100] [--seconds 30]
               AlertBot.Benchmarks chaos [--platform discord|slack] [--storage sqlite|postgres] [--connection TEXT] [--replicas 1] [--kills 200]
                                   [--alerts 2000] [--drop 0.1] [--restart-database 10] [--seed 1] [--plant double|lost|order]
               AlertBot.Benchmarks fanout [--platform discord|slack] [--channels 10000] [--stories 1] [--clock 4]
               AlertBot.Benchmarks scale [--stories 1000000] [--follows 10000] [--storage sqlite|postgres]
               AlertBot.Benchmarks search [--stories 100000] [--storage sqlite|postgres] [--file FILE] [--queries FILE] [--data FOLDER] [--connection TEXT]
               AlertBot.Benchmarks ask --archive FILE --questions FILE [--knowledge FILE-or-FOLDER]
               AlertBot.Benchmarks match --aliases 100000 --stories FILE [--kb FILE] [--passes 5] [--limit 10000] [--with search-values]
               AlertBot.Benchmarks tag --aliases 100000 --stories FILE [--kb FILE] [--passes 5] [--limit 10000]
               AlertBot.Benchmarks parse --root FOLDER [--limit N] [--passes 5] [--lib ours|before-cleaning|xmlreader]
               AlertBot.Benchmarks fuzz [--minutes 10] [--seed 1] [--root FOLDER] [--save FOLDER]
               AlertBot.Benchmarks poll --root URL [--feeds 1000] [--aliases N] [--kb FILE] [--cycles 2] [--parallel 64]
               AlertBot.Benchmarks retag --stories FILE [--limit 10000]

          discord   memory of the bot with so many servers, over the idle bot; and how soon it answers so many
                    interactions a second, measured by the emulated Discord that it is connected to
          chaos     whether an alert is lost, shown twice or out of its order while bots are killed, answers are lost after the
                    server took the message, and the database is restarted. Exit code 1 if any is; --plant makes it so.
                    On Slack a tenth of the answers is lost, and a PostgreSQL of its own is restarted once in 20 kills, if
                    nothing else is said
          fanout    one story for so many channels: how long until all show it, beside the least that the platform's limits
                    leave, and the answers that said it was too much. --clock is how fast the clock of both sides runs
          scale     what a new story costs, how long commands take and what room the database needs, with so many stories and follows
          search    how long searches of each kind take over so many stories, newest first and ranked, and all commands that look
                    things up; what indexing behind the stories costs beside a trigger. FILE has a story a line,
                    {"title","text","published"}, and of --queries a kind, a tab and its words. A FOLDER, or a PostgreSQL database
                    by its connection string, is kept for another run
          match     finding names: text a second on one thread, memory, building, and a name that is added; right and
                    wrong finds by the mentions, decoys and cased that the stories bring along
          tag       the whole tagger: stories a second on one thread, memory, and how soon an added name is seen
          parse     reading feeds to entries on one thread, MB a second; by turns with it the same without making plain text,
                    and a bare pass of .NET's XmlReader (or of its JSON reader): a line of JSON for each. FOLDER has an
                    index.jsonl of {"path"}, or just feeds
          fuzz      reading feeds that are broken on purpose: spoilt ones of FOLDER and made-up hostile ones. A failure is an
                    exception, more than two seconds, or memory out of proportion; the document is saved. Exit code 1 if any
          poll      polling so many feeds that a site on loopback serves, the whole way from fetching to the outbox: a line of
                    JSON a cycle, the first one cold, the others with nothing changed. The site serves urls.txt or index.jsonl
                    under --root
          retag     tagging an archive anew: seconds where no story changes and where all do, how long other writers wait for
                    the database meanwhile, and the preview before a change

        match, tag and retag write one line of JSON. --stories has a story a line, {"title","text","mentions":[{"start","end",
        "entity","alias"}],"cased","decoys"}; --kb is a kb.jsonl, {"id","type","name","aliases"}, an aliases.tsv, alias TAB id,
        or a folder with one of them; without it they are looked for beside the stories. The first so many aliases count;
        where there are fewer, names are made up.
        """);
    return 2;
}
