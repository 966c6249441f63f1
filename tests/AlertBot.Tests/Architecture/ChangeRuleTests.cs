using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Architecture;

public sealed class ChangeRuleTests
{
    [Fact]
    public async Task Whatever_a_moderator_changes_is_in_the_log_and_a_planted_command_that_writes_nothing_is_caught() =>
        Assert.Equal(["/topics forget: “Forgotten” left no line in the log of changes"], await ChangeRule.FaultsAsync(StartAsync));

    private static async Task<(BotHarness, string)> StartAsync()
    {
        var bot = await BotHarness.StartAsync(configure: services => services.AddSingleton<IChatCommand, Forgetful>());
        bot.Site.Serve("/list.opml", "<opml><body><outline xmlUrl=\"https://wire.example/listed\"/></body></opml>");
        bot.Site.Serve("/config.yaml", "version: 1\nfeeds:\n- url: https://wire.example/configured\n");
        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        return (bot, (await bot.AddFeedAsync("/feed", Rss.Feed())).Id.ToString());
    }

    private sealed class Forgetful : IChatCommand
    {
        public CommandDescription Description { get; } = new("topics forget", "Changes something and tells nobody") { ModeratorsOnly = true, Changes = true, Example = "topics forget" };

        public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => Task.FromResult(Card.Answer("Forgotten"));
    }
}
