using System.Net.Http.Json;
using System.Text.Json;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>Discord with its published limits, but for those of sessions: nobody else starts a bot 200 times in a few minutes.</summary>
internal sealed class ChaosDiscord : IChaosPlatform
{
    private const string Posting = "^/channels/[0-9]+/messages$";

    private readonly DiscordEmulator _discord;

    private ChaosDiscord(DiscordEmulator discord, int channels)
    {
        _discord = discord;
        Channels = [.. Enumerable.Range(0, channels).Select(c => DiscordAddress.OfChannel(discord.AddChannel(discord.GuildId, 0, new DiscordChannelOptions { Name = FormattableString.Invariant($"channel-{c}") }), 0).ToChannel())];
    }

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Discord__Token"] = _discord.Token, ["Discord__ApiBase"] = _discord.ApiBase.AbsoluteUri };

    public IReadOnlyList<ChannelAddress> Channels { get; }

    public int LostAnswers => _discord.Requests.Count(r => r is { Method: "POST", Status: null } && r.Path.EndsWith("/messages", StringComparison.Ordinal));

    public static async Task<ChaosDiscord> StartAsync(ChaosPlan plan, CancellationToken cancellationToken)
    {
        var options = new DiscordEmulatorOptions { OpenApiFile = null, IdentifyEvery = TimeSpan.FromMilliseconds(1), SessionStarts = 1_000_000, SessionStartsLeft = 1_000_000 };
        var discord = await DiscordEmulator.StartAsync(options, cancellationToken);
        if (plan.Drop > 0)
        {
            discord.Fault(new RestFault { Method = "POST", Path = Posting, Times = int.MaxValue, Rate = plan.Drop, Seed = plan.Seed, AcceptFirst = true, Drop = true });
        }

        foreach (var (rate, delay) in ChaosDelays.All)
        {
            discord.Fault(new RestFault { Method = "POST", Path = Posting, Times = int.MaxValue, Rate = rate, Seed = plan.Seed, Delay = delay });
        }

        return new ChaosDiscord(discord, plan.Channels);
    }

    public IReadOnlyList<string> Messages(ChannelAddress channel) => [.. _discord.Messages(channel.Channel).Select(m => m.GetRawText())];

    public async Task RepeatFirstAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        using var http = Http();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bot {_discord.Token}");
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "DiscordBot (https://alertbot.example, 1)");
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{_discord.ApiBase}/v10/channels/{channel.Channel}/messages"), new { embeds = First(channel).GetProperty("embeds") }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public Task DeleteFirstAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        _discord.DeleteMessage(channel.Channel, First(channel).GetProperty("id").GetString()!);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _discord.DisposeAsync();

    private JsonElement First(ChannelAddress channel) => _discord.Messages(channel.Channel).First(m => ChaosNews.StoryIn(m.GetRawText()) is not null);

#pragma warning disable RS0030 // What is asked here is no feed and none of the bot's platforms.
    private static HttpClient Http() => new();
#pragma warning restore RS0030
}
