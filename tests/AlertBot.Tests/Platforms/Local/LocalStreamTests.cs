using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Local;

public sealed class LocalStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private LocalChat _chat = null!;
    private TestHttp _http = null!;

    public async ValueTask InitializeAsync()
    {
        _chat = await LocalChat.StartAsync(time: _time);
        _http = new TestHttp(_chat.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _chat.DisposeAsync();
    }

    [Fact]
    public async Task New_messages_come_as_they_are_posted_and_old_ones_do_not()
    {
        await PostAsync("before");
        using var stream = await OpenAsync("/api/stream");

        await PostAsync("first");
        await PostAsync("second");

        Assert.Equal(["2", "3"], [await NextIdAsync(stream), await NextIdAsync(stream)]);
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_id_that_it_names()
    {
        await PostAsync("one");
        await PostAsync("two");
        await PostAsync("three");

        using var byQuery = await OpenAsync("/api/stream?after=1");
        using var byHeader = await OpenAsync("/api/stream?after=0", ("Last-Event-ID", "2"));

        Assert.Equal(["2", "3"], [await NextIdAsync(byQuery), await NextIdAsync(byQuery)]);
        Assert.Equal("3", await NextIdAsync(byHeader));
    }

    [Fact]
    public async Task An_edited_message_comes_again_under_its_id_and_a_break_loses_none()
    {
        await PostAsync("one");
        await PostAsync("two");
        using var open = await OpenAsync("/api/stream");

        await EditAsync(1, "one, edited");
        await EditAsync(1, "one, edited");
        await PostAsync("three");
        using var late = await OpenAsync("/api/stream?after=2");

        foreach (var stream in new[] { open, late })
        {
            Assert.Equal(("3", 1, "one, edited"), await NextAsync(stream));
            Assert.Equal(("4", 3, "three"), await NextAsync(stream));
        }
    }

    [Fact]
    public async Task More_than_one_reading_holds_come_in_order_without_a_gap()
    {
        for (var number = 0; number < 230; number++)
        {
            await PostAsync("many");
        }

        using var stream = await OpenAsync("/api/stream?after=0");

        for (var number = 1; number <= 230; number++)
        {
            Assert.Equal($"{number}", await NextIdAsync(stream));
        }
    }

    [Fact]
    public async Task Every_stream_gets_every_message()
    {
        using var one = await OpenAsync("/api/stream");
        using var other = await OpenAsync("/api/stream");

        await PostAsync("news");

        Assert.Equal(["1", "1"], [await NextIdAsync(one), await NextIdAsync(other)]);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive()
    {
        using var stream = await OpenAsync("/api/stream");
        await PostAsync("news");
        await NextIdAsync(stream);

        // The stream waits on the clock only once it has written all: one tick may come too early for it.
        var line = NextAsync(stream, ": still here");
        while (!line.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        Assert.Equal(": still here", await line);
    }

    [Fact]
    public async Task A_message_travels_whole_in_one_line()
    {
        using var stream = await OpenAsync("/api/stream");

        await PostAsync("two\nlines and <b>");

        var line = await NextAsync(stream, "data: ");
        Assert.StartsWith("data: {\"id\":1,\"channel\":\"general\"", line, StringComparison.Ordinal);
        Assert.Contains("two\\nlines", line, StringComparison.Ordinal);
    }

    private async Task<StreamReader> OpenAsync(string path, params (string, string)[] headers)
    {
        var response = await _http.OpenAsync(HttpMethod.Get, path, null, headers);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await NextAsync(reader, ": connected");
        return reader;
    }

    private Task<LocalMessage> PostAsync(string title) => _chat.Messages.AddCardAsync("general", Card.Answer(title), null, TestContext.Current.CancellationToken);

    private async Task EditAsync(long id, string title) => Assert.True(await _chat.Messages.EditCardAsync("general", id, Card.Answer(title), TestContext.Current.CancellationToken));

    private static async Task<(string Event, long Id, string Title)> NextAsync(StreamReader stream)
    {
        var id = await NextIdAsync(stream);
        var message = JsonSerializer.Deserialize<LocalMessage>((await NextAsync(stream, "data: "))["data: ".Length..], LocalMessages.Json)!;
        return (id, message.Id, message.Card!.Title);
    }

    private static async Task<string> NextIdAsync(StreamReader stream) => (await NextAsync(stream, "id: "))["id: ".Length..];

    private static async Task<string> NextAsync(StreamReader stream, string start)
    {
        while (true)
        {
            var line = await stream.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
