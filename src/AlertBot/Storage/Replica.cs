using System.Globalization;
using System.Reflection;

namespace AlertBot.Storage;

/// <summary>This process among those that share the database. No two have one id, were they started from one image at one moment.</summary>
/// <param name="Name">Of its machine, for people.</param>
internal sealed record Replica(string Id, string Name, string Version, DateTimeOffset StartedAt)
{
    private static readonly string Program = typeof(Replica).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static Replica Begin(Random random, TimeProvider time) =>
        new(random.NextInt64().ToString("x16", CultureInfo.InvariantCulture), Environment.MachineName, Program.Split('+')[0], time.GetUtcNow());
}
