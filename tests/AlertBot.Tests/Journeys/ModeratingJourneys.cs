using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>Moderators at work on actors and topics, in lines, forms and buttons, on every platform.</summary>
public abstract class ModeratingJourneys
{
    private protected abstract Task<ChatBench> StartAsync();

    [Fact]
    public async Task An_actor_is_added_in_a_form_merged_by_a_button_and_both_are_taken_back_in_the_audit()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync(new RssItem("Hong Gil-dong opens a lock", "https://wire.example/lock", "lock", "Hong Gil-dong opened a lock on the river on Monday. Many people came to see it."));
        var form = await chat.TypeAsync("/actor add");
        Assert.True(form.HasForm, "There is nothing to fill in.");
        var asked = await chat.SubmitAsync(form, ("name", "Hong Gil-dong"), ("surname", "Hong"), ("country", "South Korea"), ("aliases", "Hong Gil Dong\n홍길동"));
        Assert.Equal("This would change 1 story", asked.Title);
        Assert.Equal("Added Hong Gil-dong", (await chat.PressAsync(asked, "Apply")).Title);
        Assert.Equal("Edited Hong Gil-dong", (await chat.TypeAsync("/actor alias hong-gil-dong add:The River Man")).Title);

        var counted = await chat.TypeAsync("/actor merge hong-gil-dong kim-yung-ho");
        Assert.Contains("hong-gil-dong means kim-yung-ho from then on", counted.Text, StringComparison.Ordinal);
        var merged = await chat.PressAsync(counted, "Apply");
        Assert.Equal("Merged Hong Gil-dong", merged.Title);
        Assert.Equal("Kim Yung-ho", (await chat.TypeAsync("/who hong-gil-dong")).Title);
        await chat.RestartAsync();

        foreach (var number in new[] { 3, 2, 1 })
        {
            var audit = await chat.TypeAsync("/audit");
            Assert.Equal(chat.HidesAnswers, audit.IsPrivate);
            Assert.Contains($"{number}: ", audit.Text, StringComparison.Ordinal);
            var undone = await chat.PressAsync(audit, $"Undo {number}");
            undone = undone.Title.StartsWith("This would", StringComparison.Ordinal) ? await chat.PressAsync(undone, "Apply") : undone;
            Assert.StartsWith($"Took back {number}: ", undone.Title, StringComparison.Ordinal);
        }

        Assert.Null(chat.Bot.Get<KnowledgeBase>().FindActor("hong-gil-dong"));
    }

    [Fact]
    public async Task A_topic_gets_a_phrase_and_a_threshold_after_a_look_at_what_changes()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync(new RssItem("Oxen for farmers of Jeju", "https://wire.example/oxen", "oxen", "Forty oxen were given to farmers of Jeju on Monday. They came by ship."));
        var asked = await chat.TypeAsync("/topics phrase sanctions add:forty oxen");
        Assert.Equal("This would change 1 story", asked.Title);
        Assert.Contains("forty oxen", asked.Text, StringComparison.Ordinal);
        Assert.Equal("Edited Sanctions", (await chat.PressAsync(asked, "Apply")).Title);
        Assert.Contains("forty oxen", chat.Bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Keywords);

        // The archive waits for the change before: nothing is left to ask about.
        var raised = await chat.TypeAsync("/topics threshold sanctions 90");
        Assert.Equal("Edited Sanctions", raised.Title);
        Assert.Equal(90, chat.Bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Threshold);
        Assert.Contains("is no phrase of Sanctions", (await chat.TypeAsync("/topics phrase sanctions remove:sixty oxen")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Took back", (await chat.PressAsync(raised, "Undo")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_administers_the_platform_moderates_and_nobody_else_runs_what_is_for_moderators()
    {
        await using var chat = await StartAsync();
        var moderators = chat.Bot.Get<CommandRouter>().Commands.Where(c => c.ModeratorsOnly).ToList();
        Assert.Contains("audit", moderators.Select(c => c.Name));
        foreach (var command in moderators)
        {
            var refused = await chat.TypeAsync($"/{command.Example}", isModerator: false);
            Assert.StartsWith("Only moderators may run /", refused.Title, StringComparison.Ordinal);
            Assert.EndsWith(command.Name, refused.Title, StringComparison.Ordinal);
        }

        Assert.Empty(await chat.Bot.QueryAsync<long>("SELECT id FROM changes"));
        Assert.DoesNotContain("Only moderators", (await chat.TypeAsync("/audit")).Title, StringComparison.Ordinal);
        var added = await chat.TypeAsync("/topics add Whaling phrases:whaling");
        Assert.Equal("Added Whaling", added.Title);
        Assert.StartsWith("Only moderators", (await chat.PressAsync(added, "Undo", isModerator: false)).Title, StringComparison.Ordinal);
    }
}

public sealed class LocalModeratingJourneys : ModeratingJourneys
{
    private protected override Task<ChatBench> StartAsync() => LocalBench.StartAsync();

    [Theory]
    [InlineData("/topic add Whaling phrases:whaling", "Added Whaling")]
    [InlineData("topic phrase sanctions add:asset grab", "Edited Sanctions")]
    [InlineData("/topic threshold sanctions 3", "Edited Sanctions")]
    [InlineData("/Topic Remove sanctions", "Removed Sanctions")]
    [InlineData("/topic sanctions", "Sanctions")]
    public async Task A_topic_is_moderated_under_the_name_that_people_type(string line, string title)
    {
        await using var chat = await StartAsync();

        Assert.Equal(title, (await chat.TypeAsync(line)).Title);
    }
}

public sealed class DiscordModeratingJourneys : ModeratingJourneys
{
    private protected override Task<ChatBench> StartAsync() => DiscordBench.StartAsync();
}

public sealed class SlackModeratingJourneys : ModeratingJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("socket");

    [Fact]
    public async Task A_topic_is_moderated_under_the_name_that_people_type()
    {
        await using var chat = await StartAsync();

        Assert.Equal("Added Whaling", (await chat.TypeAsync("/topic add Whaling phrases:whaling")).Title);
    }
}
