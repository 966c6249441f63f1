using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>What a server sees when the bot joins it.</summary>
public sealed class DiscordWelcomeJourneys
{
    [Fact]
    public async Task A_new_server_is_greeted_once_whatever_becomes_of_the_connection()
    {
        await using var bot = await DiscordBot.StartAsync(hasJustJoined: true);
        await bot.Discord.WaitForAsync(d => d.Messages(bot.Channel).Count > 0, DiscordBot.Limit, bot.Token);

        await bot.RestartAsync();
        bot.Discord.Fault(new GatewayFault(GatewayFaultKind.InvalidSession));
        await bot.MoveUntilAsync(d => d.Stats.Identifies == 2, TimeSpan.FromSeconds(1));
        await bot.CallAsync("help");

        Assert.Single(bot.Discord.Messages(bot.Channel), m => m.GetProperty("type").GetInt32() == 0);
    }

    [Fact]
    public async Task A_server_that_was_joined_long_ago_is_not_greeted()
    {
        await using var bot = await DiscordBot.StartAsync();
        await bot.CallAsync("help");

        Assert.DoesNotContain(bot.Discord.Messages(bot.Channel), m => m.GetProperty("type").GetInt32() == 0);
    }

    [Fact]
    public async Task Where_the_first_channels_are_closed_to_the_bot_the_first_open_one_is_taken()
    {
        await using var bot = await DiscordBot.StartAsync(hasJustJoined: true, isSignedOn: false);
        bot.Discord.Permit(bot.Channel, DiscordPermissions.None);
        for (var closed = 0; closed < 4; closed++)
        {
            bot.Discord.AddChannel(bot.Discord.GuildId, 0, new DiscordChannelOptions { Permissions = DiscordPermissions.ViewChannel });
        }

        var open = bot.Discord.AddChannel(bot.Discord.GuildId);
        await bot.SignOnAsync(even: true);
        await bot.Discord.WaitForAsync(d => d.Messages(open).Count > 0, DiscordBot.Limit, bot.Token);

        Assert.Single(bot.Discord.Messages(open));
        Assert.Equal(0, bot.Discord.Stats.InvalidRequests);
    }
}
