using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms.Slack.Sockets;

public sealed class DeliveriesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SlackDelivery Delivery = new(DeliveryKind.Interactive, JsonElement.Parse("""{"type":"block_suggestion"}"""));

    private readonly WatchedTime _time = new();
    private readonly ConcurrentQueue<JsonObject?> _sent = new();

    [Fact]
    public async Task What_the_work_has_to_say_goes_with_the_acknowledgement()
    {
        using var deliveries = Of(async (_, acknowledge, token) => Assert.True(await acknowledge(new JsonObject { ["options"] = new JsonArray() }, token)));
        deliveries.Take(Delivery, SendAsync);
        await deliveries.FinishAsync();

        Assert.NotNull(Assert.Single(_sent)!["options"]);
    }

    [Fact]
    public async Task Work_that_takes_too_long_is_acknowledged_bare_and_once()
    {
        var (go, late) = (new TaskCompletionSource(), new TaskCompletionSource<bool>());
        using var deliveries = Of(async (_, acknowledge, token) =>
        {
            await go.Task;
            late.SetResult(await acknowledge([], token));
        });
        deliveries.Take(Delivery, SendAsync);
        await _time.BeginsAsync(Patience, 0);
        _time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_sent);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        go.SetResult();

        Assert.False(await late.Task.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Null(Assert.Single(_sent));
    }

    [Fact]
    public async Task Work_that_fails_is_acknowledged_all_the_same()
    {
        using var deliveries = Of((_, _, _) => throw new InvalidOperationException("broken"));
        deliveries.Take(Delivery, SendAsync);
        await deliveries.FinishAsync();

        Assert.Null(Assert.Single(_sent));
    }

    [Fact]
    public async Task Beyond_what_can_wait_nothing_is_taken_so_that_Slack_tells_it_again()
    {
        var go = new TaskCompletionSource();
        using var deliveries = Of((_, _, _) => go.Task);
        for (var taken = 0; taken < 5_000; taken++)
        {
            deliveries.Take(Delivery, SendAsync);
        }

        go.SetResult();
        await deliveries.FinishAsync();

        Assert.InRange(_sent.Count, 1_000, 4_999);
    }

    [Fact]
    public async Task At_the_end_what_was_begun_has_some_seconds()
    {
        var stopped = new TaskCompletionSource();
        using var deliveries = Of(async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token).ContinueWith(_ => stopped.SetResult(), TaskScheduler.Default);
        });
        deliveries.Take(Delivery, SendAsync);
        var before = _time.Begun(TimeSpan.FromSeconds(5));
        var finishing = deliveries.FinishAsync();
        await _time.BeginsAsync(TimeSpan.FromSeconds(5), before);
        Assert.False(stopped.Task.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(5));

        await finishing.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(stopped.Task.IsCompleted);
    }

    private Deliveries Of(HandleDelivery handle) => new(handle, _time, NullLogger<Deliveries>.Instance);

    private Task<bool> SendAsync(JsonObject? payload)
    {
        _sent.Enqueue(payload);
        return Task.FromResult(true);
    }
}
