using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>
/// <c>alertbot search</c>: ranks the stories of a file for each question, as the bot does over its archive, in a database that is thrown away. A line that
/// cannot be read is answered in its place and does not stop the rest.
/// </summary>
internal static class SearchVerb
{
    private const int Done = 0;
    private const int SomeLinesFailed = 1;
    private const int CannotStart = 2;
    private const int MostRanked = 100;
    private const int AtOnce = 1000;

    private const string Usage = """
        Usage: alertbot search --archive FILE [--knowledge FILE-or-FOLDER] [--top 20] < questions.jsonl

        FILE has a story a line, {"id","title","body","published"}; all but id and body may be left out, and "text" may stand for
        "body". Reads one question a line, {"id","question"} ("query" may stand for it), and writes one line for each:
        {"id","ranked"} with the ids of the stories that fit best, best first, or {"error","line"} where it cannot be read.
        With --knowledge an actor who is named in a question is found under all its names.

        Exit code: 0 all lines were answered, 1 some could not be read, 2 wrong usage, or an archive or knowledge that cannot be read.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var options = VerbArguments.Read(args, ["--archive", "--knowledge", "--top"], [], out var wrong);
        if (options is { WantsHelp: true })
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Done;
        }

        var top = 20;
        if (options?["--archive"] is not { } archive || options.Rest.Count > 0 || (options["--top"] is { } typed && !(int.TryParse(typed, out top) && top is > 0 and <= MostRanked)))
        {
            await error.WriteLineAsync($"{wrong}{Environment.NewLine}{Usage}".AsMemory(), ct);
            return CannotStart;
        }

        var folder = Directory.CreateTempSubdirectory("alertbot-search-");
        using var database = new SqliteDatabase(Path.Combine(folder.FullName, "archive.db"));
        try
        {
            var tagger = options["--knowledge"] is { } path ? new StoryTagger(KnowledgeFile.Load(path)) : null;
            var ids = new Dictionary<StoryId, string>();
            var faults = await FillAsync(database, archive, ids, error, ct);
            var index = new SearchIndex(database);
            await index.WorkAsync(ct);
            var search = new StorySearch(database, index, new StoryStore(database, TimeProvider.System), TimeProvider.System);
            return Math.Max(faults > 0 ? SomeLinesFailed : Done, await AnswerAsync(search, tagger, ids, top, input, output, ct));
        }
        catch (KnowledgeException faulty)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, faulty.Faults).AsMemory(), ct);
            return CannotStart;
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync(exception.Message.AsMemory(), ct);
            return CannotStart;
        }
        finally
        {
            database.Release();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> FillAsync(SqliteDatabase database, string archive, Dictionary<StoryId, string> ids, TextWriter error, CancellationToken ct)
    {
        await new Migrator(database, TimeProvider.System).MigrateAsync(ct);
        var feed = (await new FeedStore(database, Replica.Begin(new Random(1), TimeProvider.System), TimeProvider.System).AddAsync(new Uri("https://archive.example/"), "archive", null, "search", ct)).Feed.Id;
        var lines = new JsonLines(error);
        var waiting = new List<(string Id, StoryText Text)>();
        await foreach (var (read, number) in lines.ReadAsync<StoryLine>(archive, StoryLine.Read, ct))
        {
            if (read.Read(out var story) is { } fault)
            {
                await lines.TellAsync(archive, number, fault);
                continue;
            }

            waiting.Add((read.Id!, story!));
            if (waiting.Count == AtOnce)
            {
                await StoreAsync();
            }
        }

        await StoreAsync();
        return lines.Faults;

        async Task StoreAsync()
        {
            await database.InTransactionAsync(
                async transaction =>
                {
                    foreach (var (id, text) in waiting)
                    {
                        var seen = text.Published ?? DateTimeOffset.UnixEpoch;
                        var key = new StoryKey($"line:{ids.Count}");
                        if (await StoryStore.InsertAsync(transaction, feed, new Story(default, key, null, text.Title, null, text.Body, "archive", text.Published, seen)) is { } stored)
                        {
                            ids.Add(stored, id);
                        }
                    }
                },
                ct);
            waiting.Clear();
        }
    }

    private static async Task<int> AnswerAsync(StorySearch search, StoryTagger? tagger, Dictionary<StoryId, string> ids, int top, TextReader input, TextWriter output, CancellationToken ct)
    {
        var (exit, number) = (Done, 0);
        while (await input.ReadLineAsync(ct) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var fault = StoryLine.Read<QuestionLine>(line, out var asked) ?? (asked?.Id is null ? "'id' is missing" : (asked.Question ?? asked.Query) is null ? "'question' is missing" : null);
            exit = fault is null ? exit : SomeLinesFailed;
            object written = fault is null
                ? new { id = asked!.Id, ranked = (await search.RankAsync(TermsOf((asked.Question ?? asked.Query)!, tagger), top, ct)).Select(s => ids[s.Id]) }
                : new { error = fault, line = number };
            await output.WriteLineAsync(JsonSerializer.Serialize(written, StoryLine.Json).AsMemory(), ct);
        }

        await output.FlushAsync(ct);
        return exit;
    }

    /// <summary>The words of the question, and who is named in it under all names.</summary>
    private static IReadOnlyList<SearchTerm> TermsOf(string question, StoryTagger? tagger) =>
    [
        .. Question.TermsOf(question),
        .. tagger is null ? [] : tagger.Tag(new StoryText("", question, null)) is var tagged
            ? tagged.Tags.Where(t => t.Name.Kind == TagKind.Actor).Select(t => tagged.Knowledge.FindActor(t.Name.Slug)).OfType<Actor>().Select(a => Question.Named([a.Name, .. a.Aliases])).OfType<SearchTerm>()
            : [],
    ];

    private sealed record QuestionLine(string? Id, string? Question, string? Query);
}
