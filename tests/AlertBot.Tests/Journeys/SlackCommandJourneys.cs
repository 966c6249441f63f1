using System.Text.Json;
using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>Every command, and all that its answers offer, as people use them on Slack.</summary>
public sealed class SlackCommandJourneys
{
    private const int Deepest = 5;
    private const int MostPresses = 300;

    [Fact]
    public async Task Every_command_is_answered_however_it_is_said_and_all_that_the_answers_offer_can_be_used()
    {
        await using var bot = await FollowingAsync();
        var walk = new Walk(bot);
        foreach (var command in bot.Get<CommandRouter>().Commands)
        {
            var line = command.Example.Replace("https://", "http://", StringComparison.Ordinal);
            walk.Add(await walk.DoAsync(s => s.SendCommand("/alertbot", line, user: s.AdminId), $"/alertbot {line}"), $"/alertbot {line}");
            await walk.DoAsync(s => s.Mention(line, user: s.AdminId), $"@alertbot {line}");
            await walk.DoAsync(s => s.Say(line, s.AdminId), $"{line}, in a direct message");
        }

        walk.Add(Alerts(bot)[0], "an alert");
        await walk.GoAsync();

        Assert.True(walk.Pressed > 25, $"Only {walk.Pressed} buttons and choices were found.");
    }

    [Fact]
    public async Task A_command_without_what_it_needs_opens_a_form_that_suggests_and_completes_it()
    {
        await using var bot = await FollowingAsync();
        var needy = bot.Get<CommandRouter>().Commands.Where(c => c.Options.Any(o => o.Required && o.Kind != OptionKind.Address)).ToList();
        Assert.NotEmpty(needy);
        foreach (var command in needy)
        {
            var asked = await bot.DoAsync(s => s.SendCommand("/alertbot", command.Name, user: s.AdminId));
            Assert.Contains("was not run", asked.Shown!.Value.GetRawText(), StringComparison.Ordinal);
            var form = Assert.Single(bot.Slack.Views);
            foreach (var field in Fields(form).Where(f => f.GetProperty("element").GetProperty("type").GetString() == "external_select"))
            {
                var (view, id) = (form.GetProperty("id").GetString()!, field.GetProperty("block_id").GetString()!);
                // Groups are found among those that there are; for anything else what was typed is offered, too.
                var typed = command.Options.Single(o => o.Name == id).Kind == OptionKind.Role ? "edit" : "north";
                var suggested = await bot.DoAsync(s => s.Suggest(view, id, typed, s.AdminId));
                Assert.InRange(suggested.Acks[0].Payload!.Value.GetProperty("options").GetArrayLength(), 1, 100);
            }

            var values = Fields(form).Select(f => f.GetProperty("block_id").GetString()!).Where(id => command.Options.Any(o => o.Name == id && o.Required)).ToDictionary(id => id, _ => "north-korea");
            var sent = await bot.DoAsync(s => s.Submit(form.GetProperty("id").GetString()!, values, s.AdminId));
            Assert.Single(sent.Acks);
            Assert.False(JsonSerializer.Serialize(bot.Slack.Views).Contains("on our side", StringComparison.Ordinal), $"/{command.Name} failed.");
        }
    }

    [Fact]
    public async Task The_Home_page_shows_a_person_s_follows_and_its_buttons_work()
    {
        await using var bot = await FollowingAsync();
        await bot.DoAsync(s => s.OpenHome(s.AdminId));
        var before = Home(bot);
        await bot.DoAsync(s => s.PressHome("Pause", s.AdminId));
        var paused = Home(bot);
        await bot.DoAsync(s => s.PressHome("Unfollow", s.AdminId));
        var after = Home(bot);

        Assert.Contains("north-korea in #newsroom", before, StringComparison.Ordinal);
        Assert.Contains(Rss.AboutNorthKorea(1).Title, before, StringComparison.Ordinal);
        Assert.NotEqual(before, paused);
        Assert.DoesNotContain("north-korea in #newsroom", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_keeps_its_conversation()
    {
        await using var bot = await FollowingAsync();
        var root = bot.Slack.PostHumanMessage("What do we know?");
        await bot.DoAsync(s => s.Mention("who north-korea", thread: root));

        Assert.Single(bot.Slack.Messages(bot.Slack.ChannelId), m => m.TryGetProperty("thread_ts", out var thread) && thread.GetString() == root && m.GetProperty("user").GetString() == bot.Slack.BotUserId);
    }

    [Fact]
    public async Task A_question_in_a_thread_goes_on_from_the_one_before_whoever_asks()
    {
        await using var bot = await FollowingAsync();
        var root = bot.Slack.PostHumanMessage("What do we know?");
        await bot.DoAsync(s => s.Mention("What did North Korea launch in 2022?", thread: root, user: s.AdminId));
        await bot.DoAsync(s => s.Mention("and in 2019?", thread: root));
        await bot.DoAsync(s => s.Mention("and in 2019?"));

        Assert.Contains(Answers("What did North Korea launch in 2022?"), m => InThread(m));
        Assert.Contains(Answers("What did North Korea launch in 2019?"), m => InThread(m));
        // Elsewhere it goes on from nothing.
        Assert.NotEmpty(Answers("and in 2019?"));

        IEnumerable<JsonElement> Answers(string title) => bot.Slack.Messages(bot.Slack.ChannelId).Concat(bot.Slack.Ephemerals).Where(m => m.GetRawText().Contains(title, StringComparison.Ordinal) && m.GetRawText().Contains("\"blocks\"", StringComparison.Ordinal));
        bool InThread(JsonElement message) => message.TryGetProperty("thread_ts", out var thread) && thread.GetString() == root;
    }

    private static async Task<SlackBot> FollowingAsync()
    {
        var bot = await SlackBot.StartAsync(new() { LimitMethods = false, MessageBurst = 0 });
        await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.Bot.TurnAsync();
        await bot.DoAsync(s => s.SendCommand("/follow", "north-korea", user: s.AdminId));
        bot.Bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();
        Assert.Single(Alerts(bot));
        return bot;
    }

    private static List<JsonElement> Alerts(SlackBot bot) => [.. bot.Slack.Messages(bot.Slack.ChannelId).Where(m => m.GetRawText().Contains("because this channel follows", StringComparison.Ordinal))];

    private static string Home(SlackBot bot) => string.Join('\n', SlackBench.Texts(System.Text.Json.Nodes.JsonObject.Create(bot.Slack.Home(bot.Slack.AdminId)!.Value)));

    private static IEnumerable<JsonElement> Fields(JsonElement view) => view.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "input");

    /// <summary>Uses each button, choice and form once, those of the answers too, breadth first.</summary>
    private sealed class Walk(SlackBot bot)
    {
        private readonly HashSet<string> _seen = [];
        private List<(JsonElement Message, string Path)> _found = [];

        public int Pressed { get; private set; }

        public void Add(JsonElement? message, string path)
        {
            if (message is { } shown)
            {
                _found.Add((shown, path));
            }
        }

        /// <returns>The message that the answer made, where it came by a response_url.</returns>
        public async Task<JsonElement?> DoAsync(Func<SlackEmulator, SlackInteraction> act, string path)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(2));
            var before = State();
            var done = await bot.DoAsync(act);
            Assert.True(done.Acks is [{ Payload: null or { ValueKind: JsonValueKind.Null } }], $"{path} was acknowledged {done.Acks.Count} times.");
            Assert.True(done.Shown is not null || State() != before, $"{path} was not answered.");
            Assert.DoesNotContain("on our side", State(), StringComparison.Ordinal);
            return done.Shown;
        }

        public async Task GoAsync()
        {
            for (var depth = 0; depth < Deepest && _found.Count > 0; depth++)
            {
                var now = _found;
                _found = [];
                // What takes the place of its message comes last, since the rest is gone then.
                foreach (var (message, path) in now.OrderBy(f => f.Message.GetRawText().Contains("replace", StringComparison.Ordinal)))
                {
                    foreach (var (label, value) in Uses(message).Where(u => u.Value.StartsWith('/')))
                    {
                        if (Pressed < MostPresses && _seen.Add(value) && IsThere(message, label))
                        {
                            Pressed++;
                            var ts = message.GetProperty("ts").GetString()!;
                            Add(await DoAsync(s => s.Press(ts, label, user: s.AdminId), $"{path} > {label}"), $"{path} > {label}");
                        }
                    }
                }
            }
        }

        private bool IsThere(JsonElement message, string label) =>
            bot.Slack.Messages(bot.Slack.ChannelId).Concat(bot.Slack.Ephemerals).Any(m => m.GetProperty("ts").GetString() == message.GetProperty("ts").GetString() && Uses(m).Any(u => u.Label == label));

        private string State() => JsonSerializer.Serialize(new object[] { bot.Slack.Messages(bot.Slack.ChannelId), bot.Slack.Messages(bot.Slack.AdminId), bot.Slack.Ephemerals, bot.Slack.Views });

        private static IEnumerable<(string Label, string Value)> Uses(JsonElement message)
        {
            foreach (var element in message.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "actions").SelectMany(b => b.GetProperty("elements").EnumerateArray()))
            {
                IEnumerable<JsonElement> uses = element.TryGetProperty("options", out var options) ? options.EnumerateArray() : [element];
                foreach (var use in uses.Where(u => u.TryGetProperty("value", out _)))
                {
                    yield return (use.GetProperty("text").GetProperty("text").GetString()!, use.GetProperty("value").GetString()!);
                }
            }
        }
    }
}
