using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class DeliveryHandlerTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new();
    private readonly SampleCommand _change = new(new CommandDescription("change", "Changes.", new CommandOption("text", "What.", OptionKind.Rest) { Required = true }) { Example = "change x", Changes = true });
    private readonly SlowCommand _slow = new();
    private readonly List<JsonObject?> _acknowledged = [];
    private readonly TaskCompletionSource _firstAcknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SlackWeb _slack = null!;
    private BotHarness _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackWeb.StartAsync(_time);
        _slack.Users["UADMIN"] = new JsonObject { ["id"] = "UADMIN", ["team_id"] = "T1", ["name"] = "boss", ["is_admin"] = true };
        _bot = await BotHarness.StartAsync(
            new Dictionary<string, string?> { ["Slack:BotToken"] = SlackWeb.Token, ["Slack:AppToken"] = "xapp-1", ["Slack:ApiBase"] = _slack.ApiBase.AbsoluteUri },
            _time,
            services =>
            {
                services.AddSingleton<IChatCommand>(_change);
                services.AddSingleton<IChatCommand>(_slow);
                services.AddSingleton<IChatCommand>(SampleCommand.Edit());
                services.AddSingleton<IChatCommand>(SampleCommand.Set());
                services.AddSingleton<IChatCommand>(new SampleCommand(
                    new CommandDescription("chart", "Shows an image.") { Example = "chart" }, _ => Card.Answer("A chart") with { Image = new CardImage([1, 2, 3], "A line goes up.") }));
            });
    }

    public async ValueTask DisposeAsync()
    {
        var views = _slack.Calls.Where(c => c.Method.StartsWith("views.", StringComparison.Ordinal)).Select(c => c.Arguments["view"]).Concat(_acknowledged.Select(a => a?["view"]).Where(v => v is not null));
        Assert.All(views, v => Assert.Empty(ViewRules.Check(v)));
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_acknowledged_bare_and_answered_to_the_one_who_asked()
    {
        await CommandAsync("/whois", "Kim Jong Un");

        Assert.Equal([null], _acknowledged);
        var reply = Assert.Single(_slack.CallsOf("respond")).Arguments;
        Assert.Equal("ephemeral", (string?)reply["response_type"]);
        Assert.Contains("Kim Jong-un", (string?)reply["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_the_channel_is_for_all_to_see_and_a_problem_is_not()
    {
        await CommandAsync("/alertbot", "change it");
        await CommandAsync("/alertbot", "change");

        Assert.Equal(["in_channel", "ephemeral"], _slack.CallsOf("respond").Select(c => (string?)c.Arguments["response_type"]));
        var run = Assert.Single(_change.Runs);
        Assert.Equal(("slack:T1/C1", "slack:T1", "slack:T1/U1", "slack:T1/U1"), (run.Channel.ToString(), run.Community, run.User.Id, run.User.Inbox.ToString()));
        Assert.Equal("#desk", run.NameOf(run.Channel));
    }

    [Fact]
    public async Task A_line_that_lacks_something_is_told_and_the_form_that_mends_it_is_opened()
    {
        await CommandAsync("/alertbot", "change");

        var view = Assert.Single(_slack.CallsOf("views.open")).Arguments["view"]!;
        Assert.Equal("text", (string?)view["blocks"]!.AsArray().Single(b => (string?)b!["type"] == "input")!["block_id"]);
        Assert.Single(_slack.CallsOf("respond"));
    }

    [Fact]
    public async Task A_form_is_opened_in_the_place_of_an_answer_and_where_that_fails_a_button_opens_it()
    {
        await CommandAsync("/alertbot", "edit");
        Assert.Empty(_slack.CallsOf("respond"));

        _slack.Fault("views.open", SlackFault.Error("expired_trigger_id"));
        await CommandAsync("/alertbot", "edit");
        Assert.Contains("Open the form", Assert.Single(_slack.CallsOf("respond")).Arguments.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_Slack_still_looks_through_is_shown_a_little_later_from_the_same_file()
    {
        _slack.Fault("respond", SlackFault.Error("invalid_blocks"), times: 2);

        await WithPausesAsync(CommandAsync("/alertbot", "chart"), 2, 4);

        Assert.Single(_slack.CallsOf("files.getUploadURLExternal"));
        Assert.All(_slack.CallsOf("respond"), c => Assert.Contains("F1", c.Arguments.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(3, _slack.CallsOf("respond").Count);
    }

    [Fact]
    public async Task An_image_that_Slack_never_lets_through_is_gone_without()
    {
        _slack.Fault("respond", SlackFault.Error("invalid_blocks"), times: 3);

        await WithPausesAsync(CommandAsync("/alertbot", "chart"), 2, 4);

        Assert.Equal([true, true, true, false], _slack.CallsOf("respond").Select(c => c.Arguments.ToJsonString().Contains("F1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_answer_that_Slack_did_not_take_is_given_again_after_ever_longer_pauses_five_times_at_most()
    {
        _slack.Fault("respond", new SlackFault { Status = 429, RetryAfter = "2", Body = "" }, times: 10);

        await WithPausesAsync(CommandAsync("/whois", "Kim Jong Un"), 2, 4, 16, 64);

        Assert.Equal(5, _slack.CallsOf("respond").Count);
    }

    [Fact]
    public async Task An_answer_is_not_given_again_once_its_half_hour_is_over()
    {
        _slack.Fault("respond", new SlackFault { Status = 429, RetryAfter = "1740", Body = "" });

        await CommandAsync("/whois", "Kim Jong Un");

        Assert.Single(_slack.CallsOf("respond"));
    }

    [Theory]
    [InlineData("answer:1", 500, 1)]
    [InlineData("replace:1", 500, 2)]
    [InlineData("replace:1", 404, 1)]
    public async Task An_answer_that_may_be_there_already_is_given_again_only_where_it_takes_the_place_of_a_message(string action, int status, int times)
    {
        _slack.Fault("respond", new SlackFault { Status = status, Body = "" });

        await WithPausesAsync(PressAsync(action, "/help"), times == 1 ? [] : [1]);

        Assert.Equal(times, _slack.CallsOf("respond").Count);
    }

    [Fact]
    public async Task Only_an_admin_whom_Slack_vouches_for_moderates()
    {
        await CommandAsync("/alertbot", "change a", user: "U1");
        await CommandAsync("/alertbot", "change b", user: "UADMIN");
        _slack.Users.Clear();
        await CommandAsync("/alertbot", "change c", user: "UNKNOWN");

        Assert.Equal([false, true, false], _change.Runs.Select(r => r.User.IsModerator));
        Assert.Equal([1, 0, 0], _change.Runs.Select(r => r.User.Roles.Count));
    }

    [Fact]
    public async Task What_was_told_before_is_not_done_again()
    {
        await CommandAsync("/alertbot", "change it", trigger: "same");
        await CommandAsync("/alertbot", "change it", trigger: "same");
        await EventAsync("app_mention", """{"user":"U1","text":"<@UBOT> change it","ts":"1.1","channel":"C1"}""", "Ev1");
        await EventAsync("app_mention", """{"user":"U1","text":"<@UBOT> change it","ts":"1.1","channel":"C1"}""", "Ev1");

        Assert.Equal(2, _change.Runs.Count);
        Assert.Equal(4, _acknowledged.Count);
    }

    [Fact]
    public async Task A_mention_is_answered_under_it_and_in_its_thread()
    {
        await EventAsync("app_mention", """{"user":"U1","text":"<@UBOT> change a &amp; b","ts":"1.1","channel":"C1"}""");
        await EventAsync("app_mention", """{"user":"U1","text":"<@UBOT> change c","ts":"2.2","thread_ts":"1.5","channel":"C1"}""");
        await EventAsync("app_mention", """{"user":"U1","text":"<@UBOT> nonsense","ts":"3.3","channel":"C1"}""");

        Assert.Equal(["a & b", "c"], _change.Runs.Select(r => r["text"]));
        Assert.Equal(["1.1", "1.5"], _slack.CallsOf("chat.postMessage").Select(c => (string?)c.Arguments["thread_ts"]));
        var problem = Assert.Single(_slack.CallsOf("chat.postEphemeral")).Arguments;
        Assert.Equal(("U1", null), ((string?)problem["user"], (string?)problem["thread_ts"]));
    }

    [Theory]
    [InlineData("following", "", "chat.postEphemeral", null)]
    [InlineData("following", ""","thread_ts":"1.0" """, "chat.postEphemeral", "1.0")]
    [InlineData("who kim-jong-un", "", "chat.postMessage", "1.1")]
    [InlineData("who kim-jong-un", ""","thread_ts":"1.0" """, "chat.postMessage", "1.0")]
    public async Task What_is_private_is_shown_to_the_asker_alone_where_they_asked_and_the_rest_under_the_mention(string said, string thread, string method, string? ts)
    {
        await EventAsync("app_mention", $$"""{"user":"U1","text":"<@UBOT> {{said}}","ts":"1.1","channel":"C1"{{thread}}}""");

        var shown = Assert.Single(_slack.Calls, c => c.Method.StartsWith("chat.", StringComparison.Ordinal));
        Assert.Equal((method, "C1", ts), (shown.Method, (string?)shown.Arguments["channel"], (string?)shown.Arguments["thread_ts"]));
        Assert.Equal(method == "chat.postEphemeral" ? "U1" : null, (string?)shown.Arguments["user"]);
    }

    [Theory]
    [InlineData("""{"user":"U1","text":"change x","ts":"1.1","channel":"D1","channel_type":"im","bot_id":"B1"}""")]
    [InlineData("""{"user":"U1","text":"change x","ts":"1.1","channel":"D1","channel_type":"im","subtype":"message_changed"}""")]
    [InlineData("""{"user":"U1","text":"change x","ts":"1.1","channel":"D1","channel_type":"im","edited":{"user":"U1"}}""")]
    [InlineData("""{"user":"UBOT","text":"change x","ts":"1.1","channel":"D1","channel_type":"im"}""")]
    [InlineData("""{"text":"change x","ts":"1.1","channel":"D1","channel_type":"im"}""")]
    [InlineData("""{"user":"U1","text":"change x","ts":"1.1","channel":"C1","channel_type":"channel"}""")]
    public async Task What_no_person_said_to_the_bot_is_not_answered(string said)
    {
        await EventAsync("message", said);

        Assert.Empty(_change.Runs);
        Assert.Equal([null], _acknowledged);
    }

    [Fact]
    public async Task A_direct_message_is_answered_in_the_open_without_a_thread()
    {
        _slack.Channels["D1"] = new JsonObject { ["id"] = "D1", ["is_im"] = true, ["user"] = "U1" };

        await EventAsync("message", """{"user":"U1","text":"nonsense","ts":"1.1","channel":"D1","channel_type":"im"}""");

        Assert.Null(Assert.Single(_slack.CallsOf("chat.postMessage")).Arguments["thread_ts"]);
    }

    [Fact]
    public async Task A_button_runs_its_line_and_a_page_takes_the_place_of_the_message()
    {
        await PressAsync("answer:1", "/change it");
        await PressAsync("replace:2", "/help");
        await PressAsync("https://news.example", "");

        Assert.Equal(["in_channel", null], _slack.CallsOf("respond").Select(c => (string?)c.Arguments["response_type"]));
        Assert.Equal([false, true], _slack.CallsOf("respond").Select(c => (bool)c.Arguments["replace_original"]!));
    }

    [Fact]
    public async Task A_button_of_the_Home_tab_opens_a_modal_and_the_page_is_made_anew()
    {
        await PressAsync("answer:1", "/change it", """{"view":{"type":"home","id":"V1","private_metadata":""}}""");

        Assert.Equal("modal", (string?)Assert.Single(_slack.CallsOf("views.open")).Arguments["view"]!["type"]);
        Assert.Equal("U1", (string?)Assert.Single(_slack.CallsOf("views.publish")).Arguments["user_id"]);
        Assert.Equal("slack:T1/U1", Assert.Single(_change.Runs).Channel.ToString());
    }

    [Fact]
    public async Task A_form_runs_its_command_with_what_was_filled_in_and_shows_the_answer()
    {
        await SubmitAsync("/set 12", """{"title":{"title":{"type":"plain_text_input","value":"New"}},"note":{"note":{"type":"plain_text_input","value":null}}}""");

        var acknowledged = Assert.Single(_acknowledged)!;
        Assert.Equal("update", (string?)acknowledged["response_action"]);
        Assert.Contains("New", acknowledged.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_changes_the_channel_closes_and_the_channel_is_told()
    {
        await SubmitAsync("/change", """{"text":{"text":{"type":"external_select","selected_option":{"value":"north-korea and sanctions"}}}}""");

        Assert.Equal("clear", (string?)Assert.Single(_acknowledged)!["response_action"]);
        Assert.Equal("north-korea and sanctions", Assert.Single(_change.Runs)["text"]);
        Assert.Equal("C1", (string?)Assert.Single(_slack.CallsOf("chat.postMessage")).Arguments["channel"]);
    }

    [Fact]
    public async Task A_form_that_was_filled_in_wrongly_stays_open_with_what_was_typed()
    {
        await SubmitAsync("/set", """{"title":{"title":{"type":"plain_text_input","value":"New title"}}}""");

        var view = Assert.Single(_acknowledged)!["view"]!;
        Assert.Equal("form", (string?)view["callback_id"]);
        Assert.Contains("thing is missing", view.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("New title", (string?)view["blocks"]!.AsArray().Single(b => (string?)b!["type"] == "input")!["element"]!["initial_value"]);
    }

    [Fact]
    public async Task A_form_whose_work_is_slow_says_so_and_shows_the_answer_when_it_is_there()
    {
        var patience = TimeSpan.FromSeconds(2);
        var before = _time.Begun(patience);
        var submitted = SubmitAsync("/slow", "{}");
        await _time.BeginsAsync(patience, before);
        _time.Advance(patience);
        await _firstAcknowledged.Task;

        Assert.Contains("Working…", (string?)_acknowledged[0]!["view"]!["blocks"]![0]!["text"]!["text"], StringComparison.Ordinal);
        _slow.Finish(Card.Answer("Done"));
        await submitted;

        Assert.Equal("V1", (string?)Assert.Single(_slack.CallsOf("views.update")).Arguments["view_id"]);
    }

    [Theory]
    [InlineData("""{"line":"/set 12","channel":"slack:T2/C9"}""")]
    [InlineData("""{"line":"/gone","channel":"slack:T1/C1"}""")]
    [InlineData("no json")]
    public async Task A_form_of_another_workspace_or_version_runs_nothing(string metadata)
    {
        await SubmitMetadataAsync(metadata, "{}");

        Assert.Contains("older version", Assert.Single(_acknowledged)!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_offers_choices_and_what_was_typed_itself()
    {
        await DeliverAsync(DeliveryKind.Interactive, Suggestion("/follow", "what", "north-korea and sanct"));

        var values = Assert.Single(_acknowledged)!["options"]!.AsArray().Select(o => (string)o!["value"]!).ToList();
        Assert.Contains("north-korea and sanct", values);
        Assert.Contains(values, v => v.StartsWith("north-korea and topic:sanct", StringComparison.Ordinal) || v.StartsWith("north-korea and sanctions", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("block_suggestion")]
    [InlineData("view_submission")]
    public async Task A_workspace_of_an_organisation_is_known_from_the_first_field_or_form_that_somebody_fills_in(string type)
    {
        var workspaces = _bot.Get<WorkspaceDirectory>();
        await workspaces.InstallAsync(new Installation(new Workspace("E1", "Group", "xoxb-org", "UORG"), null, "A1", "chat:write", "U1"), _bot.Token);
        var told = JsonNode.Parse(Suggestion("/follow", "what", "north"))!;
        told["type"] = type;
        told["is_enterprise_install"] = true;
        told["enterprise"] = new JsonObject { ["id"] = "E1" };
        told["team"] = null;
        told["user"] = new JsonObject { ["id"] = "U1", ["team_id"] = "T7" };

        await DeliverAsync(DeliveryKind.Interactive, told.ToJsonString());

        Assert.Equal("E1", Assert.IsType<WorkspaceState.Installed>(await workspaces.FindAsync("T7", _bot.Token)).Workspace.Key);
        Assert.Single(_acknowledged);
    }

    [Fact]
    public async Task A_menu_of_a_message_hands_over_what_it_says()
    {
        await DeliverAsync(DeliveryKind.Interactive, $$$"""{"type":"message_action","callback_id":"who-is-in","team":{"id":"T1"},"user":{"id":"U1"},"channel":{"id":"C1","name":"desk"},"message":{"text":"Kim Jong Un met officials"},"trigger_id":"t","response_url":"{{{_slack.ApiBase}}}/respond"}""");

        Assert.Contains("Kim Jong-un", Assert.Single(_slack.CallsOf("respond")).Arguments.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Home_tab_is_made_when_it_is_opened_and_the_messages_tab_is_not()
    {
        await EventAsync("app_home_opened", """{"user":"U1","channel":"D1","tab":"messages"}""");
        Assert.Empty(_slack.CallsOf("views.publish"));

        await EventAsync("app_home_opened", """{"user":"U1","channel":"D1","tab":"home"}""");
        Assert.Equal("home", (string?)Assert.Single(_slack.CallsOf("views.publish")).Arguments["view"]!["type"]);
    }

    [Fact]
    public async Task A_follow_is_edited_from_the_Home_tab_in_a_form_that_shows_it_and_the_page_shows_the_change()
    {
        await CommandAsync("/follow", "north-korea");
        await EventAsync("app_home_opened", """{"user":"U1","channel":"D1","tab":"home"}""");
        var button = _slack.CallsOf("views.publish")[^1].Arguments["view"]!["blocks"]!.AsArray()
            .SelectMany(b => b!["elements"]?.AsArray() ?? []).Single(e => (string?)e!["text"]?["text"] == "Edit")!;

        await PressAsync((string)button["action_id"]!, (string)button["value"]!, """{"view":{"type":"home","id":"V1","private_metadata":""}}""");
        var form = Assert.Single(_slack.CallsOf("views.open")).Arguments["view"]!;
        Assert.Equal("north-korea", (string?)Assert.Single(form["blocks"]!.AsArray())!["element"]!["initial_value"]);

        await SubmitMetadataAsync((string)form["private_metadata"]!, """{"to":{"to":{"type":"plain_text_input","value":"china"}}}""");
        Assert.Contains("china in #desk", _slack.CallsOf("views.publish")[^1].Arguments.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fullest_Home_tab_keeps_the_rules_and_shows_all_its_parts()
    {
        string[] names = ["north-korea", "china", "russia", "japan", "sanctions"];
        foreach (var line in names.SelectMany(a => names.Where(b => b != a).Select(b => $"{a} not {b}")))
        {
            await CommandAsync("/follow", line, user: "UADMIN");
        }

        await CommandAsync("/alertbot", "mute", user: "UADMIN");
        for (var feed = 0; feed < 12; feed++)
        {
            await _bot.Get<FeedStore>().PauseAsync((await _bot.AddFeedAsync($"/{feed}", "")).Id, _bot.Token);
        }

        await EventAsync("app_home_opened", """{"user":"UADMIN","channel":"D1","tab":"home"}""");

        var view = _slack.CallsOf("views.publish")[^1].Arguments["view"]!;
        Assert.InRange(view["blocks"]!.AsArray().Count, 60, 100);
        Assert.Contains("12 feeds: 0 well, 0 sick, 0 failing, 12 paused", view.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_is_greeted_once_and_only_when_the_bot_itself_joins()
    {
        await EventAsync("member_joined_channel", """{"user":"U1","channel":"C1"}""");
        Assert.Empty(_slack.CallsOf("chat.postMessage"));

        await EventAsync("member_joined_channel", """{"user":"UBOT","channel":"C1"}""");
        await EventAsync("member_joined_channel", """{"user":"UBOT","channel":"C2"}""");
        Assert.Equal("C1", (string?)Assert.Single(_slack.CallsOf("chat.postMessage")).Arguments["channel"]);
    }

    [Theory]
    [InlineData("app_uninstalled", "{}", true)]
    [InlineData("tokens_revoked", """{"tokens":{"bot":["UBOT"]}}""", true)]
    [InlineData("tokens_revoked", """{"tokens":{"oauth":["U1"]}}""", false)]
    public async Task A_workspace_that_takes_the_app_away_is_served_no_more(string type, string about, bool stops)
    {
        await CommandAsync("/alertbot", "change it");
        await EventAsync(type, about);
        await CommandAsync("/alertbot", "change it", user: "UADMIN");

        Assert.Equal(stops ? 1 : 2, _slack.CallsOf("users.info").Count);
    }

    [Fact]
    public async Task A_removal_that_is_told_late_stops_nothing_that_came_after_it()
    {
        await CommandAsync("/alertbot", "change it");
        await EventAsync("app_uninstalled", "{}", happened: _time.GetUtcNow().AddMinutes(-5));
        await CommandAsync("/alertbot", "change it", user: "UADMIN");

        Assert.Equal(2, _slack.CallsOf("users.info").Count);
    }

    [Fact]
    public async Task A_button_in_a_modal_works_on_the_channel_that_the_modal_was_opened_in()
    {
        await PressAsync("answer:1", "/change it", new JsonObject { ["view"] = new JsonObject { ["type"] = "modal", ["id"] = "V1", ["private_metadata"] = Metadata("") } }.ToJsonString());

        Assert.Equal("slack:T1/C1", Assert.Single(_change.Runs).Channel.ToString());
        Assert.Equal("V1", (string?)Assert.Single(_slack.CallsOf("views.update")).Arguments["view_id"]);
        Assert.Equal("C1", (string?)Assert.Single(_slack.CallsOf("chat.postMessage")).Arguments["channel"]);
    }

    [Theory]
    [InlineData(nameof(DeliveryKind.Event), """{"event":{"type":"something_new"},"team_id":"T1"}""")]
    [InlineData(nameof(DeliveryKind.Event), "[]")]
    [InlineData(nameof(DeliveryKind.Interactive), """{"type":"something_new"}""")]
    [InlineData(nameof(DeliveryKind.Interactive), """{"type":"block_actions","team":null,"user":7}""")]
    [InlineData(nameof(DeliveryKind.Command), """{"command":"/follow"}""")]
    [InlineData(nameof(DeliveryKind.Command), """{"command":"/follow","team_id":"T1/C9","user_id":"U1","channel_id":"C1"}""")]
    public async Task What_is_unknown_or_broken_is_acknowledged_and_left_alone(string kind, string payload)
    {
        await DeliverAsync(Enum.Parse<DeliveryKind>(kind), payload);

        Assert.Equal([null], _acknowledged);
        Assert.DoesNotContain(_slack.Calls, c => c.Method.StartsWith("chat.", StringComparison.Ordinal) || c.Method == "respond");
    }

    /// <summary>Lets pauses of these lengths pass, one after the other.</summary>
    private async Task WithPausesAsync(Task work, params int[] seconds)
    {
        foreach (var pause in seconds.Select(s => TimeSpan.FromSeconds(s)))
        {
            await _time.BeginsAsync(pause, 0);
            _time.Advance(pause);
        }

        await work;
    }

    private Task CommandAsync(string command, string text, string user = "U1", string? trigger = null) => DeliverAsync(DeliveryKind.Command, JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["command"] = command,
        ["text"] = text,
        ["team_id"] = "T1",
        ["user_id"] = user,
        ["channel_id"] = "C1",
        ["channel_name"] = "desk",
        ["trigger_id"] = trigger ?? $"trigger {_acknowledged.Count}",
        ["response_url"] = $"{_slack.ApiBase}/respond",
    }));

    private Task EventAsync(string type, string about, string? id = null, DateTimeOffset? happened = null)
    {
        var told = JsonNode.Parse(about)!;
        told["type"] = type;
        var time = (happened ?? _time.GetUtcNow()).ToUnixTimeSeconds();
        return DeliverAsync(DeliveryKind.Event, new JsonObject { ["type"] = "event_callback", ["team_id"] = "T1", ["event_id"] = id ?? $"Ev {_acknowledged.Count}", ["event_time"] = time, ["event"] = told }.ToJsonString());
    }

    private Task PressAsync(string action, string value, string? view = null)
    {
        var pressed = JsonNode.Parse(view ?? $$$"""{"channel":{"id":"C1","name":"desk"},"response_url":"{{{_slack.ApiBase}}}/respond"}""")!.AsObject();
        pressed["type"] = "block_actions";
        pressed["team"] = new JsonObject { ["id"] = "T1" };
        pressed["user"] = new JsonObject { ["id"] = "U1" };
        pressed["trigger_id"] = "trigger";
        pressed["actions"] = new JsonArray(new JsonObject { ["action_id"] = action, ["value"] = value });
        return DeliverAsync(DeliveryKind.Interactive, pressed.ToJsonString());
    }

    private Task SubmitAsync(string line, string values) => SubmitMetadataAsync(Metadata(line), values);

    private Task SubmitMetadataAsync(string metadata, string values) => DeliverAsync(DeliveryKind.Interactive, new JsonObject
    {
        ["type"] = "view_submission",
        ["team"] = new JsonObject { ["id"] = "T1" },
        ["user"] = new JsonObject { ["id"] = "U1" },
        ["view"] = new JsonObject
        {
            ["id"] = "V1",
            ["type"] = "modal",
            ["callback_id"] = "form",
            ["private_metadata"] = metadata,
            ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Edit it" },
            ["blocks"] = JsonNode.Parse("""[{"type":"input","block_id":"title","label":{"type":"plain_text","text":"Title"},"optional":true,"element":{"type":"plain_text_input","action_id":"title","max_length":200}}]"""),
            ["state"] = new JsonObject { ["values"] = JsonNode.Parse(values) },
        },
    }.ToJsonString());

    private static string Suggestion(string line, string option, string typed) => new JsonObject
    {
        ["type"] = "block_suggestion",
        ["team"] = new JsonObject { ["id"] = "T1" },
        ["user"] = new JsonObject { ["id"] = "U1" },
        ["action_id"] = option,
        ["block_id"] = option,
        ["value"] = typed,
        ["view"] = new JsonObject { ["id"] = "V1", ["type"] = "modal", ["private_metadata"] = Metadata(line) },
    }.ToJsonString();

    private static string Metadata(string line) => new JsonObject { ["line"] = line, ["channel"] = "slack:T1/C1" }.ToJsonString();

    private Task DeliverAsync(DeliveryKind kind, string payload) => _bot.Get<DeliveryHandler>().HandleAsync(
        new SlackDelivery(kind, JsonSerializer.Deserialize<JsonElement>(payload)),
        (answer, _) =>
        {
            _acknowledged.Add(answer);
            _firstAcknowledged.TrySetResult();
            return Task.FromResult(true);
        },
        _bot.Token);
}
