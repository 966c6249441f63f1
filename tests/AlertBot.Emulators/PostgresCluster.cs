using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AlertBot.Emulators;

/// <summary>
/// A private PostgreSQL server, made of the installed programs in a temporary folder, on loopback only. It is gone, with all that is in
/// it, when it is disposed. With <c>ALERTBOT_POSTGRES</c>, a connection string without a database, it is that server instead, which is
/// neither started nor stopped.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "alertbot";

    private static readonly string? Given = Environment.GetEnvironmentVariable("ALERTBOT_POSTGRES");

    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;
    private readonly bool _isDurable;

    private PostgresCluster(string programs, string folder, int port, bool isDurable) => (_programs, _folder, _port, _isDurable) = (programs, folder, port, isDurable);

    /// <summary>Whether there is a server to use, or the programs to start one.</summary>
    public static bool IsThere => Given is not null || Programs is not null;

    /// <summary>Where the server's programs are; null if none are installed.</summary>
    public static string? Programs { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [])
            .FirstOrDefault(d => d.Length > 0 && File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));

    /// <param name="isDurable">Commits wait for the disk, as in earnest.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start.</exception>
    public static async Task<PostgresCluster> StartAsync(bool isDurable = false)
    {
        if (Given is not null)
        {
            return new PostgresCluster("", "", 0, isDurable);
        }

        var programs = Programs ?? throw new InvalidOperationException("PostgreSQL is not installed: there is no initdb on the path or in /usr/lib/postgresql.");
        var folder = (await RunAsync("mktemp", "-d", Path.Combine(Path.GetTempPath(), "alertbot-postgres-XXXXXX"))).Trim();
        var cluster = new PostgresCluster(programs, folder, FreePort(), isDurable);
        await RunAsync(cluster.Program("initdb"), "-D", cluster.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await cluster.StartServerAsync();
        return cluster;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionString(string database) => Given is not null ? $"{Given};Database={database}" :
        $"Host=127.0.0.1;Port={_port};Username={User};Database={database};Maximum Pool Size=30;Timeout=10";

    /// <param name="template">An existing database that it begins as a copy of.</param>
    /// <returns>How to reach it.</returns>
    public async Task<string> CreateAsync(string name, string template = "template1")
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return ConnectionString(name);
    }

    public Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");

    public Task StartServerAsync() => RunAsync(
        Program("pg_ctl"), "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c fsync={(_isDurable ? "on" : "off")}", "start");

    /// <summary>As after a power cut: all connections break, and the next start has to recover.</summary>
    public Task KillServerAsync() => RunAsync(Program("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Given is not null)
        {
            return;
        }

        await RunAsync(Program("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop");
        await RunAsync("rm", "-rf", _folder);
    }

    private string Program(string name) => Path.Combine(_programs, name);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // The server refuses to be run by root.
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        string[] line = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(line[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in line.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        // A server that pg_ctl starts inherits the pipes: they end with it, not with pg_ctl.
        var output = program.EndsWith("pg_ctl", StringComparison.Ordinal) ? Task.FromResult("") : process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{Path.GetFileName(program)} {arguments.LastOrDefault()} failed: {await process.StandardError.ReadToEndAsync()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
