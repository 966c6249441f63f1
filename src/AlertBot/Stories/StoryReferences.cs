using System.Globalization;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Stories;

/// <summary>Finds the story that somebody means: by the number of an alert in this channel, by a link, or by words of its headline.</summary>
internal sealed class StoryReferences(Database database)
{
    private const int MostSearched = 5_000;
    private const int MostNamed = 5;

    /// <summary>How an option for it is told.</summary>
    public const string Summary = "The number under an alert, the story's link, or words of its headline";

    /// <param name="channel">Whose alerts count; its address as text.</param>
    public async Task<StoryReference> FindAsync(string typed, string channel, CancellationToken cancellationToken)
    {
        typed = typed.Trim();
        if (long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // News of an alert has no story of its own where it is the alert's story that changed.
            return await FirstAsync(
                "SELECT COALESCE(o.story_id, a.story_id) FROM outbox o LEFT JOIN outbox a ON a.id = o.about_id WHERE o.id = @Id AND o.channel = @Channel", new { Id = number, Channel = channel }, cancellationToken) is { } alerted
                ? new StoryReference.Found(new StoryId(alerted), [])
                : new StoryReference.Missing($"This channel has no alert {number}", "The number stands under each alert. A story can also be named by its link, or by words of its headline.");
        }

        if (Uri.TryCreate(typed.Trim('<', '>'), UriKind.Absolute, out var link) && link.Scheme is "http" or "https")
        {
            return await UnderAsync(link.AbsoluteUri, cancellationToken) is { } linked
                ? new StoryReference.Found(new StoryId(linked), [])
                : new StoryReference.Missing(
                    "No feed has brought this link",
                    "Look whether the outlet's feed has it: /feed list shows the feeds, /feed health how they are. A link that leads to the same page by another address is not known.");
        }

        return await NamedAsync(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancellationToken) is [var first, ..] found
            ? new StoryReference.Found(first.Id, [.. found.Skip(1).Select(o => o.Title)])
            : new StoryReference.Missing("No story has these words in its headline", "Only the newest thousands of stories are looked through. Fewer words find more; a link finds any.");
    }

    /// <summary>The story under a link, in any of the forms in which feeds gave it. A link that several stories of a feed have is nobody's own: it is looked for among the newest.</summary>
    private async Task<long?> UnderAsync(string link, CancellationToken cancellationToken) =>
        await FirstAsync(
            "SELECT id FROM stories WHERE story_key = @Canonical UNION ALL SELECT story_id FROM story_links WHERE link = @Canonical LIMIT 1", new { Canonical = CanonicalLink.Of(link) ?? link }, cancellationToken)
        ?? await FirstAsync(
            "SELECT n.id FROM (SELECT id, link FROM stories ORDER BY sorted_at DESC, id DESC LIMIT @MostSearched) n WHERE n.link = @link LIMIT 1", new { MostSearched, link }, cancellationToken);

    /// <summary>The newest stories with all these words in the headline, among the last thousands.</summary>
    private async Task<IReadOnlyList<(StoryId Id, string Title)>> NamedAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Title)>(
            "SELECT id, title FROM stories WHERE pruned_at IS NULL ORDER BY sorted_at DESC, id DESC LIMIT @MostSearched", new { MostSearched });
        return [.. rows.Where(r => words.All(w => r.Title.Contains(w, StringComparison.OrdinalIgnoreCase))).Take(MostNamed).Select(r => (new StoryId(r.Id), r.Title))];
    }

    private async Task<long?> FirstAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<long?>(sql, parameters);
    }
}

internal abstract record StoryReference
{
    /// <param name="Others">Headlines of further stories that the words fit.</param>
    public sealed record Found(StoryId Id, IReadOnlyList<string> Others) : StoryReference;

    /// <param name="What">What is not there.</param>
    public sealed record Missing(string What, string Advice) : StoryReference;
}
