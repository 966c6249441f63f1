using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>Slack with one message a second in a channel; how often methods are called in a minute it does not count, as each kill makes a look at every channel.</summary>
internal sealed class ChaosSlack : IChaosPlatform
{
    private const string Posting = "chat.postMessage";

    private readonly SlackEmulator _slack;

    private ChaosSlack(SlackEmulator slack, int channels)
    {
        _slack = slack;
        Channels = [.. Enumerable.Range(0, channels).Select(c => new SlackAddress(slack.TeamId, slack.AddChannel(FormattableString.Invariant($"channel-{c}"))).ToChannel())];
    }

    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Slack__BotToken"] = _slack.BotToken, ["Slack__AppToken"] = _slack.AppToken, ["Slack__ApiBase"] = _slack.ApiBase.AbsoluteUri.TrimEnd('/') };

    public IReadOnlyList<ChannelAddress> Channels { get; }

    public int LostAnswers => _slack.Requests.Count(r => r is { Method: Posting, Status: null });

    public static async Task<ChaosSlack> StartAsync(ChaosPlan plan, CancellationToken cancellationToken)
    {
        var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { LimitMethods = false }, cancellationToken);
        if (plan.Drop > 0)
        {
            slack.Fault(new WebFault { Method = Posting, Times = int.MaxValue, Rate = plan.Drop, Seed = plan.Seed, AcceptFirst = true, Drop = true });
        }

        foreach (var (rate, delay) in ChaosDelays.All)
        {
            slack.Fault(new WebFault { Method = Posting, Times = int.MaxValue, Rate = rate, Seed = plan.Seed, Delay = delay });
        }

        return new ChaosSlack(slack, plan.Channels);
    }

    public IReadOnlyList<string> Messages(ChannelAddress channel) => [.. _slack.Messages(IdOf(channel)).Select(m => m.GetRawText())];

    public Task RepeatFirstAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        var first = First(channel);
        return CallAsync(Posting, new { channel = IdOf(channel), text = first.GetProperty("text"), blocks = first.GetProperty("blocks") }, cancellationToken);
    }

    public Task DeleteFirstAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        CallAsync("chat.delete", new { channel = IdOf(channel), ts = First(channel).GetProperty("ts") }, cancellationToken);

    public ValueTask DisposeAsync() => _slack.DisposeAsync();

    private static string IdOf(ChannelAddress channel) => SlackAddress.Parse(channel.Channel)!.Channel;

    private JsonElement First(ChannelAddress channel) => _slack.Messages(IdOf(channel)).First(m => ChaosNews.StoryIn(m.GetRawText()) is not null);

    private async Task CallAsync(string method, object arguments, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // What is asked here is no feed and none of the bot's platforms.
        using var http = new HttpClient();
#pragma warning restore RS0030
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _slack.BotToken);
        using var answer = await http.PostAsJsonAsync(new Uri(_slack.ApiBase, method), arguments, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
