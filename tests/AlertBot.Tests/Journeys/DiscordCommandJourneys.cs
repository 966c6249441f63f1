using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Journeys;

/// <summary>Every command, and all that its answers offer, as people use them on Discord.</summary>
public sealed class DiscordCommandJourneys
{
    private const int Deepest = 5;
    private const int MostPresses = 400;

    private static readonly string[] AlwaysHasSome = ["who", "topic", "latest", "follow", "help", "feed remove"];

    [Fact]
    public async Task The_commands_are_told_in_one_call_and_not_again_after_a_restart()
    {
        await using var bot = await DiscordBot.StartAsync();
        await bot.RestartAsync();

        Assert.Single(Registrations(bot));
        var roots = bot.Get<CommandRouter>().Commands.Select(c => c.Name.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(roots, bot.Discord.Commands().Where(c => c.GetProperty("type").GetInt32() == 1).Select(c => c.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bot_whose_commands_are_refused_goes_on_and_does_not_insist()
    {
        await using var bot = await DiscordBot.StartAsync(isSignedOn: false);
        bot.Discord.Fault(new RestFault { Method = "PUT", Path = "/commands$", Status = 400, Code = 50035, Message = "Invalid Form Body" });
        await bot.SignOnAsync(even: true);

        Assert.Contains("/follow", DiscordBot.AllText((await bot.CallAsync("help")).Original), StringComparison.Ordinal);
        Assert.Single(Registrations(bot));
    }

    [Fact]
    public async Task Commands_that_could_not_be_told_are_told_later()
    {
        await using var bot = await DiscordBot.StartAsync(isSignedOn: false);
        bot.Discord.Fault(new RestFault { Method = "PUT", Path = "/commands$", Status = 429, RetryAfter = 90 });
        await bot.SignOnAsync(even: true, told: false);
        await bot.Discord.WaitForAsync(d => d.Requests.Any(r => r.Method == "PUT"), DiscordBot.Limit, bot.Token);

        await bot.MoveUntilAsync(d => d.Requests.Any(r => r is { Method: "PUT", Status: 200 }), TimeSpan.FromSeconds(5));

        Assert.Equal([429, 200], Registrations(bot));
    }

    [Fact]
    public async Task Every_command_can_be_called_with_its_options_and_all_that_the_answers_offer_can_be_used()
    {
        await using var bot = await DiscordBot.StartAsync();
        await GiveItAlertsAsync(bot);
        var walk = new Walk(bot, MostPresses);
        foreach (var command in bot.Get<CommandRouter>().Commands)
        {
            foreach (var options in new[] { ExampleOf(bot, command), AllOf(bot, command) })
            {
                walk.Add(await bot.CallAsync(command.Name, options), $"/{command.Name} {options.ToJsonString()}");
            }
        }

        foreach (var alert in bot.Alerts())
        {
            walk.Add(alert, "an alert");
        }

        await walk.GoAsync(Deepest);

        Assert.True(walk.Pressed > 25, $"Only {walk.Pressed} buttons and choices were found.");
    }

    [Fact]
    public async Task Every_option_that_suggests_does_so_while_it_is_typed()
    {
        await using var bot = await DiscordBot.StartAsync();
        await GiveItAlertsAsync(bot);
        var options = bot.Get<CommandRouter>().Commands.SelectMany(c => c.Options.Where(o => o.Suggest is not null).Select(o => (Command: c.Name, o.Name))).ToList();
        Assert.NotEmpty(options);

        foreach (var (command, option) in options)
        {
            foreach (var typed in new[] { "", "n", "north korea and ", "@everyone", new string('x', 3000), "😀 '\"; DROP TABLE stories" })
            {
                var answer = await bot.DoAsync(DiscordBot.Spec(InteractionKind.Autocomplete, command) with { Options = new JsonObject { [option] = typed }, Focused = option });

                Assert.Equal(8, answer.CallbackType);
                Assert.InRange(answer.Callback!.Value.GetProperty("data").GetProperty("choices").GetArrayLength(), typed.Length == 0 && AlwaysHasSome.Contains(command) ? 1 : 0, 25);
            }
        }
    }

    [Fact]
    public async Task A_command_on_a_message_gets_its_text_and_what_its_embeds_say()
    {
        var reader = new SampleCommand(
            new CommandDescription("read", "Reads a text.", new CommandOption("text", "The text.", OptionKind.Rest) { Required = true }) { Example = "read this", MessageMenu = "Read this", Private = true });
        await using var bot = await DiscordBot.StartAsync(configure: s => s.AddSingleton<IChatCommand>(reader));
        await GiveItAlertsAsync(bot);
        var human = bot.Discord.PostHumanMessage("Kim spoke @everyone");
        var alert = bot.Alerts()[0];

        await bot.DoAsync(new InteractionSpec(InteractionKind.Message) { Name = "Read this", MessageId = human });
        await bot.DoAsync(new InteractionSpec(InteractionKind.Message) { Name = "Read this", MessageId = alert.GetProperty("id").GetString() });

        Assert.Equal("Kim spoke @everyone", reader.Runs[0]["text"]);
        Assert.Contains("North Korea fires missile number 1", reader.Runs[1]["text"], StringComparison.Ordinal);
        Assert.Contains("into the sea", reader.Runs[1]["text"], StringComparison.Ordinal);
    }

    private static List<int?> Registrations(DiscordBot bot) => [.. bot.Discord.Requests.Where(r => r.Method is "PUT" or "POST" && r.Path.EndsWith("/commands", StringComparison.Ordinal)).Select(r => r.Status)];

    private static async Task GiveItAlertsAsync(DiscordBot bot)
    {
        await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" });
        await bot.Bot.TurnAsync();
        bot.Bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();
        Assert.Single(bot.Alerts());
    }

    private static JsonObject ExampleOf(DiscordBot bot, CommandDescription command) =>
        Options(bot, command, CommandText.Read(command, command.Example[command.Name.Length..]).Values);

    private static JsonObject AllOf(DiscordBot bot, CommandDescription command) =>
        Options(bot, command, command.Options.ToDictionary(o => o.Name, o => o.Suggest?.Invoke("").FirstOrDefault()?.Value ?? "1"));

    private static JsonObject Options(DiscordBot bot, CommandDescription command, IReadOnlyDictionary<string, string> values)
    {
        var options = new JsonObject();
        foreach (var option in command.Options.Where(o => values.ContainsKey(o.Name)))
        {
            options[option.Name] = option.Kind switch
            {
                OptionKind.Integer => int.Parse(values[option.Name], CultureInfo.InvariantCulture),
                OptionKind.Address => bot.Bot.Site.Address("/feed").AbsoluteUri,
                OptionKind.Channel => bot.Channel,
                OptionKind.Role => bot.Discord.AddRole(bot.Discord.GuildId, "desk"),
                _ => values[option.Name],
            };
        }

        return options;
    }

    /// <summary>Uses each button, choice and form once, those of the answers too, breadth first.</summary>
    private sealed class Walk(DiscordBot bot, int most)
    {
        private readonly HashSet<string> _seen = [];
        private List<(JsonElement Message, string Path)> _found = [];

        public int Pressed { get; private set; }

        public void Add(JsonElement message, string path) => _found.Add((message, path));

        public void Add(DiscordInteraction answer, string path)
        {
            Assert.True(answer.CallbackType is 4 or 7 or 9, $"{path} was answered with type {answer.CallbackType}.");
            Assert.DoesNotContain("on our side", DiscordBot.AllText(answer.Callback), StringComparison.Ordinal);
            if (answer.CallbackType != 9)
            {
                Add(answer.Original ?? throw new InvalidOperationException($"{path} shows nothing."), path);
            }
        }

        public async Task GoAsync(int deepest)
        {
            for (var depth = 0; depth < deepest && _found.Count > 0; depth++)
            {
                var now = _found;
                _found = [];
                // What takes the place of its message comes last, since the rest is gone then.
                foreach (var (message, path) in now.OrderBy(f => DiscordBot.AllText(f.Message).Contains("u:/", StringComparison.Ordinal)))
                {
                    await UseAsync(message, path);
                }
            }
        }

        private async Task UseAsync(JsonElement message, string path)
        {
            foreach (var component in DiscordBot.Rows(message))
            {
                var id = component.GetProperty("custom_id").GetString()!;
                var values = component.TryGetProperty("options", out var options) ? options.EnumerateArray().Select(o => o.GetProperty("value").GetString()!).ToList() : [];
                var uses = values.Count > 0
                    ? values.Select(v => new InteractionSpec(InteractionKind.Select) { CustomId = id, Values = [v] })
                    : [new InteractionSpec(InteractionKind.Button) { CustomId = id }];
                foreach (var use in uses.Where(u => Pressed < most && _seen.Add(Line(u))))
                {
                    Pressed++;
                    var step = $"{path} > {Line(use)}";
                    if (await TryAsync(use with { MessageId = message.GetProperty("id").GetString(), ChannelId = message.GetProperty("channel_id").GetString() }) is not { } answer)
                    {
                        _seen.Remove(Line(use));
                        return;
                    }

                    Add(answer, step);
                    await SubmitAsync(answer, step);
                }
            }
        }

        /// <summary>Null where an answer took the message's place, and the button with it.</summary>
        private async Task<DiscordInteraction?> TryAsync(InteractionSpec use)
        {
            try
            {
                return await bot.DoAsync(use);
            }
            catch (InvalidOperationException exception) when (exception.Message.Contains("has no component", StringComparison.Ordinal))
            {
                return null;
            }
        }

        private static string Line(InteractionSpec use) => use.Values is [var value] ? value : use.CustomId;

        private async Task SubmitAsync(DiscordInteraction answer, string path)
        {
            if (answer.CallbackType == 9)
            {
                var modal = answer.Callback!.Value.GetProperty("data");
                var fields = modal.GetProperty("components").EnumerateArray().Select(l => l.GetProperty("component"));
                var submitted = await bot.DoAsync(new InteractionSpec(InteractionKind.Modal)
                {
                    CustomId = modal.GetProperty("custom_id").GetString()!,
                    Fields = fields.ToDictionary(f => f.GetProperty("custom_id").GetString()!, f => f.TryGetProperty("value", out var value) ? value.GetString()! : ""),
                });
                Add(submitted, path + " > its form");
            }
        }
    }
}
