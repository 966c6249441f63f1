using System.Text.Json.Nodes;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Who may have the bot post where, and who is who.</summary>
public sealed class PostingRightsTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new();
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private SlackStorage _storage = null!;
    private SlackWeb _slack = null!;
    private SlackClient _client = null!;
    private SlackApi _api = null!;
    private PostingRights _rights = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await SlackStorage.OpenAsync();
        _slack = await SlackWeb.StartAsync(_time);
        var options = new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri, BotToken = SlackWeb.Token };
        _client = new SlackClient(options, _time);
        _api = new SlackApi(_client, _storage.Workspaces(options, _client, _time), _cache, NullLogger<SlackApi>.Instance);
        _rights = new PostingRights(_api);
        AddChannel("C2", "is_channel");
        AddChannel("C3", "is_private", "is_member");
        AddChannel("C4", "is_private");
        AddChannel("C5", "is_channel", "is_archived");
        AddChannel("G6", "is_member");
        _slack.Channels["D1"] = new JsonObject { ["id"] = "D1", ["is_im"] = true, ["user"] = "U1" };
        _slack.Users["UGUEST"] = new JsonObject { ["id"] = "UGUEST", ["name"] = "guest", ["is_restricted"] = true, ["is_admin"] = true };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _storage.Dispose();
        _cache.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData("slack:T1/C1", "U1", null)]
    [InlineData("slack:T1/C2", "U1", null)]
    [InlineData("slack:T1/C2", "UGUEST", "no member of that channel yourself")]
    [InlineData("slack:T1/C3", "U1", "no member of that channel yourself")]
    [InlineData("slack:T1/G6", "U1", "no member of that channel yourself")]
    [InlineData("slack:T1/C4", "U1", "/invite @AlertBot")]
    [InlineData("slack:T1/C5", "U1", "archived")]
    [InlineData("slack:T1/C404", "U1", "/invite @AlertBot")]
    [InlineData("slack:T1/D1", "U1", null)]
    [InlineData("slack:T1/D1", "U2", "somebody else")]
    [InlineData("slack:T1/U1", "U1", null)]
    [InlineData("slack:T1/U2", "U1", "ask for it themselves")]
    [InlineData("slack:T2/C1", "U1", "another workspace")]
    [InlineData("discord:1", "U1", "no channel of Slack")]
    [InlineData("slack:here", "U1", "no channel of Slack")]
    public async Task The_bot_posts_only_where_it_and_the_person_may(string target, string user, string? fault)
    {
        var told = await _rights.FaultAsync("T1", user, ChannelAddress.Parse(target), TestContext.Current.CancellationToken);

        Assert.Equal(fault is null, told is null);
        Assert.Contains(fault ?? "", told ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_a_private_channel_is_found_on_a_later_page()
    {
        _slack.PageLength = 2;
        _slack.Members["C3"] = ["U7", "U8", "U9", "U1"];

        Assert.Null(await FaultAsync("T1/C3"));
        Assert.Equal(2, _slack.CallsOf("conversations.members").Count);
    }

    [Fact]
    public async Task A_crowd_is_not_looked_through_without_end()
    {
        _slack.PageLength = 1;
        _slack.Members["C3"] = [.. Enumerable.Range(100, 50).Select(n => $"U{n}")];

        Assert.Contains("too many members", await FaultAsync("T1/C3"), StringComparison.Ordinal);
        Assert.Equal(10, _slack.CallsOf("conversations.members").Count);
    }

    [Theory]
    [InlineData("conversations.info")]
    [InlineData("conversations.members")]
    public async Task What_can_not_be_found_out_is_no_right(string method)
    {
        _slack.Fault(method, new SlackFault { Status = 503 });
        Assert.Contains("Try again", await FaultAsync("T1/C3"), StringComparison.Ordinal);

        _slack.Fault(method, SlackFault.Error("missing_scope", ""","needed":"groups:read" """));
        Assert.Contains("groups:read", await FaultAsync("T1/C3"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"is_admin":true}""", true, true)]
    [InlineData("""{"is_owner":true}""", true, true)]
    [InlineData("""{"is_primary_owner":true}""", true, true)]
    [InlineData("""{"is_admin":false}""", false, true)]
    [InlineData("""{"is_admin":true,"is_restricted":true}""", false, false)]
    [InlineData("""{"is_admin":true,"is_ultra_restricted":true}""", false, false)]
    [InlineData("""{"is_admin":true,"is_bot":true}""", false, false)]
    [InlineData("""{"is_admin":true,"deleted":true}""", false, false)]
    [InlineData("""{"is_admin":true,"is_stranger":true}""", false, false)]
    [InlineData("""{"is_admin":true,"team_id":"T2"}""", false, false)]
    [InlineData("""{"is_admin":true,"team_id":"T2","enterprise_user":{"teams":["T1"]}}""", true, true)]
    [InlineData("""{"is_admin":"true"}""", false, true)]
    public async Task Only_admins_and_owners_of_the_workspace_itself_moderate(string flags, bool isAdmin, bool hasGroups)
    {
        var user = JsonNode.Parse(flags)!.AsObject();
        user["id"] = "U1";
        user["profile"] = new JsonObject { ["display_name"] = "", ["real_name"] = "Ada L." };
        _slack.Users["U1"] = user;

        var person = await _api.PersonAsync("T1", "U1", TestContext.Current.CancellationToken);

        Assert.NotNull(person);
        Assert.Equal(("U1", "Ada L.", isAdmin), (person.Id, person.Name, person.IsAdmin));
        Assert.Equal(hasGroups ? ["S1"] : [], person.Groups);
    }

    [Fact]
    public async Task Who_somebody_is_is_asked_once_in_a_while_and_an_unknown_answer_is_not_kept()
    {
        _slack.Fault("users.info", new SlackFault { Status = 503 });
        Assert.Null(await _api.PersonAsync("T1", "U1", TestContext.Current.CancellationToken));
        for (var time = 0; time < 3; time++)
        {
            Assert.NotNull(await _api.PersonAsync("T1", "U1", TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, _slack.CallsOf("users.info").Count);
        Assert.Equal([new Choice("S1", "@editors")], await _api.GroupsAsync("T1", TestContext.Current.CancellationToken));
        Assert.Single(_slack.CallsOf("usergroups.list"));
    }

    private Task<string?> FaultAsync(string channel) => _rights.FaultAsync("T1", "U1", new ChannelAddress("slack", channel), TestContext.Current.CancellationToken);

    private void AddChannel(string id, params string[] flags) =>
        _slack.Channels[id] = new JsonObject(flags.Select(f => KeyValuePair.Create(f, (JsonNode?)true))) { ["id"] = id };
}
