using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>
/// What moderators added, changed and removed of the topics, laid over the knowledge files at the start and after each edit; the
/// files are never written. An edit that no longer fits stays stored and does nothing.
/// </summary>
internal sealed partial class TopicEdits(KnowledgeBase knowledge, ChangeLog log, TimeProvider time, ILogger<TopicEdits> logger) : IDisposable
{
    private const string Kind = "topic";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly IReadOnlyList<Topic> _files = knowledge.Topics;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The edits that no longer fit, as of the last time that they were laid over the files.</summary>
    public IReadOnlyList<EditMisfit> Misfits { get; private set; } = [];

    /// <summary>Lays the stored edits over the files. Call it once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (edit, why) in Apply(await StandingAsync(cancellationToken)))
        {
            Log.EditIgnored(logger, edit.Slug, edit.By, edit.At, why);
        }
    }

    /// <summary>Puts a topic in force: a new one, or one in the place of the one with its slug.</summary>
    public Task<TopicEditResult> PutAsync(Topic topic, string by, CancellationToken cancellationToken) => EditAsync(topic.Slug, topic, by, cancellationToken);

    public Task<TopicEditResult> RemoveAsync(string slug, string by, CancellationToken cancellationToken) => EditAsync(slug, null, by, cancellationToken);

    /// <summary>Takes the last edit of a topic back that still holds.</summary>
    public async Task<TopicEditResult> UndoAsync(string slug, string by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var standing = await StandingAsync(cancellationToken);
            if (standing.LastOrDefault(e => e.Slug == slug) is not { } last)
            {
                return new TopicEditResult.Refused([$"No edit of {slug} is left to take back: it is as in the files."]);
            }

            var rest = standing.Where(e => e != last).ToList();
            var (from, to) = (knowledge.FindTopic(slug), rest.LastOrDefault(e => e.Slug == slug) is { } before ? before.To : _files.FirstOrDefault(t => t.Slug == slug));
            if (to is not null && FaultsOf(to) is { Count: > 0 } faults)
            {
                return new TopicEditResult.Refused(faults);
            }

            await log.MarkUndoneAsync(last.Id, by, cancellationToken);
            Apply(rest);
            return new TopicEditResult.Done(from, to);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The last edits of a topic, newest first, those that were taken back included.</summary>
    public async Task<IReadOnlyList<TopicEdit>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) =>
        [.. (await log.HistoryAsync(Kind, slug, count, cancellationToken)).Select(Read)];

    /// <summary>What is wrong with a topic beside those that are known.</summary>
    public IReadOnlyList<string> FaultsOf(Topic topic) => TopicRules.Faults(topic, knowledge.Topics, PhraseBook.Shipped.Grammar);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<TopicEditResult> EditAsync(string slug, Topic? to, string by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var from = knowledge.FindTopic(slug);
            if (Write(from) == Write(to))
            {
                return new TopicEditResult.Refused([$"{from?.Name ?? slug} is like that already."]);
            }

            if (to is not null && FaultsOf(to) is { Count: > 0 } faults)
            {
                return new TopicEditResult.Refused(faults);
            }

            var standing = await StandingAsync(cancellationToken);
            var edit = new TopicEdit(0, slug, from, to, by, time.GetUtcNow(), null);
            await log.AppendAsync(new Change(Kind, slug, Write(from), Write(to), $"{(from is null ? "Added" : to is null ? "Removed" : "Edited")} {(to ?? from)!.Name}", by), cancellationToken);
            Apply([.. standing, edit]);
            return new TopicEditResult.Done(from, to);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <returns>The edits that do not fit, each with the reason.</returns>
    private List<(TopicEdit Edit, string Why)> Apply(IReadOnlyList<TopicEdit> standing)
    {
        var misfits = new List<(TopicEdit, string)>();
        var topics = _files.ToList();
        foreach (var edit in standing)
        {
            var at = topics.FindIndex(t => t.Slug == edit.Slug);
            if (edit.To is null)
            {
                topics.RemoveAll(t => t.Slug == edit.Slug);
            }
            else if (TopicRules.Faults(edit.To, topics, PhraseBook.Shipped.Grammar) is { Count: > 0 } faults)
            {
                misfits.Add((edit, string.Join(' ', faults)));
            }
            else if (at < 0)
            {
                topics.Add(edit.To);
            }
            else
            {
                topics[at] = edit.To;
            }
        }

        knowledge.ReplaceTopics(topics);
        Misfits = [.. misfits.Select(m => new EditMisfit(m.Item1.Slug, m.Item1.By, m.Item2))];
        return misfits;
    }

    private async Task<IReadOnlyList<TopicEdit>> StandingAsync(CancellationToken cancellationToken) => [.. (await log.StandingAsync(Kind, cancellationToken)).Select(Read)];

    private static TopicEdit Read(StoredChange e) => new(e.Id, e.Change.Subject, Parse(e.Change.From), Parse(e.Change.To), e.Change.By, e.At, e.UndoneBy);

    private static string? Write(Topic? topic) => topic is null ? null : JsonSerializer.Serialize(topic, Json);

    private static Topic? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<Topic>(json, Json);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The edit of the topic {Slug} by {By} on {At:u} does nothing: {Why}")]
        public static partial void EditIgnored(ILogger logger, string slug, string by, DateTimeOffset at, string why);
    }
}
