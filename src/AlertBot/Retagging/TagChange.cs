using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Retagging;

/// <summary>One tag of a story that comes, goes, or changes its weight.</summary>
/// <param name="Before">Null: it comes.</param>
/// <param name="After">Null: it goes.</param>
internal sealed record TagChange(TagName Name, Tag? Before, Tag? After)
{
    /// <summary>In what two taggings of one story differ for those who read it; other words for the same tag are no change.</summary>
    public static IReadOnlyList<TagChange> Between(IReadOnlyList<Tag> before, IReadOnlyList<Tag> after)
    {
        var (had, has) = (before.ToDictionary(t => t.Name), after.ToDictionary(t => t.Name));
        return
        [
            .. had.Keys.Union(has.Keys).Select(n => new TagChange(n, had.GetValueOrDefault(n), has.GetValueOrDefault(n)))
                .Where(c => c.Before?.Salience != c.After?.Salience),
        ];
    }
}
