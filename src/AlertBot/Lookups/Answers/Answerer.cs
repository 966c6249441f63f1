using AlertBot.Stories;
using AlertBot.Stories.Search;
using Microsoft.Extensions.Caching.Memory;

namespace AlertBot.Lookups.Answers;

/// <summary>
/// Answers questions from the archive. The same question soon after has the same answer, as long as the stories that it rests on are what they were.
/// </summary>
/// <param name="writer">Null where no model is set.</param>
internal sealed class Answerer(AnswerFinder finder, StoryStore stories, IMemoryCache cache, ModelWriter? writer = null)
{
    private const int StoriesShown = 5;

    // New stories may answer better.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public async Task<Answer> AnswerAsync(AskedQuestion asked, CancellationToken cancellationToken)
    {
        var key = ("answer", string.Join(' ', FoldedText.WordsOf(asked.Text)), asked.Time?.Period);
        if (cache.TryGetValue<Answer>(key, out var known) && await stories.AreCurrentAsync([.. known!.Sources.Select(s => s.Story).Concat(known.Ranked).DistinctBy(s => s.Id)], cancellationToken))
        {
            return known;
        }

        var findings = await finder.FindAsync(asked, StoriesShown, cancellationToken);
        var answer = await (writer?.WriteAsync(asked, findings, cancellationToken) ?? Task.FromResult<Answer?>(null)) ?? AnswerChooser.Choose(findings);
        return cache.Set(key, answer, Kept);
    }
}
