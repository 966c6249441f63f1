using System.Data.Common;
using AlertBot.Stories;

namespace AlertBot.Benchmarks.Search;

/// <summary>Writes rows of many tables at once, in the way that is quick on each database.</summary>
/// <param name="isShared">PostgreSQL, where a statement takes whole columns.</param>
internal sealed class SearchRows(DbTransaction transaction, bool isShared)
{
    public async Task WriteAsync(long feed, IReadOnlyList<(SearchStory Story, CastStory Cast)> stories)
    {
        var times = stories.ToDictionary(s => s.Cast.Id, s => s.Story.At.ToUnixTimeMilliseconds());
        await InsertAsync(
            "stories (id, story_key, link, title, body, feed_id, source, claimed_at, first_seen_at, sorted_at)",
            "(@p0, @p7, @p1, @p2, @p3, @p4, @p5, @p6, @p6, @p6)",
            [.. stories.Select(s => s.Cast.Id)], [.. stories.Select(s => s.Cast.Link)], [.. stories.Select(s => s.Story.Title)], [.. stories.Select(s => s.Story.Text)],
            [.. stories.Select(_ => feed)], [.. stories.Select(s => s.Cast.Outlet)], [.. stories.Select(s => times[s.Cast.Id])], [.. stories.Select(s => CanonicalLink.Of(s.Cast.Link)!)]);
        var tags = stories.SelectMany(s => s.Cast.Tags.Select(t => (s.Cast.Id, Tag: t))).ToList();
        await InsertAsync(
            "tags (story_id, kind, slug, salience, evidence, sorted_at)",
            "(@p0, @p1, @p2, @p3, @p4, @p5)",
            [.. tags.Select(t => t.Id)], [.. tags.Select(t => t.Tag.Kind)], [.. tags.Select(t => t.Tag.Slug)], [.. tags.Select(t => t.Tag.Salience)], [.. tags.Select(t => t.Tag.Evidence)], [.. tags.Select(t => times[t.Id])]);
        var quotes = stories.Where(s => s.Cast.Quote is not null).Select(s => s.Cast).ToList();
        await InsertAsync(
            "quotes (story_id, section, start, text, speaker, speaker_name, rule, direct, sorted_at)",
            "(@p0, 'body', 0, @p1, @p2, @p2, 'said', 1, @p3)",
            [.. quotes.Select(q => q.Id)], [.. quotes.Select(q => q.Quote!)], [.. quotes.Select(q => q.Tags[0].Slug)], [.. quotes.Select(q => times[q.Id])]);
        var events = stories.Select(s => s.Cast).Where(s => s.Event == s.Id).ToList();
        await InsertAsync("events (id, last_seen_at)", "(@p0, @p1)", [.. events.Select(e => e.Id)], [.. events.Select(e => times[e.Id])]);
        await InsertAsync(
            "event_stories (story_id, event_id, outlet, is_copy, likeness, shared)",
            "(@p0, @p1, @p2, 0, 1, 'some words that it shares')",
            [.. stories.Select(s => s.Cast.Id)], [.. stories.Select(s => s.Cast.Event)], [.. stories.Select(s => s.Cast.Outlet)]);
    }

    private async Task InsertAsync(string into, string values, params object[][] columns)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = isShared
            ? $"INSERT INTO {into} SELECT {values[1..^1].Replace("@p", "r.p", StringComparison.Ordinal)} FROM unnest({List("@p")}) AS r ({List("p")})"
            : $"INSERT INTO {into} VALUES {values}";
        foreach (var (i, column) in columns.Index())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", !isShared ? DBNull.Value : column is [string, ..] ? column.Cast<string>().ToArray() : column.Cast<long>().ToArray());
            command.Parameters.Add(parameter);
        }

        for (var row = 0; row < (isShared ? 1 : columns[0].Length); row++)
        {
            for (var i = 0; i < columns.Length && !isShared; i++)
            {
                command.Parameters[i].Value = columns[i][row];
            }

            await command.ExecuteNonQueryAsync();
        }

        string List(string name) => string.Join(", ", columns.Select((_, i) => $"{name}{i}"));
    }
}
