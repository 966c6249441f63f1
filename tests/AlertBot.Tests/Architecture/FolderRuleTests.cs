namespace AlertBot.Tests.Architecture;

public sealed class FolderRuleTests
{
    private static readonly string Product = typeof(AlertBotHost).Assembly.Location;
    private static readonly string Tests = typeof(FolderRuleTests).Assembly.Location;

    [Fact]
    public void No_folder_uses_one_that_it_may_not_use() => Assert.Empty(FolderRule.Violations(Product, "AlertBot"));

    [Theory]
    [InlineData("Polling -> Feeds")]
    [InlineData("Polling -> Alerts")]
    [InlineData("Alerts -> Platforms")]
    [InlineData("Stories -> Feeds")]
    [InlineData("Scheduling -> Polling")]
    [InlineData("Platforms.Local -> Platforms")]
    [InlineData("Platforms.Discord -> Platforms")]
    public void Uses_that_are_known_to_be_there_are_seen(string edge) => Assert.Contains(edge, FolderRule.Edges(Product, "AlertBot").Keys);

    [Fact]
    public void A_planted_use_of_a_folder_is_caught() =>
        Assert.Contains(FolderRule.Violations(Tests, "Planted"), v => v.StartsWith("Stories -> Alerts", StringComparison.Ordinal));

    [Fact]
    public void A_planted_use_in_an_async_lambda_is_caught() =>
        Assert.Contains(FolderRule.Violations(Tests, "Planted"), v => v.StartsWith("Feeds -> Polling", StringComparison.Ordinal));

    [Fact]
    public void A_planted_use_of_a_package_is_caught() =>
        Assert.Contains(FolderRule.Violations(Tests, "Planted"), v => v.StartsWith("Stories uses System.Xml", StringComparison.Ordinal));
}
