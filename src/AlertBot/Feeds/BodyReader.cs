using System.IO.Compression;

namespace AlertBot.Feeds;

/// <summary>
/// Reads what a site sends, within a limit that holds both for the bytes on the wire and for the unpacked ones: a small answer
/// that unpacks without end is left as soon as it passes the limit.
/// </summary>
internal static class BodyReader
{
    public const string Accepted = "gzip, deflate, br";

    /// <exception cref="BodyException">It is too large, or can't be unpacked.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw BodyException.TooLarge(limit);
        }

        await using var wire = new PeekedStream(await content.ReadAsStreamAsync(cancellationToken), limit);
        var start = await wire.PeekAsync(cancellationToken);
        await using var body = Unpacked(wire, start.Span, content.Headers.ContentEncoding);
        using var buffer = new MemoryStream();
        var chunk = new byte[32 * 1024];
        try
        {
            for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                if (buffer.Length + read > limit)
                {
                    throw BodyException.TooLarge(limit);
                }

                buffer.Write(chunk, 0, read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new BodyException(FetchFault.Broken, "what the site sent is packed, and damaged: it can't be unpacked");
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    // Sites say that they pack and do not, and pack without saying so: the bytes tell.
    private static Stream Unpacked(Stream wire, ReadOnlySpan<byte> start, ICollection<string> encodings) => encodings.Select(e => e.Trim().ToLowerInvariant()).ToList() switch
    {
        _ when start is [0x1F, 0x8B, ..] => new GZipStream(wire, CompressionMode.Decompress),
        ["br"] => new BrotliStream(wire, CompressionMode.Decompress),
        // Some mean zlib by it, as the standard does, and some the bare stream (RFC 9110, section 8.4.1.2).
        ["deflate"] => start is [var first, ..] && (first & 0x0F) == 8 ? new ZLibStream(wire, CompressionMode.Decompress) : new DeflateStream(wire, CompressionMode.Decompress),
        ["zstd" or "compress" or "dcb" or "dcz"] or [_, _, ..] => throw new BodyException(FetchFault.Broken, "the site packs its answer in a way that we did not ask for"),
        _ => wire,
    };

    /// <summary>Counts what comes from the wire; its first bytes can be looked at before they are read.</summary>
    private sealed class PeekedStream(Stream inner, int limit) : Stream
    {
        private readonly byte[] _start = new byte[2];
        private int _peeked;
        private int _given;
        private long _count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task<ReadOnlyMemory<byte>> PeekAsync(CancellationToken cancellationToken)
        {
            _peeked = await inner.ReadAtLeastAsync(_start, _start.Length, throwOnEndOfStream: false, cancellationToken);
            return _start.AsMemory(0, _peeked);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < _peeked && buffer.Length > 0)
            {
                var length = Math.Min(buffer.Length, _peeked - _given);
                _start.AsMemory(_given, length).CopyTo(buffer);
                _given += length;
                return length;
            }

            var read = await inner.ReadAsync(buffer, cancellationToken);
            _count += read;
            return _count <= limit ? read : throw BodyException.TooLarge(limit);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}

/// <summary>What a site sent can't be taken.</summary>
internal sealed class BodyException(FetchFault fault, string why) : IOException(why)
{
    public FetchFault Fault => fault;

    public static BodyException TooLarge(int limit) =>
        new(FetchFault.TooLarge, $"larger than {limit / 1_000_000.0:0.#} MB, the limit for a feed (Feeds:MaxBytes)");
}
