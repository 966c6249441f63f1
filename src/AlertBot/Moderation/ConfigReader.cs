using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using YamlDotNet.Core;
using TagName = AlertBot.Knowledge.TagName;

namespace AlertBot.Moderation;

/// <summary>
/// Reads a file of <see cref="ConfigYaml"/>, also one that was written by hand. Every fault is told with its line.
/// </summary>
internal sealed class ConfigReader(KnowledgeBase knowledge, Func<ChannelAddress, string, bool> canCall, DateTimeOffset now)
{
    private const string Version = "version";
    private const string Moderators = "moderators";
    private const string Feeds = "feeds";
    private const string Follows = "follows";
    private const string Channels = "channels";
    private const string Actors = "actors";
    private const string Topics = "topics";

    private static readonly string[] Parts = [Version, Moderators, Feeds, Follows, Channels, Actors, Topics];
    private static readonly string[] ActorKeys = ["slug", "name", "surname", "aliases", "into", "removed"];

    private readonly List<KnowledgeFault> _faults = [];

    /// <param name="kept">Follows that are there and may stay, whatever they name.</param>
    /// <param name="canCall">Whether a text can be a role that the follows of a channel may call.</param>
    /// <param name="now">A mute that ended by then is none.</param>
    /// <returns>What could be read, null where nothing could; where there is a fault, none of it must be used.</returns>
    public static (ConfigSet? Set, IReadOnlyList<KnowledgeFault> Faults) Read(
        string text, KnowledgeBase knowledge, IReadOnlySet<string> kept, Func<ChannelAddress, string, bool> canCall, DateTimeOffset now)
    {
        var reader = new ConfigReader(knowledge, canCall, now);
        try
        {
            var set = YamlValue.Read(new StringReader(text)) switch
            {
                YamlMapping root => reader.Read(root, kept),
                { Line: var line } => reader.Refuse(line, "the file must begin with “version: 2” and have parts such as “feeds:”"),
                null => reader.Refuse(1, "the file is empty"),
            };
            return (set, reader._faults);
        }
        catch (YamlException broken)
        {
            return (null, [new KnowledgeFault("", (int)Math.Max(1, broken.Start.Line), $"this is no YAML that can be read: {broken.InnerException?.Message ?? broken.Message}")]);
        }
    }

    private ConfigSet? Refuse(int line, string why)
    {
        _faults.Add(new KnowledgeFault("", line, why));
        return null;
    }

    private ConfigSet Read(YamlMapping root, IReadOnlySet<string> kept)
    {
        var fields = new YamlFields("", root, Parts, _faults);
        var version = fields.Required(Version);
        var isOlder = version == ConfigSet.OlderVersion.ToString(CultureInfo.InvariantCulture);
        if (version.Length > 0 && !isOlder && version != ConfigSet.Version.ToString(CultureInfo.InvariantCulture))
        {
            fields.Fault(fields.LineOf(Version), $"'version' is '{version}': this bot reads versions {ConfigSet.OlderVersion} and {ConfigSet.Version}");
        }

        YamlEntry? Find(string key) => root.Entries.FirstOrDefault(e => e.Key == key);
        var topics = Find(Topics) is null ? null : Distinct([.. fields.List(Topics).Select(ReadTopic).OfType<ConfigTopic>()], t => t.Slug, t => t.Line, "topic");
        var actors = Find(Actors) is null ? null : Distinct([.. fields.List(Actors).Select(ReadActor).OfType<ConfigActor>()], a => a.Slug, a => a.Line, "actor");
        return new ConfigSet
        {
            IsOlder = isOlder,
            Moderators = Find(Moderators) is { } moderators ? ReadModerators(moderators) : null,
            Feeds = Find(Feeds) is { } feeds ? FeedListing.Read(feeds, _faults).Feeds : null,
            Topics = topics,
            Actors = actors,
            Follows = Find(Follows) is null ? null : Distinct(
                [.. fields.List(Follows).Select(f => ReadFollow(f, topics ?? [], actors ?? [], kept)).OfType<ConfigFollow>().DistinctBy(f => (f.Key, f.Telling))], f => f.Key, f => f.Line, "follow"),
            Channels = Find(Channels) is null ? null : Distinct([.. fields.List(Channels).Select(ReadChannel).OfType<ConfigChannel>()], c => c.Channel.ToString(), c => c.Line, "channel"),
        };
    }

    private IReadOnlyList<T> Distinct<T>(IReadOnlyList<T> entries, Func<T, string> keyOf, Func<T, int> lineOf, string what)
    {
        foreach (var repeated in entries.GroupBy(keyOf).SelectMany(g => g.Skip(1)))
        {
            _faults.Add(new KnowledgeFault("", lineOf(repeated), $"{what} '{keyOf(repeated)}' stands here twice: keep one"));
        }

        return entries;
    }

    private ConfigActor? ReadActor(YamlValue item)
    {
        if (item is not YamlMapping mapping)
        {
            Refuse(item.Line, "an actor must be a mapping with slug and what shall be: name, surname or aliases");
            return null;
        }

        if (mapping.Entries.Any(e => e.Key == "kind"))
        {
            var entries = new KnowledgeEntries("", PhraseBook.Shipped, _faults, _faults);
            entries.Read(new YamlMapping(item.Line, [new YamlEntry(Actors, item.Line, new YamlList(item.Line, [item]))]));
            return entries.Actors is [var entry] ? new ConfigActor(entry.Actor.Slug, ActorFields.Of(entry.Actor), item.Line) : null;
        }

        var fields = new YamlFields("", mapping, ActorKeys, _faults);
        var slug = fields.Required("slug");
        if (fields.Flag("removed"))
        {
            return new ConfigActor(slug, null, mapping.Line);
        }

        var surname = mapping.Entries.FirstOrDefault(e => e.Key == "surname")?.Value is YamlText { Text: "", IsNull: false } ? "" : fields.Optional("surname");
        var aliases = mapping.Entries.Any(e => e.Key == "aliases") ? fields.Texts("aliases").Select(t => t.Text.Trim()).ToList() : null;
        return new ConfigActor(slug, new ActorFields(fields.Optional("name"), surname, aliases) { Into = fields.Optional("into") }, mapping.Line);
    }

    private ConfigModerators? ReadModerators(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping mapping)
        {
            Refuse(entry.Line, "'moderators' must be a mapping with role and channel");
            return null;
        }

        var fields = new YamlFields("", mapping, ["role", "channel", "name"], _faults);
        return new ConfigModerators(fields.Optional("role"), fields.Optional("channel") is { } channel ? Address(fields, channel) : null, fields.Optional("name"), entry.Line);
    }

    private static ChannelAddress? Address(YamlFields fields, string channel)
    {
        if (channel.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < channel.Length - 1)
        {
            return ChannelAddress.Parse(channel);
        }

        fields.Fault(fields.LineOf("channel"), $"'channel' is '{channel}': write platform:channel, as /config export does");
        return null;
    }

    private ConfigTopic? ReadTopic(YamlValue item)
    {
        if (item is YamlMapping removal && removal.Entries.Any(e => e.Key == "removed"))
        {
            var fields = new YamlFields("", removal, ["slug", "removed"], _faults);
            if (!fields.Flag("removed"))
            {
                fields.Fault(fields.LineOf("removed"), "'removed' must be true, or not be there");
            }

            return new ConfigTopic(fields.Required("slug"), null, removal.Line);
        }

        var entries = new KnowledgeEntries("", PhraseBook.Shipped, _faults, _faults);
        entries.Read(new YamlMapping(item.Line, [new YamlEntry(Topics, item.Line, new YamlList(item.Line, [item]))]));
        return entries.Topics is [var entry] ? new ConfigTopic(entry.Topic.Slug, entry.Topic, item.Line) : null;
    }

    private ConfigFollow? ReadFollow(YamlValue item, IReadOnlyList<ConfigTopic> topics, IReadOnlyList<ConfigActor> actors, IReadOnlySet<string> kept)
    {
        if (item is not YamlMapping mapping)
        {
            Refuse(item.Line, "a follow must be a mapping with channel and what");
            return null;
        }

        var fields = new YamlFields("", mapping, ["channel", "name", "what", .. TellingReader.KeysOfFollow], _faults);
        var (channel, what) = (fields.Required("channel"), fields.Required("what"));
        if (channel.Length == 0 || what.Length == 0)
        {
            return null;
        }

        var address = Address(fields, channel);
        var telling = TellingReader.OfFollow(fields, role => address is not { } there || canCall(there, role), now);
        if (address is null)
        {
            return null;
        }

        var (follow, why) = Understood(what, $"{channel} {what}", topics, actors, kept);
        if (follow is null)
        {
            fields.Fault(fields.LineOf("what"), why);
            return null;
        }

        return new ConfigFollow(address.Value, fields.Optional("name"), follow, mapping.Line) { Telling = telling };
    }

    private ConfigChannel? ReadChannel(YamlValue item)
    {
        if (item is not YamlMapping mapping)
        {
            Refuse(item.Line, "a channel must be a mapping with channel and how it is told");
            return null;
        }

        var fields = new YamlFields("", mapping, ["channel", "name", .. TellingReader.KeysOfChannel], _faults);
        var (channel, name, settings) = (fields.Required("channel"), fields.Optional("name"), TellingReader.OfChannel(fields));
        return channel.Length > 0 && Address(fields, channel) is { } address ? new ConfigChannel(address, name, settings, mapping.Line) : null;
    }

    // As it was exported, it names slugs; a topic may be one of this file, and what is followed already may have lost its names.
    private (FollowExpression? Follow, string Why) Understood(string what, string key, IReadOnlyList<ConfigTopic> topics, IReadOnlyList<ConfigActor> actors, IReadOnlySet<string> kept)
    {
        if (Stored(what) is { } stored && (kept.Contains(key) || stored.Names.All(IsKnown)))
        {
            return (stored, "");
        }

        return FollowParser.Parse(what, knowledge) switch
        {
            FollowResult.Understood(var expression) => (expression, ""),
            FollowResult.Misunderstood(var why, var close) => (null, close.Count == 0 ? why : $"{why} Close to it: {string.Join(", ", close)}."),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };

        bool IsKnown(TagName name) => name.Kind == TagKind.Topic
            ? knowledge.FindTopic(name.Slug) is not null || topics.Any(t => t.Slug == name.Slug && t.Topic is not null)
            : knowledge.FindActor(name.Slug) is not null || actors.Any(a => a.Slug == name.Slug && a.Fields?.Kind is not null);
    }

    private static FollowExpression? Stored(string what)
    {
        try
        {
            return FollowParser.ParseStored(what) is var expression && expression.ToString() == what ? expression : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
