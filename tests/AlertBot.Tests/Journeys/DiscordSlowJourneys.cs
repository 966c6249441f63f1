using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Journeys;

/// <summary>Answers that take longer than the three seconds that Discord waits.</summary>
public sealed class DiscordSlowJourneys
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(14);

    private readonly SlowCommand _slow = new();

    [Fact]
    public async Task A_slow_answer_is_promised_in_time_and_given_later()
    {
        await using var bot = await StartAsync();
        var asked = await AskAsync(bot);
        Assert.Equal(5, asked.CallbackType);
        Assert.InRange(asked.AnsweredAfter!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        bot.Time.Advance(TimeSpan.FromMinutes(10));
        _slow.Finish(Card.Answer("Done at last"));

        await ShowsAsync(bot, asked, "Done at last");
    }

    [Fact]
    public async Task A_form_that_comes_too_late_is_behind_a_button()
    {
        await using var bot = await StartAsync();
        var asked = await AskAsync(bot);
        _slow.Finish(Card.Answer("Fill this in") with { Form = new CardForm("What to say", "/slow", [new FormField("text", "Text", "as it stands")]) });
        await ShowsAsync(bot, asked, "Fill this in");

        var opened = await bot.PressAsync(asked.Original!.Value, DiscordBot.Button(asked.Original!.Value, "Open the form"));

        Assert.Equal(9, opened.CallbackType);
        Assert.Contains("as it stands", DiscordBot.AllText(opened.Callback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_answers_a_form_is_behind_a_button()
    {
        await using var bot = await StartAsync();
        _slow.Finish(Card.Answer("Once more") with { Form = new CardForm("What to say", "/slow", [new FormField("text", "Text", "as it stands")]) });

        var sent = await bot.DoAsync(new InteractionSpec(InteractionKind.Modal) { CustomId = "f:/slow", Fields = new Dictionary<string, string> { ["text"] = "mine" } });

        Assert.Equal(4, sent.CallbackType);
        Assert.Equal("mine", _slow.Runs.Single()["text"]);
        Assert.Equal(9, (await bot.PressAsync(sent.Original!.Value, DiscordBot.Button(sent.Original!.Value, "Open the form"))).CallbackType);
    }

    [Fact]
    public async Task After_fourteen_minutes_it_says_that_it_took_too_long_and_nothing_more()
    {
        await using var bot = await StartAsync();
        var asked = await AskAsync(bot);
        bot.Time.Advance(LongestWork);
        await ShowsAsync(bot, asked, "That took too long");

        bot.Time.Advance(TimeSpan.FromMinutes(2));
        _slow.Finish(Card.Answer("Done at last"));
        await bot.CallAsync("help");

        Assert.Single(Edits(bot, asked));
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_not_tried_again()
    {
        await using var bot = await StartAsync();
        var before = bot.Time.Begun(Patience);
        var asked = bot.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "slow" });
        await bot.Time.BeginsAsync(Patience, before);
        bot.Time.Advance(TimeSpan.FromSeconds(5));
        await bot.Discord.WaitForAsync(d => Callbacks(d, asked) > 0, DiscordBot.Limit, bot.Token);
        _slow.Finish(Card.Answer("Done at last"));
        await bot.CallAsync("slow");

        Assert.Equal(1, Callbacks(bot.Discord, asked));
        Assert.Empty(Edits(bot, asked));
    }

    [Fact]
    public async Task What_Discord_brings_twice_is_done_once()
    {
        await using var bot = await StartAsync();
        _slow.Finish(Card.Answer("Done"));
        var asked = await bot.CallAsync("slow");
        bot.Discord.Repeat(asked);
        await bot.CallAsync("help");

        Assert.Single(_slow.Runs);
        Assert.Equal(1, Callbacks(bot.Discord, asked));
    }

    [Fact]
    public async Task A_slow_page_takes_the_place_of_the_one_before()
    {
        await using var bot = await StartAsync(Pages);
        var pressed = await TurnThePageAsync(bot);
        _slow.Finish(Card.Answer("Page 2"));

        await ShowsAsync(bot, pressed, "Page 2");
        Assert.Equal("Page 2", DiscordBot.TitleOf(Assert.Single(bot.Discord.Messages(bot.Channel))));
    }

    [Fact]
    public async Task A_problem_that_comes_late_leaves_the_message_alone_that_its_button_stands_on()
    {
        await using var bot = await StartAsync(Pages);
        var pressed = await TurnThePageAsync(bot);
        _slow.Finish(Card.Problem("There is no such page"));
        await bot.Discord.WaitForAsync(_ => pressed.Messages.Count > 0, DiscordBot.Limit, bot.Token);

        Assert.Equal("There is no such page", DiscordBot.TitleOf(pressed.Messages[^1]));
        Assert.True(DiscordBot.IsPrivate(pressed.Messages[^1]));
        Assert.Equal("Page 1", DiscordBot.TitleOf(Assert.Single(bot.Discord.Messages(bot.Channel))));
    }

    [Fact]
    public async Task Commands_that_hang_hold_up_neither_heartbeats_nor_other_commands()
    {
        using var gate = new ManualResetEventSlim();
        var stuck = new SampleCommand(
            new CommandDescription("stuck", "Holds its thread.") { Example = "stuck" },
            _ =>
            {
                gate.Wait(DiscordBot.Limit);
                return Card.Answer("Free");
            });
        await using var bot = await StartAsync(stuck);
        bot.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "stuck" });
        for (var number = 0; number < 100; number++)
        {
            bot.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "slow" });
        }

        var before = bot.Discord.Stats;
        await bot.MoveUntilAsync(d => d.Stats.Heartbeats >= before.Heartbeats + 3, TimeSpan.FromSeconds(5));
        var answered = await bot.CallAsync("help");

        Assert.Equal(4, answered.CallbackType);
        Assert.Equal(1, bot.Discord.Stats.Connections);
        gate.Set();
    }

    private static SampleCommand Pages => new(
        new CommandDescription("pages", "Shows pages.") { Example = "pages" },
        _ => Card.Answer("Page 1") with { Actions = [new CardAction("Next", "/slow") { Replaces = true }] });

    private Task<DiscordBot> StartAsync(params IEnumerable<IChatCommand> more) => DiscordBot.StartAsync(configure: s =>
    {
        s.AddSingleton<IChatCommand>(_slow);
        foreach (var command in more)
        {
            s.AddSingleton(command);
        }
    });

    /// <summary>Calls the slow command and lets two seconds pass.</summary>
    private static async Task<DiscordInteraction> AskAsync(DiscordBot bot)
    {
        var (before, promises) = (bot.Time.Begun(Patience), bot.Time.Begun(LongestWork));
        var asked = bot.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "slow", Options = new JsonObject { ["text"] = "please" } });
        await bot.Time.BeginsAsync(Patience, before);
        bot.Time.Advance(Patience);
        await bot.Discord.WaitForAsync(_ => asked.CallbackType is not null, DiscordBot.Limit, bot.Token);
        await bot.Time.BeginsAsync(LongestWork, promises);
        return asked;
    }

    private static async Task<DiscordInteraction> TurnThePageAsync(DiscordBot bot)
    {
        var page = (await bot.CallAsync("pages")).Original!.Value;
        var (before, promises) = (bot.Time.Begun(Patience), bot.Time.Begun(LongestWork));
        var pressed = bot.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = DiscordBot.Button(page, "Next"), MessageId = page.GetProperty("id").GetString() });
        await bot.Time.BeginsAsync(Patience, before);
        bot.Time.Advance(Patience);
        await bot.Discord.WaitForAsync(_ => pressed.CallbackType == 6, DiscordBot.Limit, bot.Token);
        await bot.Time.BeginsAsync(LongestWork, promises);
        return pressed;
    }

    private static Task ShowsAsync(DiscordBot bot, DiscordInteraction asked, string text) =>
        bot.Discord.WaitForAsync(_ => DiscordBot.AllText(asked.Original).Contains(text, StringComparison.Ordinal), DiscordBot.Limit, bot.Token);

    private static int Callbacks(DiscordEmulator discord, DiscordInteraction asked) => discord.Requests.Count(r => r.Path == $"/interactions/{asked.Id}/{asked.Token}/callback");

    private static List<DiscordRequest> Edits(DiscordBot bot, DiscordInteraction asked) => [.. bot.Discord.Requests.Where(r => r.Path.Contains($"/{asked.Token}/messages/", StringComparison.Ordinal))];
}
