using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Subscriptions;

public sealed class FollowMemoryTests
{
    [Theory]
    [InlineData("/follow russia")]
    [InlineData("/unfollow north-korea")]
    [InlineData("/refollow north-korea to:russia")]
    [InlineData("/mute")]
    [InlineData("/unmute north-korea")]
    [InlineData("/actor merge kim-yung-ho moon-jae-in apply:yes")]
    public async Task Whatever_another_process_changes_of_the_follows_is_not_missed(string change)
    {
        foreach (var storage in TestStorage.Both)
        {
            await using var bot = await BotHarness.StartAsync(storage: storage.Data);
            await bot.SayAsync("/follow north-korea");
            await bot.SayAsync("/follow kim-yung-ho");
            await using var other = await bot.ReplicaAsync();
            var memory = other.GetRequiredService<FollowMemory>();
            await memory.RefreshAsync(bot.Token);
            Assert.True(await IsCurrentAsync(other, bot.Token));

            Assert.Equal(CardTone.Answer, (await bot.SayAsync(change)).Tone);
            await other.GetRequiredService<SharedMemory>().RefreshAsync(bot.Token);
            Assert.False(await IsCurrentAsync(other, bot.Token));

            await memory.RefreshAsync(bot.Token);
            Assert.True(await IsCurrentAsync(other, bot.Token));
        }
    }

    [Fact]
    public async Task What_changes_no_follow_leaves_them_in_memory()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        var memory = bot.Get<FollowMemory>();
        await memory.RefreshAsync(bot.Token);
        var matcher = memory.Matcher;

        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/unfollow russia");
        await memory.RefreshAsync(bot.Token);

        Assert.Same(matcher, memory.Matcher);
    }

    private static Task<bool> IsCurrentAsync(IServiceProvider bot, CancellationToken cancellationToken) =>
        bot.GetRequiredService<Database>().InTransactionAsync(bot.GetRequiredService<FollowMemory>().IsCurrentAsync, cancellationToken);
}
