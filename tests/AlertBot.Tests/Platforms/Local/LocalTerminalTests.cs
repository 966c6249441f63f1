using System.IO.Pipes;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Local;

public sealed class LocalTerminalTests
{
    [Fact]
    public async Task Every_new_message_is_printed()
    {
        await using var chat = await LocalChat.StartAsync();

        await chat.Platform.SendAsync(
            new OutgoingMessage(new ChannelAddress("local", "general"), new Card("Storm") { Tone = CardTone.Alert, Link = "https://news.example/1" }, "key-1"),
            TestContext.Current.CancellationToken);

        await chat.Terminal.UntilAsync("[#general] ALERT Storm\n  https://news.example/1\n");
        Assert.StartsWith("[#general] ALERT Storm", chat.Terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_lines_are_run_in_the_channel_that_was_named_last()
    {
        const string Typed = "/echo one\n#weather /echo two\n\n#general\n/echo three\n#nowhere /echo four\n";

        await using var chat = await LocalChat.StartAsync(new LocalOptions { Channels = ["general", "weather"], Terminal = true }, typed: new StringReader(Typed));

        await chat.Terminal.UntilAsync("There is no such channel. There are #general, #weather.\n");
        await chat.Terminal.UntilAsync("[#general] three\n");
        var printed = chat.Terminal.Written;
        Assert.Contains("[#general] terminal: /echo one\n", printed, StringComparison.Ordinal);
        Assert.Contains("[#general] one\n  terminal said so.\n", printed, StringComparison.Ordinal);
        Assert.Contains("[#weather] two\n", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("four\n  terminal said so.", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_belongs_to_a_moderator()
    {
        await using var chat = await LocalChat.StartAsync(new LocalOptions { Terminal = true, Address = "http://0.0.0.0:8080" }, typed: new StringReader("/feed add https://x.example/rss\n"));

        await chat.Terminal.UntilAsync("[#general] feed add ran\n");
        Assert.DoesNotContain("PROBLEM", chat.Terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_read_unless_asked_for()
    {
        await using var chat = await LocalChat.StartAsync(new LocalOptions(), typed: new StringReader("/echo one\n"));
        await chat.Messages.AddTextAsync("general", "Una", "the only line", TestContext.Current.CancellationToken);

        await chat.Terminal.UntilAsync("[#general] Una: the only line\n");
        Assert.DoesNotContain("echo", chat.Terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_never_ends_does_not_hold_up_the_stop()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var open = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        var chat = await LocalChat.StartAsync(new LocalOptions { Terminal = true }, typed: new StreamReader(pipe));
        await open.WriteAsync("/echo one\nunfinished"u8.ToArray(), TestContext.Current.CancellationToken);
        await chat.Terminal.UntilAsync("[#general] one\n");

        await chat.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("unfinished", chat.Terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_terminal_leaves_the_chat_running()
    {
        await using var chat = await LocalChat.StartAsync();
        await chat.Terminal.DisposeAsync();

        await chat.Messages.AddTextAsync("general", "Una", "one", TestContext.Current.CancellationToken);
        await chat.Messages.AddTextAsync("general", "Una", "two", TestContext.Current.CancellationToken);

        using var http = new TestHttp(chat.Address);
        Assert.Equal(2, (await http.GetAsync("/api/channels/general/messages")).Json.GetArrayLength());
    }
}
