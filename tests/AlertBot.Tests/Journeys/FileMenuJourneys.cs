using System.Text;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Feeds;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>Importing from the menu of a message that has a file, or the address of one.</summary>
public sealed class FileMenuJourneys
{
    private const string Menu = "Import these feeds";

    private static readonly byte[] Opml = Encoding.UTF8.GetBytes("<opml><outline text='Wire' xmlUrl='https://wire.example/feed'/></opml>");

    [Fact]
    public async Task On_Discord_the_file_of_a_message_is_imported_or_the_address_in_it()
    {
        await using var bot = await DiscordBot.StartAsync();
        bot.Bot.Site.Serve("/list", Encoding.UTF8.GetString(Opml));

        foreach (var message in new[] { bot.Discord.PostHumanMessage("Our feeds", file: ("feeds.opml", Opml)), bot.Discord.PostHumanMessage(bot.Bot.Site.Address("/list").AbsoluteUri) })
        {
            var shown = await bot.DoAsync(new InteractionSpec(InteractionKind.Message) { Name = Menu, MessageId = message });
            Assert.Equal("Add 1 feed?", DiscordBot.TitleOf(shown.Original!.Value));
        }
    }

    [Fact]
    public async Task On_Discord_a_message_without_either_says_what_is_needed_and_a_member_gets_nothing()
    {
        await using var bot = await DiscordBot.StartAsync();
        var message = bot.Discord.PostHumanMessage("Good morning");
        var file = bot.Discord.PostHumanMessage("", file: ("feeds.opml", Opml));

        var wrong = await bot.DoAsync(new InteractionSpec(InteractionKind.Message) { Name = Menu, MessageId = message });
        var refused = await bot.DoAsync(new InteractionSpec(InteractionKind.Message) { Name = Menu, MessageId = file, UserId = "1100000000000000777", UserName = "member", Permissions = AlertBot.Emulators.Discord.DiscordPermissions.Usual });

        Assert.Contains("must be a file", DiscordBot.AllText(wrong.Original), StringComparison.Ordinal);
        Assert.Contains("Only moderators", DiscordBot.AllText(refused.Original), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task On_Slack_the_file_of_a_message_is_imported_by_its_shortcut()
    {
        await using var bot = await SlackBot.StartAsync();
        var ts = bot.Slack.PostHumanFile("feeds.opml", Opml);

        var shown = await bot.DoAsync(s => s.Shortcut("feed import", ts, user: s.AdminId));

        Assert.Equal("Add 1 feed?", SlackBench.TitleOf(shown.Shown!.Value));
    }
}
