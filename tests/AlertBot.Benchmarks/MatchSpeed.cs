using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Benchmarks;

/// <summary>How fast names are found, by the tokenizer and the table that the tagger uses.</summary>
internal static class MatchSpeed
{
    public static int Run(Options options)
    {
        var file = options.Text("--stories") ?? throw new InvalidDataException("--stories is missing: give a file with a story a line");
        var stories = StoryFile.Read(file, options.Number("--limit", int.MaxValue));
        var named = NamedActors.Read(options.Number("--aliases", 100_000), options.Text("--kb"), file, stories);
        if (options.Text("--with") == "search-values")
        {
            return RunSearchValues(stories, named, options.Number("--passes", 5));
        }

        var before = Measured.Heap();
        var table = new AliasTable(named.Actors);
        var memory = Measured.Heap() - before;
        var build = Enumerable.Range(0, 5).Select(_ => Measured.Seconds(() => table = new AliasTable(named.Actors))).Order().ElementAt(2);

        var matches = 0;
        var (seconds, processor, best) = Measured.Median(options.Number("--passes", 5), () =>
        {
            matches = 0;
            foreach (var story in stories)
            {
                matches += Find(table, story.Text, null);
            }
        });
        var bytes = stories.Sum(story => (long)Encoding.UTF8.GetByteCount(story.Text));
        var truth = Accuracy.Of(stories, named, story => Found(table, story.Text));
        var seen = Enumerable.Range(0, 5).Select(i => Measured.Seconds(() => Learn(table, named.Actors, i))).Order().ElementAt(2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "match",
            aliases = named.Aliases,
            actors = named.Actors.Count,
            stories = stories.Count,
            mb = Math.Round(bytes / 1e6, 2),
            seconds = Math.Round(seconds, 4),
            cpu_seconds = Math.Round(processor, 4),
            mb_per_s = Math.Round(bytes / 1e6 / seconds, 1),
            max = Math.Round(bytes / 1e6 / best, 1),
            matches,
            recall = truth.Recall,
            recall_cased = truth.RecallCased,
            wrong_matches = truth.Wrong,
            decoys_matched = truth.Decoys,
            build_s = Math.Round(build, 4),
            matcher_mb = Math.Round(memory / 1e6, 2),
            bytes_per_alias = Math.Round((double)memory / named.Aliases, 1),
            added_alias_seen_s = Math.Round(seen, 4),
            peak_mb = Math.Round(Measured.PeakMegabytes(), 1),
        }));
        return 0;
    }

    // One alias more for an actor in the middle, until it is found in a text.
    private static void Learn(AliasTable table, IReadOnlyList<Actor> actors, int number)
    {
        var changed = actors.ToArray();
        ref var actor = ref changed[changed.Length / 2];
        actor = actor with { Aliases = [.. actor.Aliases, $"Quuxel Xyzzywick{number}"] };
        if (Found(table.With(changed), $"It was Quuxel Xyzzywick{number}.").Count != 1)
        {
            throw new InvalidDataException("the alias that was added is not found");
        }
    }

    // The peer that comes with .NET: any of the names, whatever stands around it.
    private static int RunSearchValues(IReadOnlyList<KnownStory> stories, NamedActors named, int passes)
    {
        var before = Measured.Heap();
        SearchValues<string>? names = null;
        var build = Measured.Seconds(() => names = SearchValues.Create([.. named.Actors.SelectMany(actor => actor.Aliases)], StringComparison.Ordinal));
        var memory = Measured.Heap() - before;
        var matches = 0;
        var (seconds, processor, best) = Measured.Median(passes, () =>
        {
            matches = 0;
            foreach (var story in stories)
            {
                var text = story.Text.AsSpan();
                for (var at = text.IndexOfAny(names!); at >= 0; at = text.IndexOfAny(names!))
                {
                    matches++;
                    text = text[(at + 1)..];
                }
            }
        });
        var mb = stories.Sum(story => (long)Encoding.UTF8.GetByteCount(story.Text)) / 1e6;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "search-values",
            aliases = named.Aliases,
            mb = Math.Round(mb, 2),
            seconds = Math.Round(seconds, 4),
            cpu_seconds = Math.Round(processor, 4),
            mb_per_s = Math.Round(mb / seconds, 1),
            max = Math.Round(mb / best, 1),
            matches_any = matches,
            build_s = Math.Round(build, 3),
            matcher_mb = Math.Round(memory / 1e6, 1),
            bytes_per_alias = Math.Round((double)memory / named.Aliases, 1),
        }));
        return 0;
    }

    private static List<FoundName> Found(AliasTable table, string text)
    {
        var found = new List<FoundName>();
        Find(table, text, found);
        return found;
    }

    // As the tagger does, but without sentences.
    private static int Find(AliasTable table, string text, List<FoundName>? found)
    {
        var tokens = Tokenizer.ReadInPlace(text);
        var matches = 0;
        for (var i = 0; i < tokens.Length;)
        {
            if (!tokens[i].IsWord || table.Longest(text, tokens, isAllCapitals: false, i) is not { } match)
            {
                i++;
                continue;
            }

            matches++;
            found?.Add(new FoundName(tokens[i].Start, tokens[match.End - 1].End, match.Actor.Slug));
            i = match.End;
        }

        return matches;
    }
}
