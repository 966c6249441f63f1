using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// Writes what moderators decided as YAML that <see cref="ConfigReader"/> reads back to the same: one key a line, so that a change
/// shows as a change of lines; every text in quotation marks, as JSON writes it, which is YAML too.
/// </summary>
internal static class ConfigYaml
{
    /// <summary>How a moment is written, which is in UTC.</summary>
    public const string Moment = "yyyy-MM-dd HH:mm:ss.FFF'Z'";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ListedFeed Of(Feed feed) => new(feed.Address, feed.Title, feed.Interval, feed.PausedAt is not null, feed.FullText, 0);

    /// <summary>The part <c>feeds:</c> alone.</summary>
    public static string Feeds(IEnumerable<ListedFeed> feeds) => Part("feeds", feeds.Select(Fields));

    public static string Write(ConfigSet set)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"version: {ConfigSet.Version}\n");
        if (set.Moderators is { } moderators)
        {
            (string Key, string? Value)[] fields = [("role", moderators.Role), ("channel", moderators.Channel?.ToString()), ("name", moderators.ChannelName)];
            text.Append("moderators:\n").AppendJoin("", fields.Select(f => $"  {f.Key}: {Quoted(f.Value)}\n"));
        }

        return text
            .Append(set.Feeds is null ? "" : Feeds(set.Feeds))
            .Append(set.Follows is null ? "" : Part("follows", set.Follows.Select(Fields)))
            .Append(set.Channels is null ? "" : Part("channels", set.Channels.Select(Fields)))
            .Append(set.Actors is null ? "" : Part("actors", set.Actors.Select(Fields)))
            .Append(set.Topics is null ? "" : Part("topics", set.Topics.Select(Fields)))
            .ToString();
    }

    /// <summary>A line of comment.</summary>
    public static string Comment(string text) => $"# {string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}\n";

    private static string Part(string key, IEnumerable<IEnumerable<(string Key, string? Value)>> items)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            var fields = item.Where(f => f.Value is not null).Select(f => $"{f.Key}: {f.Value}\n");
            text.Append("  - ").AppendJoin("    ", fields);
        }

        return text.Length == 0 ? $"{key}: []\n" : $"{key}:\n{text}";
    }

    private static IEnumerable<(string Key, string? Value)> Fields(ListedFeed feed) =>
    [
        ("url", Quoted(feed.Address.AbsoluteUri)),
        ("title", Given(feed.Title)),
        ("interval", feed.Interval is { } interval ? Quoted(interval.ToString("c", CultureInfo.InvariantCulture)) : null),
        ("paused", feed.IsPaused ? "true" : null),
        ("fullText", feed.FullText ? "true" : null),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(ConfigFollow follow) =>
    [
        ("channel", Quoted(follow.Channel.ToString())),
        ("name", Given(follow.ChannelName)),
        ("what", Quoted(follow.What.ToString())),
        ("digest", Given(follow.Telling.Digest)),
        ("ping", Given(follow.Telling.Ping)),
        ("mutedUntil", follow.Telling.MutedUntil is { } until ? Quoted(until.ToString(Moment, CultureInfo.InvariantCulture)) : null),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(ConfigChannel channel) =>
    [
        ("channel", Quoted(channel.Channel.ToString())),
        ("name", Given(channel.ChannelName)),
        ("growth", channel.Settings.Growth == Growth.Edit ? null : ChannelGrowthCommand.Name(channel.Settings.Growth)),
        ("digest", Given(channel.Settings.Digest)),
        ("urgentWaits", channel.Settings.UrgentWaits ? "true" : null),
        ("timeZone", Given(channel.Settings.TimeZone)),
        ("quiet", Given(channel.Settings.Quiet)),
        ("quietFloor", Given(channel.Settings.QuietFloor)),
        ("pingsPerHour", channel.Settings.PingsPerHour?.ToString(CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(ConfigActor actor) => actor.Fields is not { } fields ? [("slug", Quoted(actor.Slug)), ("removed", "true")] :
    [
        ("slug", Quoted(actor.Slug)),
        ("into", Given(fields.Into)),
        ("name", Given(fields.Name)),
        ("kind", fields.Kind?.ToString().ToLowerInvariant()),
        ("surname", fields.Surname is null || (fields.Kind is not null && fields.Surname.Length == 0) ? null : Quoted(fields.Surname)),
        ("aliases", fields.Aliases is null ? null : Quoted(fields.Aliases)),
        ("roles", fields.Roles is null or { Count: 0 } ? null : string.Concat(fields.Roles.Select(r => $"\n      - {{{string.Join(", ", Fields(r).Where(f => f.Value is not null).Select(f => $"{f.Key}: {f.Value}"))}}}"))),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(Role role) =>
    [
        ("title", Quoted(role.Title)),
        ("of", Quoted(role.Of)),
        ("from", role.From is { } from ? Quoted(from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null),
        ("to", role.To is { } to ? Quoted(to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(ConfigTopic given) => given.Topic is not { } topic ? [("slug", Quoted(given.Slug)), ("removed", "true")] :
    [
        ("slug", Quoted(given.Slug)),
        ("name", Quoted(topic.Name)),
        ("definition", topic.Definition.Length == 0 ? null : Quoted(topic.Definition)),
        ("keywords", topic.Keywords.Count == 0 ? null : Quoted(topic.Keywords)),
        ("phrases", topic.Phrases.Count == 0 ? null : string.Concat(topic.Phrases.Select(p => $"\n      - {{{string.Join(", ", Fields(p).Where(f => f.Value is not null).Select(f => $"{f.Key}: {f.Value}"))}}}"))),
        ("threshold", topic.Threshold is { } threshold ? Number(threshold) : null),
        ("matters", topic.Matters is null ? null : Quoted(topic.Matters)),
        ("severity", topic.Severity?.Word()),
    ];

    private static IEnumerable<(string Key, string? Value)> Fields(TopicPhrase phrase) =>
    [
        ("text", Quoted(phrase.Texts)),
        ("weight", Number(phrase.Weight)),
        ("near", phrase.Near.Count == 0 ? null : Quoted(phrase.Near)),
        ("not", phrase.Not.Count == 0 ? null : Quoted(phrase.Not)),
        ("within", phrase.Within == PhraseScope.Story ? "story" : null),
        ("countries", phrase.NeedsCountries ? "true" : null),
    ];

    private static string? Given(string? text) => text is null ? null : Quoted(text);

    private static string Number(double number) => number.ToString("0.################", CultureInfo.InvariantCulture);

    private static string Quoted<T>(T value) => JsonSerializer.Serialize(value, Plain);
}
