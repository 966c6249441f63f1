using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Lookups.Answers;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>
/// The stories of a file, in a database that is thrown away, and questions over them from standard input: a line each. A line that cannot be read is
/// answered in its place and does not stop the rest.
/// </summary>
internal sealed class QuestionArchive : IDisposable
{
    private const int Done = 0;
    private const int SomeLinesFailed = 1;
    private const int CannotStart = 2;
    private const int MostRanked = 100;
    private const int AtOnce = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alertbot-questions-");
    private readonly SqliteDatabase _database;
    private readonly Dictionary<StoryId, string> _ids = [];

    private QuestionArchive(StoryTagger? tagger)
    {
        Tagger = tagger;
        _database = new SqliteDatabase(Path.Combine(_folder.FullName, "archive.db"));
        Index = new SearchIndex(_database);
        Search = new StorySearch(_database, Index, new StoryStore(_database, TimeProvider.System), TimeProvider.System);
    }

    private SearchIndex Index { get; }

    private StorySearch Search { get; }

    /// <summary>Null where no knowledge was given: nobody is known.</summary>
    private StoryTagger? Tagger { get; }

    /// <summary>The stories and sentences that fit a question best.</summary>
    public Task<Findings> FindAsync(string question, int top, CancellationToken ct) =>
        new AnswerFinder(Search, Tagger, TimeProvider.System).FindAsync(AskedQuestion.Of(question, Tagger, TimeProvider.System.GetUtcNow()), top, ct);

    /// <summary>The id that the file gives a story.</summary>
    public string IdOf(Story story) => _ids[story.Id];

    /// <summary>Reads a verb's line, the file and the questions, and writes an answer a line.</summary>
    /// <param name="answer">Given the archive, a question and how many stories are to be ranked; null if it can't be asked.</param>
    /// <returns>The exit code: 0 all lines were answered, 1 some could not be read, 2 wrong usage, or an archive or knowledge that cannot be read.</returns>
    public static async Task<int> RunAsync(
        string usage, Func<QuestionArchive, string, int, CancellationToken, Task<object>> answer, IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var options = VerbArguments.Read(args, ["--archive", "--knowledge", "--top"], [], out var wrong);
        if (options is { WantsHelp: true })
        {
            await output.WriteLineAsync(usage.AsMemory(), ct);
            return Done;
        }

        var top = 20;
        if (options?["--archive"] is not { } path || options.Rest.Count > 0 || (options["--top"] is { } typed && !(int.TryParse(typed, out top) && top is > 0 and <= MostRanked)))
        {
            await error.WriteLineAsync($"{wrong}{Environment.NewLine}{usage}".AsMemory(), ct);
            return CannotStart;
        }

        try
        {
            using var archive = new QuestionArchive(options["--knowledge"] is { } knowledge ? new StoryTagger(KnowledgeFile.Load(knowledge)) : null);
            var faults = await archive.FillAsync(path, error, ct);
            var exit = await AnswerAllAsync((question, token) => answer(archive, question, top, token), input, output, ct);
            return Math.Max(faults > 0 ? SomeLinesFailed : Done, exit);
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
    }

    public void Dispose()
    {
        _database.Release();
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<int> FillAsync(string path, TextWriter error, CancellationToken ct)
    {
        await new Migrator(_database, TimeProvider.System).MigrateAsync(ct);
        var feed = (await new FeedStore(_database, Replica.Begin(new Random(1), TimeProvider.System), TimeProvider.System).AddAsync(new Uri("https://archive.example/"), "archive", null, "archive", ct)).Feed.Id;
        var lines = new JsonLines(error);
        var waiting = new List<(string Id, StoryText Text)>();
        await foreach (var (read, number) in lines.ReadAsync<StoryLine>(path, StoryLine.Read, ct))
        {
            if (read.Read(out var story) is { } fault)
            {
                await lines.TellAsync(path, number, fault);
                continue;
            }

            waiting.Add((read.Id!, story!));
            if (waiting.Count == AtOnce)
            {
                await StoreAsync(feed, waiting, ct);
            }
        }

        await StoreAsync(feed, waiting, ct);
        await Index.WorkAsync(ct);
        return lines.Faults;
    }

    private async Task StoreAsync(FeedId feed, List<(string Id, StoryText Text)> waiting, CancellationToken ct)
    {
        await _database.InTransactionAsync(
            async transaction =>
            {
                foreach (var (id, text) in waiting)
                {
                    var seen = text.Published ?? DateTimeOffset.UnixEpoch;
                    var key = new StoryKey($"line:{_ids.Count}");
                    if (await StoryStore.InsertAsync(transaction, feed, new Story(default, key, null, text.Title, null, text.Body, "archive", text.Published, seen)) is { } stored)
                    {
                        _ids.Add(stored, id);
                    }
                }
            },
            ct);
        waiting.Clear();
    }

    private static async Task<int> AnswerAllAsync(Func<string, CancellationToken, Task<object>> answer, TextReader input, TextWriter output, CancellationToken ct)
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
            object written = new { error = fault, line = number };
            if (fault is null)
            {
                var fields = JsonSerializer.SerializeToNode(await answer((asked!.Question ?? asked.Query)!, ct), StoryLine.Json)!.AsObject();
                fields.Insert(0, "id", asked.Id);
                written = fields;
            }

            await output.WriteLineAsync(JsonSerializer.Serialize(written, StoryLine.Json).AsMemory(), ct);
        }

        await output.FlushAsync(ct);
        return exit;
    }

    private sealed record QuestionLine(string? Id, string? Question, string? Query);
}
