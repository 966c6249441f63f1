using System.Threading.Channels;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// Events on their way from a shard's connection to the handler, in order. A slow handler holds up neither heartbeats nor
/// receiving until the queue is full; then receiving waits, and what was not taken comes again after a RESUME.
/// </summary>
internal sealed partial class EventQueue(int shard, Action<GatewayEvent> handler, ILogger logger)
{
    private const int Capacity = 256;

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>The handler does not keep up: what comes now waits.</summary>
    public bool IsFull => _items.Reader.Count >= Capacity;

    /// <summary>Takes an event, and with it the message that it lies in.</summary>
    public async Task AddAsync(GatewaySession? session, GatewayFrame frame, PooledMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _items.Writer.WriteAsync(new Item(session, frame, message), cancellationToken);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Hands events to the handler until it is cancelled. What is left then was not handled.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _items.Reader.WaitToReadAsync(cancellationToken))
            {
                while (!cancellationToken.IsCancellationRequested && _items.Reader.TryRead(out var item))
                {
                    Handle(item);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            while (_items.Reader.TryRead(out var item))
            {
                item.Message.Dispose();
            }
        }
    }

    private void Handle(Item item)
    {
        var (session, frame, message) = item;
        using (message)
        {
            try
            {
                handler(new GatewayEvent(shard, frame.Name ?? "", frame.Sequence ?? 0, message.Bytes[frame.Data]));
            }
            catch (Exception exception)
            {
                // One event that cannot be handled must not hold up the others.
                Log.HandlerFailed(logger, exception, shard, frame.Name);
            }
        }

        session?.Handle(frame.Sequence ?? 0);
    }

    private sealed record Item(GatewaySession? Session, GatewayFrame Frame, PooledMessage Message);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Shard {Shard}: event {Name} could not be handled")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, int shard, string? name);
    }
}
