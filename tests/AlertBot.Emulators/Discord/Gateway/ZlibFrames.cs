using System.IO.Compression;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>The zlib-stream transport: one compressor for the whole connection, flushed after each message.</summary>
internal sealed class ZlibFrames : IDisposable
{
    private readonly MemoryStream _out = new();
    private readonly ZLibStream _zlib;

    public ZlibFrames() => _zlib = new ZLibStream(_out, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>The bytes of one message; they end with 00 00 FF FF.</summary>
    public byte[] Compress(byte[] message)
    {
        _out.SetLength(0);
        _zlib.Write(message);
        _zlib.Flush();
        return _out.ToArray();
    }

    public void Dispose()
    {
        _zlib.Dispose();
        _out.Dispose();
    }
}
