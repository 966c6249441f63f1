using AlertBot.Platforms;
using CsCheck;

namespace AlertBot.Tests.Platforms;

public sealed class PooledMessageTests
{
    [Fact]
    public void Whatever_the_parts_the_message_is_whole() => Gen.Byte.Array[0, 3_000].Array[0, 12].Sample(parts =>
    {
        using var message = new PooledMessage();
        foreach (var part in parts)
        {
            for (var rest = part.AsMemory(); !rest.IsEmpty;)
            {
                var count = Math.Min(rest.Length, message.Free().Length);
                rest[..count].CopyTo(message.Free());
                message.Add(count);
                rest = rest[count..];
            }
        }

        return !message.IsTooLong && message.Bytes.Span.SequenceEqual(parts.SelectMany(p => p).ToArray());
    });

    [Fact]
    public void A_message_without_end_takes_no_memory_without_end()
    {
        using var message = new PooledMessage();
        for (long read = 0; read < 3L * PooledMessage.Most;)
        {
            var free = message.Free().Length;
            Assert.InRange(free, 1, PooledMessage.Most);
            message.Add(free);
            read += free;
        }

        Assert.True(message.IsTooLong);
    }
}
