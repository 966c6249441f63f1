using System.Threading.Channels;
using AlertBot.Platforms.Discord.Rest;

namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>
/// Works off the interactions that the gateway brings, many side by side, so that the connection never waits for one.
/// One that nobody can answer any more is left out.
/// </summary>
internal sealed partial class InteractionQueue(InteractionHandler handler, DiscordApi api, TimeProvider time, ILogger<InteractionQueue> logger) : BackgroundService
{
    private const int SideBySide = 128;
    private const int Waiting = 10_000;

    // Three seconds are allowed; clocks may differ a little more than that.
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(30);

    // A server whose ids do not hold the time shows by ages that can't be.
    private static readonly TimeSpan OldestReplay = TimeSpan.FromDays(1);

    private readonly Channel<Interaction> _waiting = Channel.CreateBounded<Interaction>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SeenInteractions _seen = new();

    /// <summary>Returns at once.</summary>
    public void Add(Interaction interaction)
    {
        var age = time.GetUtcNow() - Snowflake.TimeOf(interaction.Id);
        var isDead = age > TooOld && age < OldestReplay;
        if (_seen.Add(interaction.Id) && !isDead)
        {
            _waiting.Writer.TryWrite(interaction);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RehearseAsync(stoppingToken);
        await Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stoppingToken },
            async (interaction, token) => await AnswerAsync(interaction, token));
    }

    /// <summary>Answers /help to nobody: the first answer compiles the code of all later ones, and three seconds are short for that.</summary>
    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        var data = new InteractionData("help", Type: 1, null, null, null, null, null, null);
        var help = new Interaction("0", "0", Interaction.Command, "", data, null, "0", null, null, new InteractionUser("0", null, null), null, null, null, null);
        await handler.HandleAsync(
            help,
            async (answer, token) =>
            {
                using var body = DiscordApi.Body(answer);
                await body.LoadIntoBufferAsync(token);
                return true;
            },
            cancellationToken);
    }

    private async Task AnswerAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync(
                interaction,
                async (answer, token) =>
                {
                    var result = await api.AnswerAsync(interaction, answer, token);
                    if (result is not RestAnswer.Ok)
                    {
                        Log.TooLate(logger, result.ToString()!);
                    }

                    return result is RestAnswer.Ok;
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An answer to an interaction was not taken: {Why}")]
        public static partial void TooLate(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Error, "Answering an interaction failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
