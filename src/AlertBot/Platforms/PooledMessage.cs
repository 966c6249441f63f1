using System.Buffers;

namespace AlertBot.Platforms;

/// <summary>
/// One message in a borrowed buffer, which whoever holds it last gives back by disposing it once. It grows with what
/// comes; a message beyond <see cref="Most"/> is read to its end but not kept.
/// </summary>
internal sealed class PooledMessage : IDisposable
{
    public const int Most = 32 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    public bool IsTooLong { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Where the next part goes; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_length == _buffer.Length)
        {
            Grow();
        }

        return _buffer.AsMemory(_length);
    }

    public void Add(int count) => _length += count;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        if (IsTooLong || _length >= Most)
        {
            (IsTooLong, _length) = (true, 0);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
