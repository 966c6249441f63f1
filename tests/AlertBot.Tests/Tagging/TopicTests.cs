using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Tagging;
using CsCheck;

namespace AlertBot.Tests.Tagging;

/// <summary>What makes a story one about a topic, told with a topic of its own that no matter of the phrase book belongs to.</summary>
public sealed class TopicTests
{
    private const string Filler = "The harbor was quiet and the cranes stood still for most of the morning.";

    private static readonly double Usual = PhraseBook.Shipped.Scale.Keyword;

    private static readonly Topic Whaling = new("whaling", "Whaling", "", ["whaling", "whale hunt"])
    {
        Matters = [],
        Phrases =
        [
            new TopicPhrase(["harpoon~"], Usual) { Near = ["whale"] },
            new TopicPhrase(["fleet"], Usual) { Near = ["whale"], Within = PhraseScope.Story },
            new TopicPhrase(["whale"], Usual) { Not = ["film", "novel"] },
        ],
    };

    [Theory]
    [InlineData("Japan resumes whaling", Filler)]
    [InlineData("JAPAN RESUMES WHALING", Filler)]
    [InlineData("Ships leave port", "The whale hunt began on Monday. " + Filler)]
    [InlineData("Ships leave port", Filler + "\n\nWhaling has friends here. The whale hunt feeds the town.")]
    public void Headline_lead_or_a_paragraph_make_it_the_topic(string title, string body) => Assert.Equal("whaling", Topics(title, body));

    [Theory]
    [InlineData(Filler + "\n\nThe town once had whaling too.")]
    [InlineData(Filler + "\n\nThe town lost its whaling in 1986. Another whale hunt ended ten years ago.")]
    public void A_sentence_in_passing_and_what_was_before_do_not(string body) => Assert.Equal("", Topics("Ships leave port", body));

    [Theory]
    [InlineData("The minister spoke of no new whaling on Monday.")]
    [InlineData("The ministers met without whaling in mind on Monday.")]
    [InlineData("On Monday whaling was not discussed by the ministers.")]
    public void What_is_negated_does_not_count(string lead) => Assert.Equal("", Topics("Ministers meet", lead));

    [Theory]
    [InlineData("They harpooned the whale at dawn on Monday.", "whaling")]
    [InlineData("They harpooned the budget at dawn on Monday.", "")]
    [InlineData("They harpooned the budget. " + Filler + "\n\nA whale looked on.", "")]
    [InlineData("The fleet left on Monday.\n\nA whale looked on. " + Filler, "whaling")]
    [InlineData("The whale in the film is drawn by hand.", "")]
    public void Context_counts_in_its_sentence_or_in_the_story_as_the_phrase_says(string body, string topics) => Assert.Equal(topics, Topics("", body));

    [Fact]
    public void A_name_is_not_the_word_that_it_is_made_of() =>
        Assert.Equal("", Topics("Park Jin speaks", "Park spoke for an hour.", new Topic("gardens", "Gardens", "", ["park"]) { Matters = [] }, Person("Park Jin", "Park")));

    [Fact]
    public void The_threshold_of_a_topic_decides_and_what_missed_it_is_told()
    {
        var tagged = Tag("Ships leave port", "The whale hunt began on Monday. " + Filler, Whaling with { Threshold = 4 });

        var near = Assert.Single(tagged.NearTopics);
        Assert.Equal((new TagName(TagKind.Topic, "whaling"), 4), (near.Name, near.Threshold));
        Assert.InRange(near.Score, PhraseBook.Shipped.Scale.Threshold, 3.9);
        Assert.Empty(tagged.Tags);
        var evidence = Assert.Single(near.Evidence);
        Assert.Equal(("whale hunt", FormattableString.Invariant($"keyword, weight {Usual} × {PhraseBook.Shipped.Scale.FirstSentence}")), (evidence.Text, evidence.Rule));
    }

    [Fact]
    public void Sport_is_no_summit_whoever_is_on_the_stand() =>
        Assert.Equal("", Tagged.Topics(Tagged.Story(
            "Coach lifts gold medal after final", "The striker scored two goals in the final of the World Cup.\n\nThe coach thanked the fans. A goalkeeper wept; the state visit of a prince was over by the second goal.")));

    [Fact]
    public void Any_topic_reads_any_text()
    {
        var words = Gen.OneOfConst("whale", "~", "<leaders>", "meet~", "a/b", "!", "KIM", "김", " ", ";", "🙂", "’s", "-", "no", "@person", "…", "y", "\n\n", ".", "\"");
        var texts = words.Array[1, 6].Select(string.Concat);
        var topics = Gen.Select(texts, texts, texts, Gen.Double[0.1, 9]).Select((a, b, c, weight) =>
            new Topic("any", a, $"{b} outside {c}", [a]) { Phrases = [.. Sound([b], weight, c)] });
        Gen.Select(topics, texts, words.Array[0, 40].Select(w => string.Join(' ', w))).Sample((topic, title, body) =>
            Tag(title, body, topic).Tags.All(tag => tag.Evidence.Count > 0));

        static IEnumerable<TopicPhrase> Sound(string[] texts, double weight, string near)
        {
            var grammar = PhraseBook.Shipped.Grammar;
            if (texts.Append(near).All(text => grammar.FaultOf(text) is null))
            {
                yield return new TopicPhrase(texts, weight) { Near = [near] };
            }
        }
    }

    private static string Topics(string title, string body, Topic? topic = null, params Actor[] actors) => Tagged.Topics(Tag(title, body, topic ?? Whaling, actors));

    private static TaggedText Tag(string title, string body, Topic topic, params Actor[] actors) =>
        new StoryTagger(new KnowledgeBase(actors, [topic])).Tag(new StoryText(title, body, DateTimeOffset.Parse("2019-07-01", CultureInfo.InvariantCulture)));

    private static Actor Person(string name, string surname) => new("park-jin", name, ActorKind.Person, surname, [], [], [], null, []);
}
