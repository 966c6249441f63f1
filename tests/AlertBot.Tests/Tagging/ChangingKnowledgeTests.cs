using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

public sealed class ChangingKnowledgeTests
{
    [Fact]
    public void What_is_learnt_is_found_in_the_next_text_and_what_is_forgotten_is_not()
    {
        var knowledge = new KnowledgeBase([Person("Ada Lovelace")], []);
        var tagger = new StoryTagger(knowledge);
        Assert.Equal(["ada-lovelace"], Found(tagger));

        knowledge.Replace([Person("Grace Hopper")], []);
        Assert.Equal(["grace-hopper"], Found(tagger));
    }

    [Fact]
    public void Threads_that_read_while_it_changes_see_one_state_or_the_other()
    {
        var knowledge = new KnowledgeBase([Person("Ada Lovelace")], []);
        var tagger = new StoryTagger(knowledge);

        Parallel.For(0, 2_000, n =>
        {
            if (n % 20 == 0)
            {
                knowledge.Replace([Person(n % 40 == 0 ? "Ada Lovelace" : "Grace Hopper")], []);
            }

            Assert.Single(Found(tagger));
        });
        knowledge.Replace([Person("Grace Hopper")], []);

        Assert.Equal(["grace-hopper"], Found(tagger));
    }

    private static IEnumerable<string> Found(StoryTagger tagger) =>
        tagger.Tag(new StoryText("Ada Lovelace and Grace Hopper meet", "", null)).Tags.Select(t => t.Name.Slug);

    private static Actor Person(string name) =>
        new(name.ToLowerInvariant().Replace(' ', '-'), name, ActorKind.Person, null, [], [], [], null, []);
}
