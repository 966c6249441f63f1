using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.World;

/// <summary>All that the emulated Discord knows. Whoever reads or writes it holds <see cref="Gate"/>.</summary>
internal sealed class DiscordWorld
{
    private readonly Dictionary<string, DiscordUser> _users = [];

    public DiscordWorld(DiscordEmulatorOptions options)
    {
        Options = options;
        Ids = new Snowflakes(options.Clock);
        Token = options.Token;
        Bot = Add(new DiscordUser(options.BotUserId, "alertbot", Bot: true));
        Human = Add(new DiscordUser(options.UserId, "ada"));
    }

    public Lock Gate { get; } = new();

    public DiscordEmulatorOptions Options { get; }

    public Snowflakes Ids { get; }

    /// <summary>The bot's token; another one after Discord has reset it.</summary>
    public string Token { get; set; }

    public DiscordUser Bot { get; }

    public DiscordUser Human { get; }

    public Dictionary<string, DiscordGuild> Guilds { get; } = [];

    public Dictionary<string, DiscordChannel> Channels { get; } = [];

    /// <summary>Uploaded bytes by the path that they are served at.</summary>
    public Dictionary<string, (string Type, byte[] Bytes)> Files { get; } = [];

    public Uri Origin { get; set; } = new("http://127.0.0.1/");

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    public DiscordUser Add(DiscordUser user) => _users[user.Id] = user;

    public DiscordUser? User(string id) => _users.GetValueOrDefault(id);

    public DiscordUser UserOrNew(string id, string? name) => _users.TryGetValue(id, out var known) ? known : Add(new DiscordUser(id, name ?? $"user{id[^Math.Min(4, id.Length)..]}"));

    public DiscordGuild AddGuild(string name, string? id, string locale)
    {
        var guild = new DiscordGuild(id ?? Ids.Next(), name) { OwnerId = Human.Id, JoinedAt = Now, Locale = locale };
        guild.Roles.Add(new DiscordRole(guild.Id, "@everyone", DiscordPermissions.Usual));
        return Guilds[guild.Id] = guild;
    }

    public DiscordChannel AddChannel(DiscordGuild? guild, int type, DiscordChannelOptions options, DiscordUser? recipient = null)
    {
        var channel = new DiscordChannel(options.Id ?? Ids.Next(), type, options) { GuildId = guild?.Id, OwnerId = Bot.Id, Recipient = recipient, ArchivedAt = Now };
        channel.Tags.AddRange(options.Tags.Select(tag => (Ids.Next(), tag)));
        guild?.Channels.Add(channel);
        return Channels[channel.Id] = channel;
    }

    public DiscordGuild GuildOrRefuse(string id) => Guilds.GetValueOrDefault(id) ?? throw DiscordError.UnknownGuild();

    /// <summary>The conversation with a person, opened when it is not there.</summary>
    public DiscordChannel Direct(DiscordUser user) => Channels.Values.FirstOrDefault(channel => channel.Recipient?.Id == user.Id)
        ?? AddChannel(null, DiscordChannel.Direct, new DiscordChannelOptions { Name = "" }, user);

    /// <summary>A channel that the bot sees.</summary>
    public DiscordChannel ChannelOrRefuse(string id)
    {
        var channel = Channels.GetValueOrDefault(id) ?? throw DiscordError.UnknownChannel();
        return PermissionsIn(channel).HasFlag(DiscordPermissions.ViewChannel) ? channel : throw DiscordError.MissingAccess();
    }

    public static DiscordMessage MessageOrRefuse(DiscordChannel channel, string id) => channel.Find(id) ?? throw DiscordError.UnknownMessage();

    /// <summary>What the bot may do; a thread has what its channel has.</summary>
    public DiscordPermissions PermissionsIn(DiscordChannel channel) => channel.Type == DiscordChannel.Direct ? DiscordPermissions.Usual
        : channel.ParentId is { } parent && Channels.TryGetValue(parent, out var above) ? above.Permissions & channel.Permissions
        : channel.Permissions;

    public void Require(DiscordChannel channel, DiscordPermissions needed)
    {
        if (!PermissionsIn(channel).HasFlag(needed))
        {
            throw DiscordError.MissingPermissions();
        }
    }

    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];
}
