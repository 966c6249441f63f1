using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Emulators;

/// <summary>The emulator's Web API as the bot's own client meets it.</summary>
public sealed class SlackWebTests
{
    [Theory]
    [InlineData("chat.postMessage", "chat:write")]
    [InlineData("users.info", "users:read")]
    [InlineData("files.getUploadURLExternal", "files:write")]
    public async Task A_token_without_the_scope_is_told_which_one_it_lacks(string method, string scope)
    {
        await using var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { Scopes = ["commands"] }, TestContext.Current.CancellationToken);
        using var client = new SlackClient(new SlackOptions { ApiBase = slack.ApiBase.AbsoluteUri }, TimeProvider.System);
        var answer = await client.CallAsync(method, new JsonObject { ["channel"] = slack.ChannelId, ["text"] = "hello" }, slack.BotToken, TestContext.Current.CancellationToken);

        var (error, details) = Assert.IsType<SlackAnswer.Refused>(answer);
        Assert.Equal(("missing_scope", true), (error, details.Contains(scope, StringComparison.Ordinal)));
        Assert.Empty(slack.Messages(slack.ChannelId));
    }

    [Fact]
    public async Task A_picture_is_uploaded_in_three_steps_and_shown_once_it_is_there()
    {
        await using var bot = await SlackBot.StartAsync();
        var card = Card.Answer("A chart") with { Image = new CardImage([137, 80, 78, 71, 13, 10, 26, 10], "Stories by week") };
        var sent = await bot.Get<SlackPlatform>().SendAsync(new OutgoingMessage(new ChannelAddress("slack", $"{bot.Slack.TeamId}/{bot.Slack.ChannelId}"), card, "key-1"), bot.Token);

        Assert.IsType<SendResult.Sent>(sent);
        Assert.Equal(card.Image.Png, Assert.Single(bot.Slack.Files));
        Assert.Contains("slack_file", Assert.Single(bot.Slack.Messages(bot.Slack.ChannelId)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_was_not_uploaded_is_no_picture()
    {
        await using var slack = await SlackEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SlackClient(new SlackOptions { ApiBase = slack.ApiBase.AbsoluteUri }, TimeProvider.System);
        var image = new JsonObject { ["type"] = "image", ["alt_text"] = "a chart", ["slack_file"] = new JsonObject { ["id"] = "F0NOSUCH" } };
        var message = new JsonObject { ["channel"] = slack.ChannelId, ["text"] = "hello", ["blocks"] = new JsonArray(image) };

        Assert.Equal("invalid_blocks", Assert.IsType<SlackAnswer.Refused>(await client.CallAsync("chat.postMessage", message, slack.BotToken, TestContext.Current.CancellationToken)).Error);
    }
}
