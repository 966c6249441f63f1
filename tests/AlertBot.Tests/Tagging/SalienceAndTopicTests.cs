using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

public sealed class SalienceAndTopicTests
{
    private const string Body = """
        China put new sanctions on four shipping firms on Monday and said that the list of those firms would grow.

        The measures hit trade at once. Buyers waited in the harbor for word.

        An embargo on coal is next, brokers think. Germany had asked for patience.
        """;

    [Fact]
    public void Headline_and_lead_make_an_actor_the_main_one()
    {
        var tagged = Tagged.Story("China blacklists firms", Body);

        Assert.Equal([("china", Salience.Main), ("germany", Salience.Mentioned)], ActorsOf(tagged));
    }

    [Fact]
    public void A_leader_brings_his_country_forward()
    {
        var tagged = Tagged.Story("Biden calls for calm", "President Biden called for calm on Monday and on every day of the week that followed.\n\nThe United States watched.");

        Assert.Equal([("joe-biden", Salience.Main), ("united-states", Salience.Main)], ActorsOf(tagged));
    }

    [Fact]
    public void A_topic_of_the_lead_is_found_with_its_words()
    {
        var topic = Assert.Single(Tagged.Story("China blacklists firms", Body).Tags, tag => tag.Name.Kind == TagKind.Topic);

        Assert.Equal("sanctions", topic.Name.Slug);
        Assert.Contains(topic.Evidence, evidence => evidence is { Text: "embargo", Section: TextSection.Body });
    }

    [Fact]
    public void One_passing_word_is_no_topic() =>
        Assert.Equal("", Tagged.Topics(Tagged.Story("Rain in Tokyo", "It rained on Monday for nine hours and more.\n\nA voter had an umbrella. Voters often do.")));

    private static IEnumerable<(string, Salience)> ActorsOf(TaggedText tagged) =>
        tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Actor).Select(tag => (tag.Name.Slug, tag.Salience));
}
