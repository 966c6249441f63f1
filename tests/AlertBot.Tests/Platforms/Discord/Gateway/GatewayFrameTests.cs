using System.Text;
using System.Text.Json;
using AlertBot.Platforms.Discord.Gateway;
using CsCheck;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

public sealed class GatewayFrameTests
{
    [Fact]
    public void The_envelope_is_read_and_the_data_only_found()
    {
        var (frame, data) = Read("""{"t":"READY","s":7,"op":0,"d":{"op":1,"s":2,"t":"no","list":[{"d":3}]},"new":{"t":"x"}}""");

        Assert.Equal((GatewayOp.Dispatch, 7, "READY"), (frame!.Value.Op, frame.Value.Sequence, frame.Value.Name));
        Assert.Equal("""{"op":1,"s":2,"t":"no","list":[{"d":3}]}""", data);
    }

    [Theory]
    [InlineData("""{"op":11}""", "")]
    [InlineData("""{"op":11,"d":null,"s":null,"t":null}""", "null")]
    [InlineData("""{"d":false,"op":9}""", "false")]
    [InlineData("""{"d":41,"op":99}""", "41")]
    public void Fields_may_be_missing_and_ops_unknown(string text, string expected)
    {
        var (frame, data) = Read(text);

        Assert.NotNull(frame);
        Assert.Equal((null, null), (frame.Value.Sequence, frame.Value.Name));
        Assert.Equal(expected, data);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"op":"0"}""")]
    [InlineData("""{"op":0""")]
    [InlineData("""{"op":0,"d":{"a":}}""")]
    [InlineData("""{"op":0,"t":"\ud800"}""")]
    public void What_is_no_frame_is_passed_over(string text) => Assert.Null(Read(text).Frame);

    [Fact]
    public void No_bytes_make_it_throw() => Gen.OneOf(Gen.Byte.Array, Gen.String[Gen.Char["{}[]\",:\\opdst0179eu "], 0, 40].Select(Encoding.UTF8.GetBytes)).Sample(bytes =>
    {
        var frame = GatewayFrame.Read(bytes);
        return frame is null || bytes.AsMemory()[frame.Value.Data].Length <= bytes.Length;
    });

    [Fact]
    public void Any_data_comes_through_unchanged() => Gen.Dictionary(Gen.String, Gen.String).Sample(data =>
    {
        var json = JsonSerializer.Serialize(data);
        return Read($$"""{"op":0,"s":1,"t":"X","d":{{json}}}""").Data == json;
    });

    private static (GatewayFrame? Frame, string Data) Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var frame = GatewayFrame.Read(bytes);
        return (frame, frame is { } read ? Encoding.UTF8.GetString(bytes.AsSpan()[read.Data]) : "");
    }
}
