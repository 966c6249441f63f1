using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Benchmarks;

/// <summary>How fast whole stories are tagged, with the topics and actors that the program ships and the names of the benchmark.</summary>
internal static class TagSpeed
{
    public static int Run(Options options)
    {
        var file = options.Text("--stories") ?? throw new InvalidDataException("--stories is missing: give a file with a story a line");
        var stories = StoryFile.Read(file, options.Number("--limit", int.MaxValue));
        var named = NamedActors.Read(options.Number("--aliases", 100_000), options.Text("--kb"), file, stories);
        var shipped = KnowledgeFile.Load(Path.Combine(AppContext.BaseDirectory, "appsettings", "knowledge"));
        IReadOnlyList<Actor> actors = [.. shipped.Actors, .. named.Actors];
        var before = Measured.Heap();
        var knowledge = new KnowledgeBase(actors, shipped.Topics);
        var knowledgeMemory = Measured.Heap() - before;
        StoryTagger? tagger = null;
        before = Measured.Heap();
        var build = Measured.Seconds(() => tagger = new StoryTagger(knowledge));
        var memory = Measured.Heap() - before;

        var published = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var texts = stories.Select(story => new StoryText(story.Title, story.Text, published)).ToList();
        var (mentions, tags) = (0, 0);
        var allocated = 0L;
        var (seconds, processor, best) = Measured.Median(options.Number("--passes", 3), () =>
        {
            (mentions, tags) = (0, 0);
            allocated = GC.GetAllocatedBytesForCurrentThread();
            foreach (var text in texts)
            {
                var tagged = tagger!.Tag(text);
                mentions += tagged.Mentions.Count;
                tags += tagged.Tags.Count;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        });
        var truth = Accuracy.Of(stories, named, story => Found(tagger!.Tag(new StoryText(story.Title, story.Text, published))));
        var (replace, seen) = Learn(knowledge, tagger!, actors);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "tag",
            aliases = named.Aliases,
            actors = actors.Count,
            stories = stories.Count,
            words = stories.Sum(story => (long)story.Text.Count(c => c is ' ' or '\n') + 1),
            mb = Math.Round(stories.Sum(story => (long)Encoding.UTF8.GetByteCount(story.Text)) / 1e6, 2),
            seconds = Math.Round(seconds, 3),
            cpu_seconds = Math.Round(processor, 3),
            stories_per_s = Math.Round(stories.Count / seconds),
            max = Math.Round(stories.Count / best),
            stories_per_cpu_s = Math.Round(stories.Count / processor),
            mentions,
            tags,
            recall = truth.Recall,
            recall_cased = truth.RecallCased,
            wrong_matches = truth.Wrong,
            decoys_matched = truth.Decoys,
            kb_per_story = Math.Round(allocated / 1e3 / stories.Count, 1),
            build_s = Math.Round(build, 3),
            tagger_mb = Math.Round(memory / 1e6, 1),
            knowledge_mb = Math.Round(knowledgeMemory / 1e6, 1),
            replace_s = Math.Round(replace, 4),
            added_alias_seen_s = Math.Round(seen, 4),
            peak_mb = Math.Round(Measured.PeakMegabytes(), 1),
        }));
        return 0;
    }

    private static List<FoundName> Found(TaggedText tagged) =>
        [.. tagged.Mentions.Where(mention => mention.Section == TextSection.Body).Select(mention => new FoundName(mention.Start, mention.Start + mention.Text.Length, mention.Slug))];

    // One alias more for an actor in the middle: how long replacing takes with the index for those who type, and how soon a
    // story has it that comes as soon as it is known.
    private static (double Replace, double Seen) Learn(KnowledgeBase knowledge, StoryTagger tagger, IReadOnlyList<Actor> actors)
    {
        var actor = actors[actors.Count / 2];
        IReadOnlyList<Actor> changed = [.. actors.Select(other => other == actor ? actor with { Aliases = [.. actor.Aliases, "Quuxel Xyzzywick"] } : other)];
        var before = knowledge.Current;
        var replace = 0.0;
        var watch = Stopwatch.StartNew();
        var replacing = new Thread(() => replace = Measured.Seconds(() => knowledge.Replace(changed, knowledge.Topics)));
        replacing.Start();
        SpinWait.SpinUntil(() => knowledge.Current != before);
        var tagged = tagger.Tag(new StoryText("", "It was Quuxel Xyzzywick.", null));
        var seen = watch.Elapsed.TotalSeconds;
        replacing.Join();
        return tagged.Mentions.Any(mention => mention.Slug == actor.Slug) ? (replace, seen) : throw new InvalidDataException("the alias that was added is not found");
    }
}
