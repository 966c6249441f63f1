using AlertBot.Knowledge;
using AlertBot.Tagging;
using AlertBot.Tagging.Stages;

namespace AlertBot.Tests.Tagging;

/// <summary>The knowledge base that ships with the program.</summary>
public sealed class ShippedKnowledgeTests
{
    private static readonly KnowledgeBase Knowledge = KnowledgeFile.Load(new KnowledgeOptions().FullPath);

    [Fact]
    public void It_is_large_enough_to_be_useful_and_knows_its_people()
    {
        Assert.True(Knowledge.Actors.Count >= 150 && Knowledge.Topics.Count >= 25, $"{Knowledge.Actors.Count} actors, {Knowledge.Topics.Count} topics");
        Assert.Contains(Knowledge.FindActor("kim-yung-ho")!.Roles, r => r.Title == "unification minister" && r.HeldOn(new DateOnly(2023, 11, 20)));
        Assert.True(Knowledge.ResolveActors("kim").Count > 5);
    }

    [Fact]
    public void Each_topic_takes_part_in_the_phrase_book_and_each_matter_belongs_to_a_topic_or_silences()
    {
        var matters = new MatterIndex(PhraseBook.Shipped);
        var belonging = Knowledge.Topics.ToDictionary(topic => topic.Slug, topic => matters.BelongingTo(topic).Select(matter => matter.Name).ToList());

        Assert.DoesNotContain(belonging, pair => pair.Value.Count is 0 or > 4);
        Assert.Equal([], PhraseBook.Shipped.Matters.Where(matter => !matter.Silences).Select(matter => matter.Name).Except(belonging.Values.SelectMany(names => names)));
    }

    [Fact]
    public void A_word_that_is_also_a_surname_names_nobody()
    {
        var tags = new StoryTagger(Knowledge).Tag(new StoryText(
            "Soldier crosses the border",
            "A soldier ran across the border on Tuesday. He was seen by tourists. An officer shouted. He did not stop.\n\nHe said nothing, North Korea said.",
            new DateTimeOffset(2023, 7, 18, 0, 0, 0, TimeSpan.Zero))).Tags;

        Assert.Equal(["north-korea"], tags.Where(t => t.Name.Kind == TagKind.Actor).Select(t => t.Name.Slug));
    }
}
