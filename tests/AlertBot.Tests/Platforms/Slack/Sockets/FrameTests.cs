using System.Text;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Sockets;
using CsCheck;

namespace AlertBot.Tests.Platforms.Slack.Sockets;

public sealed class FrameTests
{
    [Fact]
    public void An_envelope_keeps_its_id_its_payload_and_how_often_it_was_sent()
    {
        var frame = Read("""{"envelope_id":"e1","type":"events_api","payload":{"event_id":"Ev1"},"retry_attempt":2,"retry_reason":"timeout","accepts_response_payload":false}""");

        var (id, delivery) = Assert.IsType<Frame.Envelope>(frame);
        Assert.Equal(("e1", DeliveryKind.Event, 2, "Ev1"), (id, delivery.Kind, delivery.RetryAttempt, delivery.Payload.GetProperty("event_id").GetString()));
    }

    [Theory]
    [InlineData("""{"type":"hello","num_connections":3,"debug_info":{"approximate_connection_time":18060}}""", 3, 18060)]
    [InlineData("""{"type":"hello"}""", null, null)]
    [InlineData("""{"type":"hello","num_connections":"3","debug_info":{"approximate_connection_time":-1}}""", null, null)]
    public void A_hello_tells_what_it_knows(string text, int? connections, int? seconds) =>
        Assert.Equal(new Frame.Hello(connections, seconds is { } life ? TimeSpan.FromSeconds(life) : null), Read(text));

    [Theory]
    [InlineData("""{"type":"slash_commands","payload":{}}""")]
    [InlineData("""{"type":"slash_commands","envelope_id":"e1","payload":"text"}""")]
    [InlineData("""{"type":"slash_commands","envelope_id":7,"payload":{}}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("garbage {")]
    public void What_is_not_as_documented_is_nothing(string text) => Assert.IsType<Frame.Unknown>(Read(text));

    [Fact]
    public void No_bytes_at_all_do_harm() => Gen.Byte.Array[0, 200].Sample(bytes => Assert.NotNull(Frame.Read(bytes)));

    private static Frame Read(string text) => Frame.Read(Encoding.UTF8.GetBytes(text));
}
