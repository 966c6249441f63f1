using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Interactions;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordInteractionTests
{
    private const string Hello = """{"type":4,"data":{"content":"hello"}}""";
    private const string Button = """{"content":"press","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"b"},{"type":2,"style":1,"label":"l","custom_id":"off","disabled":true}]}]}""";

    private static readonly InteractionSpec Follow = new(InteractionKind.Command) { Name = "follow", Options = new JsonObject { ["subject"] = "Ada" } };

    [Fact]
    public async Task The_first_answer_counts_and_the_second_is_refused()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);
        caller.Clock.Advance(TimeSpan.FromMilliseconds(1200));

        var first = await AnswerAsync(caller, interaction, Hello);
        var second = await AnswerAsync(caller, interaction, Hello);
        var forged = await caller.SendAsync("POST", $"interactions/{interaction.Id}/forged/callback", Hello, token: null);

        Assert.Equal((204, ""), (first.Status, first.Text));
        second.Is(400, 40060);
        forged.Is(404, 10062);
        Assert.Equal((4, 1200.0, "hello"), (interaction.CallbackType, interaction.AnsweredAfter!.Value.TotalMilliseconds, interaction.Original!.Value.GetProperty("content").GetString()));
        Assert.True(interaction.Answered.IsCompletedSuccessfully);
        Assert.Single(caller.Discord.Messages(caller.Discord.ChannelId));
    }

    [Fact]
    public async Task After_three_seconds_it_is_unknown()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);

        caller.Clock.Advance(TimeSpan.FromSeconds(3.001));

        (await AnswerAsync(caller, interaction, Hello)).Is(404, 10062);
    }

    [Fact]
    public async Task With_response_the_message_is_told()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);

        var answer = await caller.SendAsync("POST", $"interactions/{interaction.Id}/{interaction.Token}/callback?with_response=true", """{"type":4,"data":{"content":"hello","flags":64}}""", token: null);

        Assert.Equal((200, "hello", true), (answer.Status, answer.Json!["resource"]!["message"]!["content"]!.GetValue<string>(), answer.Json["interaction"]!["response_message_ephemeral"]!.GetValue<bool>()));
        Assert.Empty(caller.Discord.Messages(caller.Discord.ChannelId));
        Assert.Single(interaction.Messages);
    }

    [Fact]
    public async Task A_deferred_answer_is_filled_by_the_first_follow_up_and_stays_ephemeral()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);
        (await HookAsync(caller, interaction, "POST", "", """{"content":"early"}""")).Is(404, 10015);
        await AnswerAsync(caller, interaction, """{"type":5,"data":{"flags":64}}""");

        var filled = await HookAsync(caller, interaction, "POST", "", """{"content":"filled"}""");
        var more = await HookAsync(caller, interaction, "POST", "", """{"content":"more"}""");
        var original = await HookAsync(caller, interaction, "GET", "/messages/@original", null);
        await HookAsync(caller, interaction, "PATCH", $"/messages/{more.Id}", """{"content":"changed"}""");

        Assert.Equal(filled.Id, original.Id);
        Assert.Equal(64, original.Json!["flags"]!.GetValue<int>());
        Assert.Equal(["filled", "changed"], interaction.Messages.Select(message => message.GetProperty("content").GetString()));
        Assert.Single(caller.Discord.Messages(caller.Discord.ChannelId));
    }

    [Fact]
    public async Task The_original_is_deleted_once()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);
        await AnswerAsync(caller, interaction, Hello);

        Assert.Equal(204, (await HookAsync(caller, interaction, "DELETE", "/messages/@original", null)).Status);
        (await HookAsync(caller, interaction, "DELETE", "/messages/@original", null)).Is(404, 10008);
        Assert.Empty(interaction.Messages);
    }

    [Fact]
    public async Task A_token_lives_fifteen_minutes()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow);
        await AnswerAsync(caller, interaction, Hello);

        caller.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await HookAsync(caller, interaction, "PATCH", "/messages/@original", """{"content":"x"}""")).Status);
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        (await HookAsync(caller, interaction, "PATCH", "/messages/@original", """{"content":"y"}""")).Is(401, 50027);
    }

    [Fact]
    public async Task A_person_without_the_guild_gets_five_follow_ups()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow with { UserInstalled = true });
        await AnswerAsync(caller, interaction, Hello);
        for (var at = 0; at < 5; at++)
        {
            Assert.Equal(200, (await HookAsync(caller, interaction, "POST", "", """{"content":"x"}""")).Status);
        }

        (await HookAsync(caller, interaction, "POST", "", """{"content":"x"}""")).Is(400, 40094);
    }

    [Theory]
    [InlineData(InteractionKind.Autocomplete, Hello)]
    [InlineData(InteractionKind.Command, """{"type":8,"data":{"choices":[]}}""")]
    [InlineData(InteractionKind.Command, """{"type":7,"data":{"content":"x"}}""")]
    [InlineData(InteractionKind.Command, """{"type":6}""")]
    [InlineData(InteractionKind.Modal, """{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"c","style":1}}]}}""")]
    [InlineData(InteractionKind.Command, """{"type":5,"data":{"flags":4}}""")]
    [InlineData(InteractionKind.Command, """{"type":9,"data":{"custom_id":"m","title":"t","components":[]}}""")]
    [InlineData(InteractionKind.Command, """{"type":9,"data":{"custom_id":"m","title":"a title with more than forty-five characters in it","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"c","style":1}}]}}""")]
    public async Task An_answer_that_does_not_fit_is_refused_and_the_right_one_still_counts(InteractionKind kind, string body)
    {
        await using var caller = await DiscordCaller.StartAsync();
        var interaction = caller.Discord.SendInteraction(Follow with { Kind = kind, CustomId = "m", Focused = "subject" });

        (await AnswerAsync(caller, interaction, body)).Is(400, 50035);

        Assert.Equal(204, (await AnswerAsync(caller, interaction, kind == InteractionKind.Autocomplete ? """{"type":8,"data":{"choices":[{"name":"Ada","value":"a"}]}}""" : Hello)).Status);
    }

    [Fact]
    public async Task A_button_changes_its_message_or_defers_to_it()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var message = await caller.PostAsync(caller.Messages, Button);

        var update = caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = "b", MessageId = message.Id });
        await AnswerAsync(caller, update, """{"type":7,"data":{"content":"pressed"}}""");
        var defer = caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = "b", MessageId = message.Id });
        await AnswerAsync(caller, defer, """{"type":6}""");
        await HookAsync(caller, defer, "PATCH", "/messages/@original", """{"components":[]}""");

        var now = caller.Discord.Messages(caller.Discord.ChannelId)[0];
        Assert.Equal(("pressed", 0), (now.GetProperty("content").GetString(), now.GetProperty("components").GetArrayLength()));
    }

    [Fact]
    public async Task Nobody_presses_what_is_not_there()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var message = await caller.PostAsync(caller.Messages, Button);

        Assert.Throws<InvalidOperationException>(() => caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = "c", MessageId = message.Id }));
        Assert.Throws<InvalidOperationException>(() => caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = "off", MessageId = message.Id }));
        Assert.Throws<InvalidOperationException>(() => caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Button) { CustomId = "b", MessageId = "1" }));
    }

    private static Task<DiscordAnswer> AnswerAsync(DiscordCaller caller, DiscordInteraction interaction, string body) =>
        caller.SendAsync("POST", $"interactions/{interaction.Id}/{interaction.Token}/callback", body, token: null);

    private static Task<DiscordAnswer> HookAsync(DiscordCaller caller, DiscordInteraction interaction, string method, string path, string? body) =>
        caller.SendAsync(method, $"webhooks/{caller.Discord.ApplicationId}/{interaction.Token}{path}", body, token: null);
}
