using AlertBot.Knowledge;

namespace AlertBot.Tests.Knowledge;

public sealed class ActorRulesTests
{
    private static readonly Actor Bill = Person("bill-clinton", "Bill Clinton", "Clinton", "Slick Willie");
    private static readonly Actor Hillary = Person("hillary-clinton", "Hillary Clinton", "Clinton");
    private static readonly KnowledgeSnapshot Files = new([Bill, Hillary], []);

    [Fact]
    public void A_name_that_the_files_give_to_two_may_stay_with_both() =>
        Assert.Empty(ActorRules.Faults(Hillary with { Aliases = ["clinton", "HRC"] }, Files.Actors, a => [Files.FindActor(a.Slug)!]));

    [Fact]
    public void A_name_that_the_files_give_to_one_stays_there()
    {
        var fault = Assert.Single(ActorRules.Faults(Hillary with { Aliases = ["Clinton", "slick willie"] }, Files.Actors, a => [Files.FindActor(a.Slug)!]));

        Assert.StartsWith("“Slick Willie” already names Bill Clinton", fault, StringComparison.Ordinal);
    }

    private static Actor Person(string slug, string name, params string[] aliases) => new(slug, name, ActorKind.Person, null, aliases, [], [], null, []);
}
