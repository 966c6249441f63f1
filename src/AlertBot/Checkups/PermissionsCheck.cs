using System.Globalization;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Checkups;

/// <summary>Whether the bot may post where it is to post: here, where moderators are told, and where something is followed.</summary>
internal sealed class PermissionsCheck(SubscriptionStore subscriptions, ChannelTroubles troubles, ModeratorsChannels moderators) : ICheck
{
    private const int MostChannels = 25;

    public string Subject => "Permissions";

    public CheckReach Reach => CheckReach.Process;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        if (asked is null)
        {
            return [];
        }

        var channels = (await ChannelsAsync(asked, cancellationToken)).ToList();
        var found = new List<Finding>();
        var well = 0;
        foreach (var (channel, name, isCertain) in channels.Take(MostChannels))
        {
            switch (await asked.PostingFaultAsync(channel, cancellationToken), await troubles.FindAsync(channel, cancellationToken))
            {
                case ({ } fault, _) when isCertain:
                    found.Add(Finding.Fault(Subject, $"{name}: {fault}", "Alerts and notices can't be shown there until that is mended."));
                    break;
                case (null, { } trouble):
                    found.Add(Finding.Fault(Subject, $"{name} gets no alerts since {trouble.Since:u}: {trouble.Why}", "Mend that, then use /follow in that channel: what waits is sent at once."));
                    break;
                case (null, null):
                    well++;
                    break;
            }
        }

        var more = channels.Count > MostChannels ? $"; {Count(channels.Count - MostChannels)} more were not looked at" : "";
        return [.. found, .. well > 0 || more.Length > 0 ? [Finding.Ok(Subject, $"the bot may post in {Count(well)} {(well == 1 ? "channel" : "channels")} that it is to post in{more}")] : Array.Empty<Finding>()];
    }

    /// <returns>Each channel with its name, and whether it is certain that it belongs here: of another community's nothing is told.</returns>
    private async Task<IEnumerable<(ChannelAddress Channel, string Name, bool IsCertain)>> ChannelsAsync(CommandInvocation asked, CancellationToken cancellationToken)
    {
        var followed = await subscriptions.ListChannelsAsync(asked.Channel.Platform, asked.Community, cancellationToken);
        return new[] { (asked.Channel, "this channel", true) }
            .Concat(moderators.Find(asked) is { } told ? [(told.Address, told.Name, true)] : [])
            .Concat(followed.Select(f => (f.Channel, f.Name, asked.Community is null || f.Community is not null)))
            .DistinctBy(c => c.Item1);
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
