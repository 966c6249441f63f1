using AlertBot.Knowledge;
using AlertBot.Tagging;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tests.Tagging;

public sealed class SharedNameTests
{
    private static readonly Actor[] Actors =
    [
        Actor("washington-irving", "Washington Irving", ActorKind.Person, "Washington"),
        Actor("washington-dc", "Washington", ActorKind.Organization, "WASHINGTON", "washington"),
        Actor("united-states", "United States", ActorKind.Country) with { Metonyms = ["Washington"] },
    ];

    [Fact]
    public void All_bearers_of_a_name_are_handed_out_each_once_and_the_first_leads()
    {
        var match = Match("Washington was quiet.");

        Assert.Equal(("washington-irving", FindingKind.Name), (match.Actor.Slug, match.Kind));
        Assert.Equal([("washington-dc", FindingKind.Name), ("united-states", FindingKind.Metonym)], match.Others.Select(other => (other.Actor.Slug, other.Kind)));
        Assert.All(match.Others, other => Assert.Equal(match.End, other.End));
    }

    [Fact]
    public void Only_those_count_whose_name_may_be_written_so()
    {
        var match = Match("washington was quiet.");

        Assert.Equal("washington-dc", match.Actor.Slug);
        Assert.Empty(match.Others);
    }

    [Fact]
    public void A_name_of_one_bearer_has_no_others() => Assert.Empty(Match("Washington Irving wrote.").Others);

    private static AliasMatch Match(string text) => new AliasTable(Actors).Longest(TextReading.Of(TextSection.Body, text), 0)!.Value;

    private static Actor Actor(string slug, string name, ActorKind kind, params string[] aliases) =>
        new(slug, name, kind, null, aliases, [], [], null, []);
}
