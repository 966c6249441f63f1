using AlertBot.Platforms.Discord.Rest;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// Tells Discord the bot's commands: all in one call, and only when they differ from those that were told last. It goes
/// on trying until they are told, ever more rarely.
/// </summary>
internal sealed partial class CommandRegistrar(DiscordApi api, CommandRouter router, Translations translations, Database database, TimeProvider time, ILogger<CommandRegistrar> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; !await TryAsync(stoppingToken); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RegisterAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotKnown(logger, exception);
            return false;
        }
    }

    /// <returns>False if it is to be tried again.</returns>
    internal async Task<bool> RegisterAsync(CancellationToken cancellationToken)
    {
        var commands = new CommandSet(router.Commands, translations);
        if (await api.IdentityAsync(cancellationToken) is not { } self)
        {
            return api.IsShut;
        }

        if (await ToldAsync(self.Application, cancellationToken) == commands.Hash)
        {
            Log.Unchanged(logger, router.Commands.Count);
            return true;
        }

        switch (await api.OverwriteCommandsAsync(self.Application, commands.Json.ToArray(), cancellationToken))
        {
            case RestAnswer.Ok:
                await NoteAsync(self.Application, commands.Hash, cancellationToken);
                Log.Told(logger, router.Commands.Count);
                return true;
            case RestAnswer.Refused refused:
                // It would be refused again: the operator must know, and the rest of the bot goes on.
                Log.Refused(logger, refused.Message, refused.Code, refused.Details);
                return true;
            case var failed:
                Log.Failed(logger, failed.ToString()!);
                return false;
        }
    }

    private async Task<string?> ToldAsync(string application, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT commands_hash FROM discord_applications WHERE application_id = @application", new { application });
    }

    private Task NoteAsync(string application, string hash, CancellationToken cancellationToken) => database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO discord_applications (application_id, commands_hash) VALUES (@application, @hash)
            ON CONFLICT (application_id) DO UPDATE SET commands_hash = excluded.commands_hash
            """,
            new { application, hash },
            transaction),
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Discord was told {Count} commands")]
        public static partial void Told(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Debug, "Discord knows the {Count} commands already")]
        public static partial void Unchanged(ILogger logger, int count);

        [LoggerMessage(3, LogLevel.Error, "Discord did not take the commands: {Message} ({Code}) {Details}")]
        public static partial void Refused(ILogger logger, string message, int code, string details);

        [LoggerMessage(4, LogLevel.Warning, "Discord could not be told the commands, it is tried again: {Why}")]
        public static partial void Failed(ILogger logger, string why);

        [LoggerMessage(5, LogLevel.Warning, "What Discord was told before is not known, it is tried again")]
        public static partial void NotKnown(ILogger logger, Exception exception);
    }
}
