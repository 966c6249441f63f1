using System.Text.Json.Nodes;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>The contract of every platform, and what is Slack's own.</summary>
public sealed class SlackPlatformTests : ChatPlatformContract
{
    private const string Key = "alert-1";

    private readonly WatchedTime _time = new();
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private SlackStorage _storage = null!;
    private SlackWeb _slack = null!;
    private SlackClient _client = null!;
    private SlackPlatform _platform = null!;

    private protected override IChatPlatform Platform => new PatientPlatform(_platform, _time);

    private protected override ChannelAddress Channel => new("slack", "T1/C1");

    public override async ValueTask InitializeAsync()
    {
        _storage = await SlackStorage.OpenAsync();
        _slack = await SlackWeb.StartAsync(_time);
        var options = new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri, BotToken = SlackWeb.Token };
        _client = new SlackClient(options, _time);
        _platform = Restarted();
    }

    public override async ValueTask DisposeAsync()
    {
        Assert.All(_slack.CallsOf("chat.postMessage"), c => Assert.Equal("none false false false", $"{c.Arguments["parse"]} {c.Arguments["link_names"]} {c.Arguments["unfurl_links"]} {c.Arguments["unfurl_media"]}"));
        _client.Dispose();
        _storage.Dispose();
        _cache.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultEnd.Reset)]
    [InlineData(FaultEnd.Half)]
    public async Task A_lost_answer_is_unknown_and_the_next_attempt_finds_what_it_showed(FaultEnd end)
    {
        var since = _time.GetUtcNow();
        _slack.Fault("chat.postMessage", new SlackFault { Works = true, End = end });
        Assert.IsType<SendResult.Unknown>(await TrySendAsync("Once"));
        Noise(120);
        _time.Advance(TimeSpan.FromHours(1));
        Noise(120);

        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Edited since", since: since));

        Assert.Equal(sent.MessageId, (string?)Assert.Single(Own())["ts"]);
        Assert.Single(_slack.CallsOf("chat.postMessage"));
        Assert.Equal(3, _slack.CallsOf("conversations.history").Count);
    }

    [Fact]
    public async Task What_was_not_shown_is_sent_after_a_look_also_by_a_process_that_knows_nothing_of_it()
    {
        var since = _time.GetUtcNow();
        _slack.Fault("chat.postMessage", new SlackFault { End = FaultEnd.Reset });
        Assert.IsType<SendResult.Unknown>(await TrySendAsync("Once"));
        Assert.IsType<SendResult.Sent>(await Patient().SendAsync(new OutgoingMessage(Channel, Card.Answer("Once"), "another"), TestContext.Current.CancellationToken));
        _platform = Restarted();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: since));
        _platform = Restarted();
        Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: since));

        Assert.Equal(["another", Key], Own().Select(m => (string?)m["metadata"]!["event_payload"]!["key"]));
    }

    [Fact]
    public async Task A_server_that_keeps_no_metadata_is_searched_for_the_words()
    {
        _slack.Add("C1", "U1", "Once");
        var own = _slack.Add("C1", SlackWeb.Bot, "Once");

        Assert.Equal((string?)own["ts"], Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: _time.GetUtcNow())).MessageId);
        Assert.Empty(_slack.CallsOf("chat.postMessage"));
    }

    [Fact]
    public async Task Where_one_page_a_minute_may_be_read_the_look_goes_on_where_it_stopped()
    {
        var since = _time.GetUtcNow();
        _slack.PageLength = 15;
        _slack.Fault("chat.postMessage", new SlackFault { Works = true, End = FaultEnd.Reset });
        await TrySendAsync("Once");
        Noise(40);
        var limit = new SlackFault { Status = 429, RetryAfter = "60" };
        SendResult result = new SendResult.Unknown("");
        for (var minute = 0; minute < 3; minute++)
        {
            _slack.Fault("conversations.history", new SlackFault { Works = true });
            _slack.Fault("conversations.history", limit);
            result = await TrySendAsync("Once", since: since);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<SendResult.Sent>(result);
        Assert.Single(Own());
        Assert.Equal(5, _slack.CallsOf("conversations.history").Count);
    }

    [Theory]
    [InlineData("missing_scope", ""","needed":"channels:history","provided":"chat:write" """, "channels:history")]
    [InlineData("not_in_channel", "", "/invite @AlertBot")]
    public async Task Where_it_can_not_look_it_says_so_and_does_not_send_again(string error, string more, string told)
    {
        _slack.Fault("conversations.history", SlackFault.Error(error, more));

        var why = Assert.IsType<SendResult.Rejected>(await TrySendAsync("Once", since: _time.GetUtcNow())).Why;

        Assert.Contains("may have been shown", why, StringComparison.Ordinal);
        Assert.Contains(told, why, StringComparison.Ordinal);
        Assert.Empty(_slack.CallsOf("chat.postMessage"));
    }

    [Theory]
    [InlineData(FaultEnd.Reset, 200)]
    [InlineData(FaultEnd.Whole, 503)]
    public async Task As_long_as_it_can_not_look_nothing_is_sent(FaultEnd end, int status)
    {
        _slack.Fault("conversations.history", new SlackFault { End = end, Status = status }, times: 2);
        var since = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("Once", since: since));
        Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("Once", since: since));
        Assert.Empty(_slack.CallsOf("chat.postMessage"));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: since));
    }

    [Fact]
    public async Task A_channel_gets_one_message_a_second_and_waits_for_no_other()
    {
        _slack.Channels["C2"] = new JsonObject { ["id"] = "C2" };
        Assert.IsType<SendResult.Sent>(await TrySendAsync("1", "key-1"));

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("2", "key-2")).Delay);
        Assert.IsType<SendResult.Sent>(await TrySendAsync("2", "key-2", to: "T1/C2"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("2", "key-2"));
        Assert.Equal(3, _slack.CallsOf("chat.postMessage").Count);
    }

    [Theory]
    [InlineData("channel_not_found", typeof(SendResult.NoAccess), "/invite @AlertBot")]
    [InlineData("not_in_channel", typeof(SendResult.NoAccess), "/invite @AlertBot")]
    [InlineData("is_archived", typeof(SendResult.NoAccess), "archived")]
    [InlineData("restricted_action", typeof(SendResult.NoAccess), "Posting permissions")]
    [InlineData("restricted_action_read_only_channel", typeof(SendResult.NoAccess), "Posting permissions")]
    [InlineData("restricted_action_thread_locked", typeof(SendResult.NoAccess), "locked")]
    [InlineData("missing_scope", typeof(SendResult.NoAccess), "install")]
    [InlineData("ekm_access_denied", typeof(SendResult.NoAccess), "admin")]
    [InlineData("team_access_not_granted", typeof(SendResult.NoAccess), "admin")]
    [InlineData("msg_too_long", typeof(SendResult.Rejected), "msg_too_long")]
    [InlineData("invalid_blocks", typeof(SendResult.Rejected), "invalid_blocks")]
    [InlineData("msg_blocks_too_long", typeof(SendResult.Rejected), "msg_blocks_too_long")]
    [InlineData("no_text", typeof(SendResult.Rejected), "no_text")]
    [InlineData("ratelimited", typeof(SendResult.RetryAfter), "")]
    [InlineData("external_channel_migrating", typeof(SendResult.RetryAfter), "")]
    [InlineData("service_unavailable", typeof(SendResult.RetryAfter), "")]
    [InlineData("internal_error", typeof(SendResult.Unknown), "")]
    [InlineData("fatal_error", typeof(SendResult.Unknown), "")]
    public async Task Each_refusal_leads_to_its_action_after_one_call(string error, Type expected, string told)
    {
        _slack.Fault("chat.postMessage", SlackFault.Error(error));

        var result = await TrySendAsync("x");

        Assert.IsType(expected, result);
        Assert.Contains(told, result.ToString(), StringComparison.Ordinal);
        Assert.Single(_slack.CallsOf("chat.postMessage"));
        Assert.Empty(Own());
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    [InlineData("token_expired")]
    [InlineData("not_authed")]
    public async Task A_dead_token_is_told_and_shows_nothing_while_Slack_does_not_take_it_again(string error)
    {
        await TrySendAsync("x", "key-1");
        _slack.Fault("chat.postMessage", SlackFault.Error(error));
        _slack.Fault("auth.test", SlackFault.Error(error));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<SendResult.NoAccess>(await TrySendAsync("x"));
        Assert.NotNull(_platform.Trouble);
        var calls = _slack.CallsOf("chat.postMessage").Count;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SendResult.NoAccess>(await TrySendAsync("x"));
        _time.Advance(TimeSpan.FromDays(30));
        Assert.IsType<SendResult.ChannelGone>(await TrySendAsync("x"));
        Assert.Equal(calls, _slack.CallsOf("chat.postMessage").Count);
    }

    [Fact]
    public async Task A_workspace_that_never_had_the_app_is_gone_and_one_that_can_not_be_told_yet_is_tried_again()
    {
        _slack.Fault("auth.test", new SlackFault { Status = 503, Body = "" });

        Assert.NotNull(Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("x")).Delay);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SendResult.ChannelGone>(await TrySendAsync("x", to: "T2/C1"));
        Assert.Empty(_slack.CallsOf("chat.postMessage"));
    }

    [Fact]
    public async Task While_Slack_is_down_a_message_is_not_blamed_for_it_and_hardly_anything_is_asked()
    {
        await TrySendAsync("x", "key-0");
        _slack.Fault("chat.postMessage", new SlackFault { Status = 503, Body = "" }, times: 10_000);
        var results = new List<SendResult>();
        for (var minute = 0; minute < 6 * 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            results.Add(await TrySendAsync("x"));
        }

        Assert.All(results.Skip(2), r => Assert.True(r is SendResult.Unknown { Delay: not null } or SendResult.RetryAfter { Delay: not null }, r.ToString()));
        var asked = _slack.Calls.Count;
        for (var message = 0; message < 100; message++)
        {
            await TrySendAsync("x");
        }

        Assert.InRange(_slack.Calls.Count - asked, 0, 1);
        _slack.ClearFaults();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("x"));
        Assert.Null(_platform.Trouble);
    }

    [Fact]
    public async Task A_person_is_written_to_and_edited_in_their_direct_messages_and_may_be_away()
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("For you", to: "T1/U1"));
        Assert.IsType<SendResult.Sent>(await _platform.EditAsync(new ChannelAddress("slack", "T1/U1"), sent.MessageId, Card.Answer("Edited"), TestContext.Current.CancellationToken));

        Assert.Contains("Edited", (string?)Assert.Single(_slack.Messages("DU1"))["text"], StringComparison.Ordinal);
        _slack.Fault("chat.postMessage", SlackFault.Error("channel_not_found"));
        Assert.IsType<SendResult.ChannelGone>(await TrySendAsync("For you", to: "T1/U2"));
    }

    [Fact]
    public async Task A_lost_answer_to_a_person_or_in_a_thread_is_found_there()
    {
        var root = Assert.IsType<SendResult.Sent>(await TrySendAsync("Root", "key-0"));
        _time.Advance(TimeSpan.FromSeconds(1));
        var since = _time.GetUtcNow();
        _slack.Fault("chat.postMessage", new SlackFault { Works = true, End = FaultEnd.Reset }, times: 2);
        var reply = new OutgoingMessage(Channel, Card.Answer("Reply"), Key) { Under = root.MessageId };
        Assert.IsType<SendResult.Unknown>(await _platform.SendAsync(reply, TestContext.Current.CancellationToken));
        Assert.IsType<SendResult.Unknown>(await TrySendAsync("For you", to: "T1/U1"));

        var sent = Assert.IsType<SendResult.Sent>(await _platform.SendAsync(reply with { MaybeShownSince = since }, TestContext.Current.CancellationToken));
        Assert.Equal(new ChannelAddress("slack", $"T1/C1/{root.MessageId}"), sent.Thread);
        Assert.IsType<SendResult.Sent>(await TrySendAsync("For you", to: "T1/U1", since: since));
        Assert.Single(_slack.Thread("C1", root.MessageId));
        Assert.Single(_slack.Messages("DU1"));
        Assert.Equal(3, _slack.CallsOf("chat.postMessage").Count);
    }

    [Fact]
    public async Task A_follow_in_a_thread_is_answered_there_and_a_message_without_threads_gets_its_answer_in_the_channel()
    {
        var root = Assert.IsType<SendResult.Sent>(await TrySendAsync("Root", "key-0"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("x", to: $"T1/C1/{root.MessageId}"));
        Assert.Single(_slack.Thread("C1", root.MessageId));

        _slack.Fault("chat.postMessage", SlackFault.Error("cannot_reply_to_message"));
        var reply = new OutgoingMessage(Channel, Card.Answer("Reply"), "key-2") { Under = root.MessageId };
        Assert.Null(Assert.IsType<SendResult.Sent>(await Platform.SendAsync(reply, TestContext.Current.CancellationToken)).Thread);
        Assert.Equal(2, _slack.Messages("C1").Count);
    }

    [Fact]
    public async Task What_goes_under_a_deleted_message_is_rejected()
    {
        var root = Assert.IsType<SendResult.Sent>(await TrySendAsync("Root", "key-0"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _slack.Fault("chat.postMessage", SlackFault.Error("thread_not_found"));

        Assert.IsType<SendResult.Rejected>(await Platform.SendAsync(new OutgoingMessage(Channel, Card.Answer("Reply"), "key-2") { Under = root.MessageId }, TestContext.Current.CancellationToken));
        Assert.Single(_slack.Messages("C1"));
    }

    [Theory]
    [InlineData("message_not_found", typeof(SendResult.Rejected))]
    [InlineData("cant_update_message", typeof(SendResult.Rejected))]
    [InlineData("edit_window_closed", typeof(SendResult.Rejected))]
    [InlineData("channel_not_found", typeof(SendResult.NoAccess))]
    [InlineData("ratelimited", typeof(SendResult.RetryAfter))]
    [InlineData("fatal_error", typeof(SendResult.Unknown))]
    public async Task Each_refusal_of_an_edit_leads_to_its_action(string error, Type expected)
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _slack.Fault("chat.update", SlackFault.Error(error));

        Assert.IsType(expected, await _platform.EditAsync(Channel, sent.MessageId, Card.Answer("Edited"), TestContext.Current.CancellationToken));
        Assert.Single(_slack.CallsOf("chat.update"));
    }

    [Fact]
    public async Task An_image_is_uploaded_first_and_a_message_is_shown_without_it_if_that_fails()
    {
        Assert.IsType<SendResult.Sent>(await SendImageAsync("key-1"));
        Assert.Equal(["auth.test", "files.getUploadURLExternal", "bytes", "files.completeUploadExternal", "chat.postMessage"], _slack.Calls.Select(c => c.Method));
        Assert.Equal("3", (string?)Assert.Single(_slack.CallsOf("files.getUploadURLExternal")).Arguments["length"]);
        Assert.Contains("F1", Own()[0]["blocks"]!.ToJsonString(), StringComparison.Ordinal);

        foreach (var (method, number) in new[] { ("files.getUploadURLExternal", 2), ("bytes", 3), ("files.completeUploadExternal", 4) })
        {
            _slack.Fault(method, SlackFault.Error("no"));
            Assert.IsType<SendResult.Sent>(await SendImageAsync($"key-{number}"));
            Assert.DoesNotContain("F1", Own()[^1]["blocks"]!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task An_image_that_Slack_still_looks_through_is_tried_again_and_then_gone_without(int refusals, bool isShown)
    {
        _slack.Fault("chat.postMessage", SlackFault.Error("invalid_blocks"), refusals);

        Assert.IsType<SendResult.Sent>(await SendImageAsync("key-1"));

        Assert.Equal(isShown, Own()[0]["blocks"]!.ToJsonString().Contains("F1", StringComparison.Ordinal));
        Assert.Single(_slack.CallsOf("bytes"));
    }

    [Fact]
    public async Task An_image_is_uploaded_once_however_often_its_message_is_tried()
    {
        _slack.Fault("chat.postMessage", SlackFault.Error("service_unavailable"));
        Assert.IsType<SendResult.RetryAfter>(await SendImageAsync("key-1"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<SendResult.Sent>(await SendImageAsync("key-1"));

        Assert.Single(_slack.CallsOf("bytes"));
    }

    private protected override Task<IReadOnlyList<string>> ShownAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. Own().Select(m => $"{m["text"]} {m["blocks"]}")]);

    private SlackPlatform Restarted()
    {
        var options = new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri, BotToken = SlackWeb.Token };
        var api = new SlackApi(_client, _storage.Workspaces(options, _client, _time), _cache, NullLogger<SlackApi>.Instance);
        return new SlackPlatform(api, SlackCards.Renderer, new UploadedImages(api, SlackCards.Renderer), new SocketState(), _time);
    }

    private PatientPlatform Patient() => new(_platform, _time);

    private IReadOnlyList<JsonObject> Own() => [.. _slack.Messages("C1").Where(m => (string?)m["user"] == SlackWeb.Bot)];

    private void Noise(int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            _slack.Add("C1", "U1", "Once");
        }
    }

    private protected override string Role => "S1";

    private protected override Task<IReadOnlyList<string>> CalledAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. Own().SelectMany(m => SlackMrkdwn.ActsOf(m["blocks"]!).Where(a => a.StartsWith("mention", StringComparison.Ordinal))).Select(a => a["mention <!subteam^".Length..^1])]);

    private protected override Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync() =>
        Task.FromResult<IReadOnlyList<(string, byte[])>>([.. _slack.Files.Where(f => f.Channel == "C1" && Own().Any(m => (string?)m["ts"] == f.Thread)).Select(f => (f.Name, f.Bytes))]);

    private Task<SendResult> SendImageAsync(string key) => Platform.SendAsync(
        new OutgoingMessage(Channel, Card.Answer("A chart") with { Image = new CardImage([1, 2, 3], "A line goes up.") }, key), TestContext.Current.CancellationToken);

    private Task<SendResult> TrySendAsync(string title, string key = Key, string to = "T1/C1", DateTimeOffset? since = null) => _platform.SendAsync(
        new OutgoingMessage(new ChannelAddress("slack", to), Card.Answer(title), key) { MaybeShownSince = since }, TestContext.Current.CancellationToken);
}
