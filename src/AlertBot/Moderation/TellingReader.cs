using System.Globalization;
using AlertBot.Alerts;
using AlertBot.Knowledge;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>Reads from a file how a follow or a channel is told, in the words that the commands take.</summary>
internal static class TellingReader
{
    private const int MostMeant = 3;

    public static string[] KeysOfFollow { get; } = ["digest", "ping", "mutedUntil"];

    public static string[] KeysOfChannel { get; } = ["growth", "digest", "urgentWaits", "timeZone", "quiet", "quietFloor", "pingsPerHour"];

    /// <param name="canCall">Whether a text can be a role that the follow may call.</param>
    /// <param name="now">A mute that ended by then is none.</param>
    public static FollowTelling OfFollow(YamlFields fields, Func<string, bool> canCall, DateTimeOffset now)
    {
        var digest = Text(fields, "digest", t => t == DigestOption.AsTheChannel ? t : DigestRhythm.Parse(t)?.ToString(), _ => DigestOption.HowToWrite);
        return new FollowTelling(
            digest == DigestOption.AsTheChannel ? null : digest,
            Text(fields, "ping", t => canCall(t) ? t : null, _ => CallableRoles.HowToWrite),
            Read(fields, "mutedUntil", t => MomentOf(t, now), _ => $"Write a time of the next {MuteCommand.MostHours} hours in UTC: {now.AddDays(1).ToString(ConfigYaml.Moment, CultureInfo.InvariantCulture)}.") is { } until && until > now ? until : null);
    }

    public static ChannelSettings OfChannel(YamlFields fields)
    {
        var digest = Text(fields, "digest", t => DigestRhythm.Parse(t)?.ToString(), _ => DigestOption.HowToWrite);
        var quiet = Text(fields, "quiet", t => t == ChannelQuietCommand.Off ? t : QuietHours.Parse(t)?.ToString(), _ => ChannelQuietCommand.HowToWrite);
        var floor = Read(fields, "quietFloor", ChannelQuietCommand.ParseFloor, _ => "Write urgent or notable.");
        if (fields.Has("quietFloor") && !fields.Has("quiet"))
        {
            fields.Fault(fields.LineOf("quietFloor"), "'quietFloor' is of the quiet hours: write 'quiet', too, or leave it out");
        }

        return new ChannelSettings
        {
            Growth = Read(fields, "growth", ChannelGrowthCommand.Parse, _ => "Write edit, thread or anew.") ?? Growth.Edit,
            Digest = digest == DigestRhythm.Immediate.ToString() ? null : digest,
            UrgentWaits = fields.Flag("urgentWaits"),
            TimeZone = Text(fields, "timeZone", TimeZones.IdOf, Meant),
            Quiet = quiet == ChannelQuietCommand.Off ? null : quiet,
            QuietFloor = quiet is not (null or ChannelQuietCommand.Off) && floor is { } given and not Severity.Urgent ? given.Word() : null,
            PingsPerHour = Read(fields, "pingsPerHour", Pings, _ => $"Write a whole number from 0 to {ChannelPingsCommand.MostPerHour}."),
        };
    }

    private static string? Text(YamlFields fields, string key, Func<string, string?> parse, Func<string, string> howToWrite)
    {
        if (fields.Optional(key) is not { } text)
        {
            return null;
        }

        var read = parse(text);
        if (read is null)
        {
            fields.Fault(fields.LineOf(key), $"'{key}' is '{text}'. {howToWrite(text)}");
        }

        return read;
    }

    private static T? Read<T>(YamlFields fields, string key, Func<string, T?> parse, Func<string, string> howToWrite)
        where T : struct
    {
        T? read = null;
        Text(fields, key, t => (read = parse(t)) is null ? null : t, howToWrite);
        return read;
    }

    private static string Meant(string typed) =>
        TimeZones.Nearest(typed).Take(MostMeant).ToList() is { Count: > 0 } meant ? $"Did you mean {string.Join(", ", meant)}?" : TimeZones.HowToWrite;

    private static int? Pings(string typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most <= ChannelPingsCommand.MostPerHour ? most : null;

    private static DateTimeOffset? MomentOf(string typed, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(typed, ConfigYaml.Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment <= now.AddHours(MuteCommand.MostHours) ? moment : null;
}
