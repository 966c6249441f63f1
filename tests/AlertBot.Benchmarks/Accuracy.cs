namespace AlertBot.Benchmarks;

internal readonly record struct FoundName(int Start, int End, string? Slug);

/// <summary>What was found, held against what is known to stand in the stories. Null where nothing is known.</summary>
/// <param name="Recall">Part of the mentions that were found whole and given to somebody who bears the name.</param>
/// <param name="Wrong">Finds that touch no mention.</param>
/// <param name="Decoys">Finds inside a longer word.</param>
internal sealed record Accuracy(double? Recall, double? RecallCased, int? Wrong, int? Decoys)
{
    public static Accuracy Of(IReadOnlyList<KnownStory> stories, NamedActors named, Func<KnownStory, IReadOnlyList<FoundName>> find)
    {
        if (stories.All(story => story.Mentions.Count == 0))
        {
            return new Accuracy(null, null, null, null);
        }

        int mentions = 0, right = 0, cased = 0, rightCased = 0, wrong = 0, decoys = 0;
        foreach (var story in stories)
        {
            var found = find(story);
            foreach (var mention in story.Mentions.Where(named.Has))
            {
                mentions++;
                right += IsFound(mention, found) ? 1 : 0;
            }

            foreach (var mention in story.Cased.Where(named.Has))
            {
                cased++;
                rightCased += IsFound(mention, found) ? 1 : 0;
            }

            wrong += found.Count(name => !story.Mentions.Concat(story.Cased).Any(mention => mention.Start < name.End && name.Start < mention.End));
            decoys += story.Decoys.Select(decoy => story.Text.IndexOf($"un{decoy.ToLowerInvariant()}esque", StringComparison.Ordinal))
                .Count(at => at >= 0 && found.Any(name => name.Start >= at && name.Start <= at + 2));
        }

        return new Accuracy(Part(right, mentions), Part(rightCased, cased), wrong, decoys);

        bool IsFound(KnownMention mention, IReadOnlyList<FoundName> found) =>
            found.Any(name => name.Start == mention.Start && name.End == mention.End && name.Slug is { } slug && named.Bears(slug, mention.Alias));

        static double? Part(int part, int of) => of == 0 ? null : Math.Round((double)part / of, 5);
    }
}
