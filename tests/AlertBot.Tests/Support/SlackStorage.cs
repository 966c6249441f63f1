using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Support;

/// <summary>A database and keys in a folder of their own, on which processes of the bot can find their workspaces.</summary>
internal sealed class SlackStorage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
    private readonly List<ConfiguredToken> _tokens = [];

    private SlackStorage() => Database = new SqliteDatabase(Path.Combine(_folder, "bot.db"));

    public Database Database { get; }

    public string Keys => Path.Combine(_folder, "keys");

    public static async Task<SlackStorage> OpenAsync()
    {
        var storage = new SlackStorage();
        await new Migrator(storage.Database, TimeProvider.System).MigrateAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <summary>What one process knows.</summary>
    public WorkspaceDirectory Workspaces(SlackOptions options, SlackClient client, TimeProvider time)
    {
        var token = new ConfiguredToken(options, client, time, NullLogger<ConfiguredToken>.Instance);
        _tokens.Add(token);
        return new WorkspaceDirectory(token, new WorkspaceStore(Database, time), new SecretVault(Keys), time);
    }

    /// <summary>All bytes of the database, what is not yet in its main file included.</summary>
    public byte[] Bytes() => [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal).SelectMany(ReadAll)];

    public void Dispose()
    {
        _tokens.ForEach(t => t.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }
}
