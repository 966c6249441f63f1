using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>How often the archive speaks of an actor or topic: in all, day by day of late, and with whom and what.</summary>
/// <param name="Company">Of its newest stories, those of most stories first.</param>
internal sealed record Mentions(NamedTag Of, long Stories, DateTimeOffset? Newest, Trend Lately, IReadOnlyList<TagCount> Company)
{
    private const int Weeks = 8;
    private const int FewestDrawn = 5;
    private const int MostNames = 6;

    /// <summary>The slug of the topic that it stands with most often.</summary>
    public string? MainTopic => With(TagKind.Topic).FirstOrDefault()?.Name.Slug;

    /// <summary>The days of late as a small picture, with the weeks in words; null where there is too little to see.</summary>
    public CardImage? Chart => Lately.Total >= FewestDrawn && TrendChart.DrawSmall(Lately) is { } png
        ? new CardImage(png, $"Stories a day about {Of.Name} in the last {Weeks} weeks: {Lately.Summary}. By week, oldest first: {string.Join(", ", Lately.Weeks)}.")
        : null;

    public static async Task<Mentions> ReadAsync(NamedTag of, DateOnly today, KnowledgeBase knowledge, TagStore tags, CancellationToken cancellationToken)
    {
        var (count, newest) = await tags.CountAsync(of.Tag, cancellationToken);
        var company = count == 0 ? [] : await tags.OftenWithAsync(of.Tag, count, cancellationToken);
        return new Mentions(of, count, newest, await Trend.ReadAsync(of, Weeks, today, knowledge, tags, cancellationToken), company);
    }

    public IEnumerable<TagCount> With(TagKind kind) => Company.Where(c => c.Name.Kind == kind);

    /// <summary>In how many of its newest stories somebody stands, too.</summary>
    public long With(Actor actor) => Company.FirstOrDefault(c => c.Name == new TagName(TagKind.Actor, actor.Slug))?.Stories ?? 0;

    public IEnumerable<CardFact> Facts(KnowledgeBase knowledge)
    {
        yield return new CardFact("In the archive", Stories == 0 ? "no story yet" : StoryList.Count(Stories));
        if (Newest is { } at)
        {
            yield return new CardFact("Last seen", at.UtcDateTime.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC");
            yield return new CardFact($"The last {Weeks} weeks", Lately.Summary);
        }

        foreach (var (label, kind) in new[] { ("Most often with", TagKind.Actor), ("Topics", TagKind.Topic) })
        {
            var names = With(kind).Take(MostNames).Select(c => $"{knowledge.NameOf(c.Name)} ({c.Stories.ToString(CultureInfo.InvariantCulture)})").ToList();
            if (names.Count > 0)
            {
                yield return new CardFact(label, string.Join(", ", names));
            }
        }
    }
}
