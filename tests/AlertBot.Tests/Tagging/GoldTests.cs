using System.Globalization;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

/// <summary>The labelled stories beside the repository, where they are: no change may make the tagger worse than it was.</summary>
public sealed class GoldTests
{
    [Fact]
    public void The_tagger_stays_as_good_as_it_was()
    {
        var folder = FindGold();
        Assert.SkipWhen(folder is null, "the labelled stories (shared/gold) are not beside this repository");

        var score = new Score();
        var tagger = new StoryTagger(KnowledgeFile.Load(Path.Combine(folder!, "knowledge.yaml")));
        foreach (var line in File.ReadLines(Path.Combine(folder!, "dev.jsonl")).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            score.Add(json.RootElement, tagger.Tag(StoryOf(json.RootElement)));
        }

        Assert.Multiple(
            () => Assert.InRange(score.Actors.F1, 0.97, 1),
            () => Assert.InRange(score.Main.F1, 0.87, 1),
            () => Assert.InRange(score.Topics.F1, 0.77, 1),
            () => Assert.InRange(score.Mentions, 0.96, 1),
            () => Assert.InRange(score.Quotes.F1, 0.98, 1),
            () => Assert.InRange(score.Speakers, 0.92, 1));
    }

    private static string? FindGold()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var gold = Path.Combine(at.FullName, "shared", "gold");
            if (File.Exists(Path.Combine(gold, "dev.jsonl")))
            {
                return gold;
            }
        }

        return null;
    }

    private static StoryText StoryOf(JsonElement story) => new(
        Text(story, "title"), Text(story, "body"), DateTimeOffset.Parse(Text(story, "published"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string Text(JsonElement of, string key) => of.GetProperty(key).GetString() ?? "";

    private sealed class Score
    {
        private int _mentions;
        private int _rightMentions;
        private int _quotes;
        private int _rightSpeakers;

        public Counts Actors { get; private set; }

        public Counts Main { get; private set; }

        public Counts Topics { get; private set; }

        public Counts Quotes { get; private set; }

        public double Mentions => (double)_rightMentions / _mentions;

        public double Speakers => (double)_rightSpeakers / _quotes;

        public void Add(JsonElement gold, TaggedText tagged)
        {
            var actors = tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Actor).ToList();
            var labels = gold.GetProperty("actors").EnumerateArray().ToList();
            Actors += Counts.Of(labels.Select(label => Text(label, "slug")), actors.Select(tag => tag.Name.Slug));
            Main += Counts.Of(
                labels.Where(label => Text(label, "salience") == "main").Select(label => Text(label, "slug")),
                actors.Where(tag => tag.Salience == Salience.Main).Select(tag => tag.Name.Slug));
            Topics += Counts.Of(
                gold.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!),
                tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Topic).Select(tag => tag.Name.Slug));
            AddMentions(gold, tagged);
            AddQuotes(gold, tagged);
        }

        private void AddMentions(JsonElement gold, TaggedText tagged)
        {
            var found = tagged.Mentions.Where(mention => mention.Section == TextSection.Body).ToDictionary(mention => mention.Start, mention => mention.Slug);
            foreach (var mention in gold.GetProperty("mentions").EnumerateArray())
            {
                _mentions++;
                _rightMentions += found.GetValueOrDefault(mention.GetProperty("start").GetInt32()) == mention.GetProperty("slug").GetString() ? 1 : 0;
            }
        }

        private void AddQuotes(JsonElement gold, TaggedText tagged)
        {
            var found = tagged.Quotes.ToDictionary(quote => quote.Start, quote => quote.Speaker);
            var quotes = gold.GetProperty("quotes").EnumerateArray().ToDictionary(quote => quote.GetProperty("start").GetInt32(), quote => quote.GetProperty("speaker").GetString());
            Quotes += Counts.Of(quotes.Keys, found.Keys);
            _quotes += quotes.Count;
            _rightSpeakers += quotes.Count(quote => found.TryGetValue(quote.Key, out var speaker) && speaker == quote.Value);
        }
    }

    private readonly record struct Counts(int Right, int Wrong, int Missed)
    {
        public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

        public static Counts operator +(Counts a, Counts b) => new(a.Right + b.Right, a.Wrong + b.Wrong, a.Missed + b.Missed);

        public static Counts Of<T>(IEnumerable<T> gold, IEnumerable<T> found)
        {
            var (labels, answers) = (gold.ToHashSet(), found.ToHashSet());
            return new Counts(labels.Intersect(answers).Count(), answers.Except(labels).Count(), labels.Except(answers).Count());
        }
    }
}
