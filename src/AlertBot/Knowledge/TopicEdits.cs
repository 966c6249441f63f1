using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>
/// What moderators added, changed and removed of the topics, laid over the knowledge files at the start and after each edit; the
/// files are never written. An edit that no longer fits stays stored and does nothing.
/// </summary>
internal sealed partial class TopicEdits(KnowledgeBase knowledge, ChangeLog log, ILogger<TopicEdits> logger) : IReversible, IRemembered, IDisposable
{
    public const string KindOfChange = "topic";

    private readonly IReadOnlyList<Topic> _files = knowledge.Topics;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _last = -1;

    string IReversible.Kind => KindOfChange;

    public IReadOnlyCollection<string> Kinds { get; } = [KindOfChange, ChangeLog.OfImports];

    /// <summary>The topics of the knowledge files, without the edits.</summary>
    public IReadOnlyList<Topic> Files => _files;

    /// <summary>The edits that no longer fit, as of the last time that they were laid over the files.</summary>
    public IReadOnlyList<EditMisfit> Misfits { get; private set; } = [];

    /// <summary>Lays the stored edits over the files: at the start, and whenever others were stored.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await LoadStoredAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Puts a topic in force: a new one, or one in the place of the one with its slug.</summary>
    public Task<TopicEditResult> PutAsync(Topic topic, Author author, CancellationToken cancellationToken) => EditAsync(topic.Slug, topic, author, cancellationToken);

    public Task<TopicEditResult> RemoveAsync(string slug, Author author, CancellationToken cancellationToken) => EditAsync(slug, null, author, cancellationToken);

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var last = await log.LastOfAsync(Kinds, cancellationToken);
            var standing = await StandingAsync(cancellationToken);
            List<StoredChange> rest = [.. change.Stands ? standing.Where(c => c.Id != change.Id) : standing.Append(change).OrderBy(c => c.Id)];
            var (topics, misfits) = Over(_files, rest);
            var ignored = Over(_files, standing).Misfits.Select(m => m.Edit.Id).ToHashSet();
            IReadOnlyList<string> faults = [.. misfits.Where(m => !ignored.Contains(m.Edit.Id)).Select(m => m.Edit.Id == change.Id ? m.Why : $"{m.Edit} could not hold then: {m.Why}")];
            var reversal = await log.ReverseAsync(
                change, author, async (transaction, _) => faults.Count > 0 ? faults : await ChangeLog.OvertakenAsync(transaction, last, Kinds), cancellationToken);
            if (reversal is Reversal.Done(var number))
            {
                PutInForce(topics, number);
            }

            return reversal;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The last edits of a topic, newest first, those that were taken back included.</summary>
    public Task<IReadOnlyList<StoredChange>> HistoryAsync(string slug, int count, CancellationToken cancellationToken) => log.HistoryAsync(KindOfChange, slug, count, cancellationToken);

    /// <summary>The last edit of a topic that still holds; null if it is as in the files.</summary>
    public async Task<StoredChange?> LastAsync(string slug, CancellationToken cancellationToken) => (await StandingAsync(cancellationToken)).LastOrDefault(c => c.Change.Subject == slug);

    /// <summary>What is wrong with a topic beside those that are known.</summary>
    public IReadOnlyList<string> FaultsOf(Topic topic) => FaultsOf(topic, knowledge.Topics);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<TopicEditResult> EditAsync(string slug, Topic? to, Author author, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var (from, edit) = (knowledge.FindTopic(slug), new TopicEdit(slug, knowledge.FindTopic(slug), to));
                if (TopicEdit.Write(from) == TopicEdit.Write(to))
                {
                    return new TopicEditResult.Refused([$"{from?.Name ?? slug} is like that already."]);
                }

                if (to is not null && FaultsOf(to) is { Count: > 0 } faults)
                {
                    return new TopicEditResult.Refused(faults);
                }

                var change = author.Changed(
                    KindOfChange, slug, TopicEdit.Write(from), TopicEdit.Write(to), $"{(from is null ? "Added" : to is null ? "Removed" : "Edited")} the topic {(to ?? from)!.Name}");
                if (await log.AppendAfterAsync(_last, Kinds, change, cancellationToken) is { } number)
                {
                    PutInForce(With(knowledge.Topics, edit), number);
                    return new TopicEditResult.Done(from, to, number);
                }

                // Another process was quicker: what comes of it is looked at with that edit in force.
                await LoadStoredAsync(cancellationToken);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task LoadStoredAsync(CancellationToken cancellationToken)
    {
        var last = await log.LastOfAsync(Kinds, cancellationToken);
        if (last == _last)
        {
            return;
        }

        var (topics, misfits) = Over(_files, await StandingAsync(cancellationToken));
        PutInForce(topics, last);
        Misfits = [.. misfits.Select(m => new EditMisfit(m.Edit.Change.Subject, m.Edit.Change.By, m.Why))];
        foreach (var (edit, why) in misfits)
        {
            Log.EditIgnored(logger, edit.Change.Subject, edit.Change.By, edit.At, why);
        }
    }

    /// <param name="last">The last change that they are of.</param>
    private void PutInForce(IReadOnlyList<Topic> topics, long last)
    {
        _last = last;
        knowledge.ReplaceTopics(topics);
    }

    /// <returns>The topics with the edits over them, and the edits that do not fit, each with the reason.</returns>
    private static (IReadOnlyList<Topic> Topics, List<(StoredChange Edit, string Why)> Misfits) Over(IReadOnlyList<Topic> topics, IReadOnlyList<StoredChange> edits)
    {
        var misfits = new List<(StoredChange, string)>();
        foreach (var change in edits)
        {
            var edit = TopicEdit.Of(change);
            if (edit.To is { } to && FaultsOf(to, topics) is { Count: > 0 } faults)
            {
                misfits.Add((change, string.Join(' ', faults)));
            }
            else
            {
                topics = With(topics, edit);
            }
        }

        return (topics, misfits);
    }

    private static IReadOnlyList<Topic> With(IReadOnlyList<Topic> topics, TopicEdit edit) => edit.To is not { } to ? [.. topics.Where(t => t.Slug != edit.Slug)]
        : topics.Any(t => t.Slug == edit.Slug) ? [.. topics.Select(t => t.Slug == edit.Slug ? to : t)]
        : [.. topics, to];

    private static IReadOnlyList<string> FaultsOf(Topic topic, IReadOnlyList<Topic> all) => TopicRules.Faults(topic, all, PhraseBook.Shipped.Grammar);

    private Task<IReadOnlyList<StoredChange>> StandingAsync(CancellationToken cancellationToken) => log.StandingAsync(KindOfChange, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The edit of the topic {Slug} by {By} on {At:u} does nothing: {Why}")]
        public static partial void EditIgnored(ILogger logger, string slug, string by, DateTimeOffset at, string why);
    }
}
