namespace AlertBot.Platforms.Local;

/// <summary>Where the terminal reads and writes; the caller owns both.</summary>
internal sealed record TerminalStreams(TextReader In, TextWriter Out);

/// <summary>
/// The local chat in a terminal: prints every new message of all channels and, if asked to, runs the lines that are
/// typed. <c>#channel</c> in front of a line goes to that channel, and stays there. It never holds up the shutdown.
/// </summary>
internal sealed partial class LocalTerminal(
    LocalMessages messages,
    LocalConversation conversation,
    LocalOptions options,
    TerminalStreams streams,
    TimeProvider time,
    ILogger<LocalTerminal> logger) : BackgroundService
{
    private const int Batch = 100;

    private static readonly ChatUser User = new("terminal", "terminal", IsModerator: true);
    private readonly PlainTextRenderer _renderer = new(time.LocalTimeZone);
    private string _channel = options.FirstChannels[0];
    private long _printed;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _printed = await messages.NewestIdAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WatchAsync(PrintAsync, stoppingToken), options.Terminal ? WatchAsync(ReadAsync, stoppingToken) : Task.CompletedTask);

    /// <summary>A terminal that was closed must not take the bot with it.</summary>
    private async Task WatchAsync(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        try
        {
            await loop(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Stopped(logger, exception);
        }
    }

    private async Task PrintAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = messages.Changed;
            var batch = await messages.AfterAsync(_printed, Batch, cancellationToken);
            foreach (var message in batch)
            {
                var prefix = $"[#{message.Channel}] {(message.Under is { } under ? $"↳ {under} " : "")}{string.Concat(message.Calls.Select(c => $"@{c} "))}";
                await WriteAsync(message.Card is { } card ? _renderer.Render(prefix, card) : PlainTextRenderer.Render(prefix, message.Author, message.Text ?? ""));
                _printed = message.Id;
            }

            if (batch.Count < Batch)
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // Reading from a terminal cannot be cancelled, only left alone.
        while (await streams.In.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            try
            {
                await RunAsync(line.Trim(), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.LineFailed(logger, exception);
                await WriteAsync("That line could not be run. Please try again.\n");
            }
        }
    }

    private async Task RunAsync(string line, CancellationToken cancellationToken)
    {
        if (line.StartsWith('#'))
        {
            var parts = line[1..].Split(' ', 2, StringSplitOptions.TrimEntries);
            if (!await messages.HasChannelAsync(parts[0], cancellationToken))
            {
                var names = (await messages.ChannelsAsync(cancellationToken)).Select(c => "#" + c.Name);
                await WriteAsync($"There is no such channel. There are {string.Join(", ", names)}.\n");
                return;
            }

            _channel = parts[0];
            line = parts.Length > 1 ? parts[1] : "";
        }

        if (line.Length > 0)
        {
            await conversation.SayAsync(_channel, User, line, cancellationToken);
        }
    }

    private async Task WriteAsync(string text)
    {
        await streams.Out.WriteAsync(text);
        await streams.Out.FlushAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A line typed in the terminal could not be run")]
        public static partial void LineFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The terminal is closed; the rest of the bot goes on")]
        public static partial void Stopped(ILogger logger, Exception exception);
    }
}
