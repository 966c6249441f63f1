using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Platforms.Slack.Web;
using Microsoft.Extensions.Caching.Memory;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>Who somebody is to our commands. A person whom Slack does not tell about is a plain member, never a moderator.</summary>
internal sealed partial class Visitors(SlackApi api, PostingRights rights, IMemoryCache cache)
{
    private const int MostNamed = 3;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <returns>An invocation with no command yet.</returns>
    /// <param name="line">What was typed; the channels in it get their names.</param>
    public async Task<CommandInvocation> OfAsync(Incoming at, string line, CancellationToken cancellationToken)
    {
        var person = api.PersonAsync(at.Team, at.User, cancellationToken);
        var names = await NamesAsync(at, line, cancellationToken);
        var user = new ChatUser($"{SlackAddress.Platform}:{at.Team}/{at.User}", (await person)?.Name ?? at.User, (await person)?.IsAdmin ?? false)
        {
            Roles = (await person)?.Groups ?? [],
            Inbox = at.Inbox.ToChannel(),
        };
        return new CommandInvocation("", new Dictionary<string, string>(), at.Place.ToChannel(), user)
        {
            Community = $"{SlackAddress.Platform}:{at.Team}",
            PostingFaultAsync = async (target, token) => await rights.FaultAsync(at.Team, at.User, target, token),
            NameOf = channel => names.GetValueOrDefault(SlackAddress.Parse(channel.Channel)?.Channel ?? "") is { } name ? name : "that channel",
        };
    }

    private async Task<Dictionary<string, string>> NamesAsync(Incoming at, string line, CancellationToken cancellationToken)
    {
        var named = Address().Matches(line).Select(m => SlackAddress.Parse(m.Groups[1].Value)).OfType<SlackAddress>().Where(a => a.Team == at.Team).Take(MostNamed);
        var names = await Task.WhenAll(named.Append(at.Place).DistinctBy(a => a.Channel).Select(async a => (a.Channel, Name: await NameAsync(a))));
        return names.Where(n => n.Name is not null).ToDictionary(n => n.Channel, n => n.Name!);

        async Task<string?> NameAsync(SlackAddress address) =>
            address.IsPerson || address.Channel[0] == 'D' ? "your direct messages"
            : address == at.Place && at.ChannelName is { Length: > 0 } and not "privategroup" ? $"#{at.ChannelName}"
            : await AskAsync(address, cancellationToken);
    }

    private async Task<string?> AskAsync(SlackAddress channel, CancellationToken cancellationToken)
    {
        var key = ("slack channel", channel.Team, channel.Channel);
        if (cache.TryGetValue<string>(key, out var known))
        {
            return known;
        }

        var answer = await api.CallAsync(channel.Team, "conversations.info", new JsonObject { ["channel"] = channel.Channel }, cancellationToken);
        return answer is SlackAnswer.Ok { Body: var body } && body.Text("channel", "name") is { Length: > 0 } name ? cache.Set(key, $"#{name}", Remembered) : null;
    }

    [GeneratedRegex(@"(?<!\S)(?:\w+:)?slack:([A-Z0-9]+/[A-Z0-9]+)(?!\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
