using System.Text.Json;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Faults;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Platforms.Discord.Rest;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Discord;

/// <summary>The contract of every platform, and what is Discord's own, against an emulator that discord.js accepts.</summary>
public sealed class DiscordPlatformTests : ChatPlatformContract
{
    private const string Key = "alert-1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-discord-").FullName;
    private DiscordEmulator _discord = null!;
    private RestClient _rest = null!;
    private DiscordPlatform _platform = null!;

    private protected override IChatPlatform Platform => _platform;

    private protected override ChannelAddress Channel => new("discord", _discord.ChannelId);

    public override async ValueTask InitializeAsync()
    {
        _discord = await DiscordEmulator.StartAsync(new DiscordEmulatorOptions { Clock = _time, MessagesPerWindow = 50 }, TestContext.Current.CancellationToken);
        var database = new SqliteDatabase(Path.Combine(_folder, "bot.db"));
        await new Migrator(database, _time).MigrateAsync(TestContext.Current.CancellationToken);
        _rest = new RestClient(new DiscordOptions { Token = _discord.Token, ApiBase = _discord.ApiBase.AbsoluteUri }, _time, new Random(1), NullLogger<RestClient>.Instance);
        _platform = new DiscordPlatform(new DiscordApi(_rest), new GatewayState(_time), new CommandKeys(database, _time), _time);
    }

    public override async ValueTask DisposeAsync()
    {
        Assert.Empty(_discord.Violations);
        Assert.All(_discord.Requests.Where(r => r.Method is "POST" or "PATCH" && r.Path.Contains("/messages", StringComparison.Ordinal) && !r.Path.EndsWith("/threads", StringComparison.Ordinal)), r =>
            Assert.Matches($$"""^\{"parse":\[\](,"roles":\["{{Role}}"\])?\}$""", r.Body!.Value.GetProperty("allowed_mentions").GetRawText()));
        _rest.Dispose();
        await _discord.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_and_the_next_attempt_shows_nothing_twice()
    {
        _discord.Fault(new RestFault { Method = "POST", Path = "/messages$", AcceptFirst = true, Status = 502 });

        Assert.IsType<SendResult.Unknown>(await TrySendAsync("Once"));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: _time.GetUtcNow()));

        Assert.Single(_discord.Messages(_discord.ChannelId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_attempt_long_after_a_lost_answer_looks_before_it_sends(bool wasShown)
    {
        var since = _time.GetUtcNow();
        _discord.Fault(new RestFault { Method = "POST", Path = "/messages$", AcceptFirst = wasShown, Drop = true });
        Assert.IsType<SendResult.Unknown>(await TrySendAsync("Once"));
        for (var noise = 0; noise < 120; noise++)
        {
            _discord.PostHumanMessage("Once");
        }

        _time.Advance(TimeSpan.FromHours(1));
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", since: since));

        Assert.Equal(sent.MessageId, Assert.Single(OwnMessages()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_headline_that_was_edited_after_a_lost_answer_is_not_shown_beside_the_old_one()
    {
        var alert = new Card("A storm is coming") { Link = "https://news.example/1", Footer = "Example News · alert 1" };
        var since = _time.GetUtcNow();
        _discord.Fault(new RestFault { Method = "POST", Path = "/messages$", AcceptFirst = true, Drop = true });
        var first = new OutgoingMessage(Channel, alert, Key);
        await _platform.SendAsync(first, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromHours(1));

        var edited = first with { Card = alert with { Title = "The storm is over" }, MaybeShownSince = since };
        Assert.IsType<SendResult.Sent>(await _platform.SendAsync(edited, TestContext.Current.CancellationToken));
        Assert.Single(OwnMessages());

        var other = first with { Card = edited.Card with { Footer = "Example News · alert 2" }, IdempotencyKey = "alert-2", MaybeShownSince = since };
        Assert.IsType<SendResult.Sent>(await _platform.SendAsync(other, TestContext.Current.CancellationToken));
        Assert.Equal(2, OwnMessages().Count);
    }

    [Fact]
    public async Task Where_it_can_not_look_it_says_so_and_does_not_send_again()
    {
        var since = _time.GetUtcNow();
        _discord.Fault(new RestFault { Method = "POST", Path = "/messages$", AcceptFirst = true, Drop = true });
        await TrySendAsync("Once");
        _discord.Permit(_discord.ChannelId, DiscordPermissions.Usual & ~DiscordPermissions.ReadMessageHistory);
        _time.Advance(TimeSpan.FromHours(1));

        var rejected = Assert.IsType<SendResult.Rejected>(await TrySendAsync("Once", since: since));

        Assert.Contains("“Read Message History”", rejected.Why, StringComparison.Ordinal);
        Assert.Single(OwnMessages());
    }

    [Theory]
    [InlineData(DiscordPermissions.SendMessages, "“Send Messages”")]
    [InlineData(DiscordPermissions.EmbedLinks, "“Embed Links”")]
    [InlineData(DiscordPermissions.ViewChannel, "“View Channel”")]
    public async Task A_missing_permission_is_named_with_the_way_to_give_it(DiscordPermissions missing, string name)
    {
        _discord.Permit(_discord.ChannelId, DiscordPermissions.Usual & ~missing);

        var why = Assert.IsType<SendResult.NoAccess>(await TrySendAsync("x")).Why;

        Assert.Contains(name, why, StringComparison.Ordinal);
        Assert.Contains("channel's settings", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 10003, typeof(SendResult.ChannelGone))]
    [InlineData(404, 10004, typeof(SendResult.ChannelGone))]
    [InlineData(403, 50007, typeof(SendResult.ChannelGone))]
    [InlineData(400, 160006, typeof(SendResult.NoAccess))]
    [InlineData(403, 160005, typeof(SendResult.NoAccess))]
    [InlineData(400, 200000, typeof(SendResult.Rejected))]
    [InlineData(400, 240000, typeof(SendResult.Rejected))]
    [InlineData(400, 50035, typeof(SendResult.Rejected))]
    [InlineData(400, 50006, typeof(SendResult.Rejected))]
    [InlineData(429, 20028, typeof(SendResult.RetryAfter))]
    [InlineData(500, 130000, typeof(SendResult.Unknown))]
    [InlineData(503, 0, typeof(SendResult.Unknown))]
    [InlineData(401, 0, typeof(SendResult.RetryAfter))]
    public async Task Each_refusal_leads_to_its_action(int status, int code, Type expected)
    {
        _discord.Fault(new RestFault { Method = "POST", Path = "/messages$", Status = status, Code = code, Message = "no" });

        Assert.IsType(expected, await TrySendAsync("x"));
        Assert.Empty(OwnMessages());
    }

    [Fact]
    public async Task An_archived_thread_is_opened_and_a_locked_one_is_closed_to_us()
    {
        var thread = _discord.AddChannel(_discord.GuildId, 11, new DiscordChannelOptions { ParentId = _discord.ChannelId, Archived = true });
        var locked = _discord.AddChannel(_discord.GuildId, 11, new DiscordChannelOptions { ParentId = _discord.ChannelId, Archived = true, Locked = true });

        Assert.IsType<SendResult.Sent>(await TrySendAsync("x", to: thread));
        Assert.IsType<SendResult.NoAccess>(await TrySendAsync("x", to: locked));
    }

    [Fact]
    public async Task A_forum_gets_a_post_of_its_own_with_a_tag_where_it_demands_one_and_never_two()
    {
        var forum = _discord.AddChannel(_discord.GuildId, 15, new DiscordChannelOptions { Tags = ["news"], TagRequired = true });
        _discord.Fault(new RestFault { Method = "POST", Path = $"/channels/{forum}/threads$", Times = 2 });
        _discord.Fault(new RestFault { Method = "POST", Path = $"/channels/{forum}/threads$", AcceptFirst = true, Drop = true });
        var since = _time.GetUtcNow();

        Assert.IsType<SendResult.Sent>(await TrySendAsync("A post", to: $"forum/{forum}"));
        Assert.IsType<SendResult.Unknown>(await TrySendAsync("Another post", to: $"forum/{forum}"));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("Another post", to: $"forum/{forum}", since: since));
        Assert.Equal(2, _discord.Requests.Count(r => r.Path == $"/channels/{forum}/threads" && r.Status == 201));
    }

    [Fact]
    public async Task A_person_is_written_to_in_private_and_may_refuse()
    {
        var open = _discord.AddUser("ada");
        var closed = _discord.AddUser("bob", refusesMessages: true);

        Assert.IsType<SendResult.Sent>(await TrySendAsync("For you", to: "@" + open));
        Assert.IsType<SendResult.ChannelGone>(await TrySendAsync("For you", to: "@" + closed));
        Assert.Single(_discord.Messages(_discord.DirectChannel(open)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_Discord_is_down_a_message_is_not_blamed_for_it_and_hardly_anything_is_asked(bool answers)
    {
        _discord.Begin(answers ? Outage.Status503 : Outage.Drop);
        var results = new List<SendResult>();
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            results.Add(await TrySendAsync("x"));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(results.Skip(2), r => Assert.True(r is SendResult.Unknown { Delay: not null } or SendResult.RetryAfter { Delay: not null }, r.ToString()));
        Assert.NotNull(_platform.Trouble);
        var asked = _discord.Requests.Count;
        for (var message = 0; message < 100; message++)
        {
            await TrySendAsync("x");
        }

        Assert.InRange(_discord.Requests.Count - asked, 0, 1);

        _discord.ClearFaults();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("x"));
        Assert.Null(_platform.Trouble);
    }

    [Fact]
    public async Task A_post_in_a_forum_and_a_message_to_a_person_are_edited_where_they_are()
    {
        var forum = _discord.AddChannel(_discord.GuildId, 15);
        var ada = _discord.AddUser("ada");
        var post = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", to: $"forum/{forum}"));
        var note = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", to: "@" + ada));
        _discord.SetThread(post.MessageId, archived: true, locked: false);

        Assert.IsType<SendResult.Sent>(await TryEditAsync(post.MessageId, "Edited", $"forum/{forum}"));
        Assert.IsType<SendResult.Sent>(await TryEditAsync(note.MessageId, "Edited", "@" + ada));

        Assert.Equal("Edited", TitleOf(Assert.Single(_discord.Messages(post.MessageId))));
        Assert.Equal("Edited", TitleOf(Assert.Single(_discord.Messages(_discord.DirectChannel(ada)))));
    }

    [Theory]
    [InlineData(404, 10008, typeof(SendResult.Rejected))]
    [InlineData(404, 10003, typeof(SendResult.ChannelGone))]
    [InlineData(403, 50001, typeof(SendResult.NoAccess))]
    [InlineData(400, 30046, typeof(SendResult.RetryAfter))]
    [InlineData(429, 30046, typeof(SendResult.RetryAfter))]
    [InlineData(400, 50035, typeof(SendResult.Rejected))]
    [InlineData(503, 0, typeof(SendResult.Unknown))]
    public async Task Each_refusal_of_an_edit_leads_to_its_action(int status, int code, Type expected)
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _discord.Fault(new RestFault { Method = "PATCH", Path = "/messages/", Status = status, Code = code, Message = "no", Times = 5 });

        Assert.IsType(expected, await TryEditAsync(sent.MessageId, "Edited"));
        Assert.Equal("Once", TitleOf(Assert.Single(OwnMessages())));
    }

    [Fact]
    public async Task Too_many_edits_of_an_old_message_wait()
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _time.Advance(TimeSpan.FromHours(2));
        SendResult result = sent;
        for (var edit = 0; edit < 100 && result is SendResult.Sent; edit++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            result = await TryEditAsync(sent.MessageId, $"Edit {edit}");
        }

        Assert.True(Assert.IsType<SendResult.RetryAfter>(result).Delay > TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_thread_is_opened_under_a_message_once_and_opened_again_when_it_is_archived()
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        var title = string.Join(' ', Enumerable.Repeat("thirteen long", 20));

        var first = Assert.IsType<SendResult.Sent>(await TrySendAsync(title, under: sent.MessageId));
        _time.Advance(TimeSpan.FromDays(3));
        _discord.SetThread(sent.MessageId, archived: true, locked: false);
        var second = Assert.IsType<SendResult.Sent>(await TrySendAsync("More", under: sent.MessageId));

        Assert.Equal([new ChannelAddress("discord", sent.MessageId), new ChannelAddress("discord", sent.MessageId)], [first.Thread, second.Thread]);
        Assert.Equal([first.MessageId, second.MessageId], _discord.Messages(sent.MessageId).Select(m => m.GetProperty("id").GetString()));
        var name = _discord.Channel(sent.MessageId)!.Value.GetProperty("name").GetString()!;
        Assert.InRange(name.Length, 80, 100);
        Assert.Matches("(thirteen|long)…$", name);
        Assert.Single(OwnMessages());
    }

    [Fact]
    public async Task Where_no_thread_can_be_it_is_posted_in_place()
    {
        var thread = _discord.AddChannel(_discord.GuildId, 11, new DiscordChannelOptions { ParentId = _discord.ChannelId });
        var forum = _discord.AddChannel(_discord.GuildId, 15);
        var ada = _discord.AddUser("ada");
        foreach (var (to, shownIn) in new[] { (thread, thread), ($"forum/{forum}", null), ("@" + ada, _discord.DirectChannel(ada)) })
        {
            var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once", to: to));
            var under = Assert.IsType<SendResult.Sent>(await TrySendAsync("More", to: to, under: sent.MessageId, key: "discuss-1"));

            // The post of a forum is itself the thread.
            Assert.Equal(shownIn is null ? new ChannelAddress("discord", sent.MessageId) : null, under.Thread);
            Assert.Equal(["Once", "More"], _discord.Messages(shownIn ?? sent.MessageId).Select(TitleOf));
        }
    }

    [Theory]
    [InlineData(DiscordPermissions.CreatePublicThreads, "“Create Public Threads”")]
    [InlineData(DiscordPermissions.CreatePublicThreads | DiscordPermissions.SendMessagesInThreads, "“Create Public Threads”, “Send Messages in Threads”")]
    public async Task What_a_thread_needs_is_named(DiscordPermissions missing, string names)
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _discord.Permit(_discord.ChannelId, DiscordPermissions.Usual & ~missing);

        Assert.Contains($"missing {names}.", Assert.IsType<SendResult.NoAccess>(await TrySendAsync("More", under: sent.MessageId)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_a_message_that_was_deleted_nothing_is_posted()
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _discord.DeleteMessage(_discord.ChannelId, sent.MessageId);

        Assert.IsType<SendResult.Rejected>(await TrySendAsync("More", under: sent.MessageId));
        Assert.Empty(OwnMessages());
    }

    [Fact]
    public async Task A_thread_whose_answer_was_lost_is_found_again()
    {
        var sent = Assert.IsType<SendResult.Sent>(await TrySendAsync("Once"));
        _discord.Fault(new RestFault { Method = "POST", Path = "/threads$", AcceptFirst = true, Drop = true });

        Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("More", under: sent.MessageId));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("More", under: sent.MessageId));
        Assert.Single(_discord.Messages(sent.MessageId));
    }

    [Fact]
    public async Task A_picture_goes_along_with_its_description()
    {
        byte[] png = [137, 80, 78, 71, 13, 10, 26, 10];

        await SendAsync(Card.Answer("A chart") with { Image = new CardImage(png, "Stories by week") }, Key);

        var attachment = Assert.Single(_discord.Messages(_discord.ChannelId)).GetProperty("attachments")[0];
        Assert.Equal("Stories by week", attachment.GetProperty("description").GetString());
        Assert.Equal(png.Length, attachment.GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("@")]
    [InlineData("12a")]
    [InlineData("123456789012345678901")]
    [InlineData("../users/@me")]
    public async Task An_address_that_is_none_is_never_asked_for(string channel)
    {
        Assert.IsType<SendResult.ChannelGone>(await TrySendAsync("x", to: channel));
        Assert.Empty(_discord.Requests);
    }

    private protected override Task<IReadOnlyList<string>> ShownAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _discord.Messages(_discord.ChannelId).Select(m => string.Join('\n', Texts(m.GetProperty("embeds"))))]);

    private protected override string Role => "200000000000000777";

    private protected override Task<IReadOnlyList<string>> CalledAsync()
    {
        var messages = _discord.Messages(_discord.ChannelId);
        Assert.DoesNotContain(messages, m => m.GetProperty("mention_everyone").GetBoolean() || m.GetProperty("mentions").GetArrayLength() > 0);
        return Task.FromResult<IReadOnlyList<string>>([.. messages.SelectMany(m => m.GetProperty("mention_roles").EnumerateArray()).Select(r => r.GetString()!)]);
    }

    private protected override async Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync()
    {
        var files = new List<(string, byte[])>();
        foreach (var attachment in _discord.Messages(_discord.ChannelId).SelectMany(m => m.GetProperty("attachments").EnumerateArray()))
        {
            files.Add((attachment.GetProperty("filename").GetString()!, await TestHttp.BytesAsync(attachment.GetProperty("url").GetString()!)));
        }

        return files;
    }

    private Task<SendResult> TrySendAsync(string title, string? to = null, DateTimeOffset? since = null, string? under = null, string key = Key) => _platform.SendAsync(
        new OutgoingMessage(new ChannelAddress("discord", to ?? _discord.ChannelId), Card.Answer(title) with { Link = "https://news.example/1" }, key) { MaybeShownSince = since, Under = under },
        TestContext.Current.CancellationToken);

    private Task<SendResult> TryEditAsync(string message, string title, string? to = null) => _platform.EditAsync(
        new ChannelAddress("discord", to ?? _discord.ChannelId), message, Card.Answer(title), TestContext.Current.CancellationToken);

    private static string? TitleOf(JsonElement message) => message.GetProperty("embeds")[0].GetProperty("title").GetString();

    private IReadOnlyList<JsonElement> OwnMessages() =>
        [.. _discord.Messages(_discord.ChannelId).Where(m => m.GetProperty("author").GetProperty("id").GetString() == _discord.BotUserId)];

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
