using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.World;

/// <summary>One workspace: people, channels, messages, files and views. Everything in it is read and changed under <see cref="Gate"/>.</summary>
internal sealed class SlackWorld
{
    public const string Team = "T0EMULATED";
    public const string App = "A0EMULATED";

    private long _last;
    private int _ids;

    public SlackWorld(SlackEmulatorOptions options)
    {
        Options = options;
        Tokens.Add(options.BotToken);
        Bot = Add(new SlackUser("U0ALERTBOT", "alertbot") { IsBot = true });
        Human = Add(new SlackUser("U0MEMBER01", "mary"));
        Admin = Add(new SlackUser("U0ADMIN001", "ada") { IsAdmin = true });
        Channel = Add(new SlackChannel("C0NEWSROOM", "newsroom"));
        Private = Add(new SlackChannel("C0PRIVATE1", "desk") { IsPrivate = true });
        Other = Add(new SlackChannel("C0OTHER001", "other"));
        Other.Members.Remove(Bot.Id);
        Archived = Add(new SlackChannel("C0ARCHIVED", "old") { IsArchived = true });
        Groups.Add(new SlackUserGroup("S0EDITORS1", "editors", "Editors", [Admin.Id]));
    }

    public Lock Gate { get; } = new();

    public SlackEmulatorOptions Options { get; }

    public string TeamId { get; } = Team;

    public string Name { get; } = "The newsroom";

    /// <summary>The bot's tokens that are good.</summary>
    public HashSet<string> Tokens { get; } = [];

    public Uri Origin { get; set; } = new("http://127.0.0.1/");

    public DateTimeOffset Now => Options.Clock.GetUtcNow();

    public SlackUser Bot { get; }

    public SlackUser Human { get; }

    public SlackUser Admin { get; }

    public SlackChannel Channel { get; }

    public SlackChannel Private { get; }

    public SlackChannel Other { get; }

    public SlackChannel Archived { get; }

    public Dictionary<string, SlackUser> Users { get; } = [];

    public Dictionary<string, SlackChannel> Channels { get; } = [];

    public List<SlackUserGroup> Groups { get; } = [];

    /// <summary>By id: the bytes once they came, and whether the upload was completed.</summary>
    public Dictionary<string, (byte[]? Bytes, bool Completed)> Files { get; } = [];

    /// <summary>The length in bytes that each upload was announced with.</summary>
    public Dictionary<string, int> Announced { get; } = [];

    public Dictionary<string, string> Named { get; } = [];

    /// <summary>Files that the bot showed: where, in which thread, name and bytes.</summary>
    public List<(string Channel, string? Thread, string Name, byte[] Bytes)> Shared { get; } = [];

    /// <summary>By id: files that people uploaded.</summary>
    public Dictionary<string, (string Name, byte[] Bytes)> Given { get; } = [];

    /// <summary>What single people see until they reload: each with its channel and to whom.</summary>
    public List<JsonObject> Ephemerals { get; } = [];

    /// <summary>The published Home view of each person.</summary>
    public Dictionary<string, JsonObject> Homes { get; } = [];

    public string NextId(string letter) => $"{letter}0{++_ids:D8}";

    /// <summary>The clock's time in microseconds, later than every one before.</summary>
    public string NextTs()
    {
        _last = Math.Max(_last + 1, (Now - DateTimeOffset.UnixEpoch).Ticks / 10);
        return string.Create(CultureInfo.InvariantCulture, $"{_last / 1_000_000}.{_last % 1_000_000:D6}");
    }

    public SlackUser Add(SlackUser user) => Users[user.Id] = user;

    /// <summary>Adds a channel that everybody is in.</summary>
    public SlackChannel Add(SlackChannel channel)
    {
        channel.Members.AddRange(Users.Keys);
        return Channels[channel.Id] = channel;
    }

    /// <summary>The direct channel with a person, opened when it is not there.</summary>
    public SlackChannel Direct(string user)
    {
        if (Channels.Values.FirstOrDefault(channel => channel.DirectUser == user) is { } open)
        {
            return open;
        }

        var channel = new SlackChannel("D" + user[1..], user) { DirectUser = user };
        channel.Members.AddRange([Bot.Id, user]);
        return Channels[channel.Id] = channel;
    }
}
