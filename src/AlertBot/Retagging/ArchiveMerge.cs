using System.Data.Common;
using AlertBot.Knowledge;
using AlertBot.Storage;
using AlertBot.Tagging;
using Dapper;

namespace AlertBot.Retagging;

/// <summary>
/// Moves what the archive has of one actor to another, and back: tags, quotes and reports of wrong tags. Stories whose text is kept
/// are tagged anew anyway; of the others only this can tell.
/// </summary>
internal sealed class ArchiveMerge(Database database)
{
    /// <summary>What an actor has in the archive.</summary>
    public async Task<ArchiveShare> ShareOfAsync(string slug, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (stories, quotes, reports) = await connection.QuerySingleAsync<(long, long, long)>(
            """
            SELECT (SELECT COUNT(*) FROM tags WHERE kind = @Kind AND slug = @Slug), (SELECT COUNT(*) FROM quotes WHERE speaker = @Slug),
              (SELECT COUNT(*) FROM tag_reports WHERE tag = @Slug)
            """,
            new { Kind, Slug = slug });
        return new ArchiveShare(stories, quotes, reports);
    }

    /// <param name="change">The number of the merge, under which it can be moved back.</param>
    public static Task MoveAsync(DbTransaction transaction, long change, string from, string into) => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO merged_tags (change_id, story_id, salience, other_salience)
          SELECT @Change, f.story_id, f.salience, i.salience FROM tags f LEFT JOIN tags i ON i.story_id = f.story_id AND i.kind = f.kind AND i.slug = @Into
          WHERE f.kind = @Kind AND f.slug = @From;
        UPDATE tags SET salience = 'main' WHERE kind = @Kind AND slug = @Into
          AND story_id IN (SELECT story_id FROM merged_tags WHERE change_id = @Change AND salience = 'main' AND other_salience = 'mentioned');
        DELETE FROM tags WHERE kind = @Kind AND slug = @From AND story_id IN (SELECT story_id FROM merged_tags WHERE change_id = @Change AND other_salience IS NOT NULL);
        UPDATE tags SET slug = @Into WHERE kind = @Kind AND slug = @From;
        UPDATE quotes SET speaker = @Into WHERE speaker = @From;
        INSERT INTO search_changes (story_id) SELECT story_id FROM merged_tags WHERE change_id = @Change ON CONFLICT (story_id) DO NOTHING;
        INSERT INTO merged_reports (change_id, report_id)
          SELECT @Change, r.id FROM tag_reports r WHERE r.tag = @From
            AND NOT EXISTS (SELECT 1 FROM tag_reports o WHERE o.story_id = r.story_id AND o.reported_by = r.reported_by AND o.tag = @Into);
        UPDATE tag_reports SET tag = @Into WHERE id IN (SELECT report_id FROM merged_reports WHERE change_id = @Change);
        """,
        new { Change = change, From = from, Into = into, Kind },
        transaction);

    /// <summary>Moves back what <see cref="MoveAsync"/> moved under this number; quotes come back when their stories are tagged anew.</summary>
    public static Task MoveBackAsync(DbTransaction transaction, long change, string from, string into) => transaction.Connection!.ExecuteAsync(
        """
        UPDATE tags SET slug = @From, salience = (SELECT salience FROM merged_tags m WHERE m.change_id = @Change AND m.story_id = tags.story_id)
          WHERE kind = @Kind AND slug = @Into AND story_id IN (SELECT story_id FROM merged_tags WHERE change_id = @Change AND other_salience IS NULL);
        INSERT INTO tags (story_id, kind, slug, salience, evidence, sorted_at, is_pruned)
          SELECT t.story_id, t.kind, @From, m.salience, '[]', t.sorted_at, t.is_pruned FROM merged_tags m JOIN tags t ON t.story_id = m.story_id AND t.kind = @Kind AND t.slug = @Into
          WHERE m.change_id = @Change AND m.other_salience IS NOT NULL;
        UPDATE tags SET salience = (SELECT other_salience FROM merged_tags m WHERE m.change_id = @Change AND m.story_id = tags.story_id)
          WHERE kind = @Kind AND slug = @Into AND story_id IN (SELECT story_id FROM merged_tags WHERE change_id = @Change AND other_salience IS NOT NULL);
        UPDATE tag_reports SET tag = @From WHERE id IN (SELECT report_id FROM merged_reports WHERE change_id = @Change);
        INSERT INTO search_changes (story_id) SELECT story_id FROM merged_tags WHERE change_id = @Change ON CONFLICT (story_id) DO NOTHING;
        DELETE FROM merged_tags WHERE change_id = @Change;
        DELETE FROM merged_reports WHERE change_id = @Change;
        """,
        new { Change = change, From = from, Into = into, Kind },
        transaction);

    private static readonly string Kind = TagStore.KindOf(TagKind.Actor);
}

/// <param name="Stories">That have it as a tag.</param>
internal sealed record ArchiveShare(long Stories, long Quotes, long Reports);
