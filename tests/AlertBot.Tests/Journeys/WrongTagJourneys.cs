using AlertBot.Knowledge;
using AlertBot.Retagging;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>From a wrong tag under an alert to an archive that no longer has it, on every platform.</summary>
public abstract class WrongTagJourneys
{
    private const string Nickname = "The Iron Duke";

    private protected abstract Task<ChatBench> StartAsync();

    [Fact]
    public async Task A_wrong_tag_leads_to_the_names_behind_it_to_a_preview_and_to_an_archive_without_it()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        Assert.Equal("Edited Kim Yung-ho", (await chat.TypeAsync($"/actor set kim-yung-ho aliases:Kim Yung-ho; {Nickname}")).Title);
        await chat.TypeAsync("/follow kim-yung-ho");
        await chat.NewsAsync(new RssItem($"{Nickname} speaks", "https://wire.example/duke", "duke", $"{Nickname} spoke on Monday about many things that matter to all of us here."));
        var alert = Assert.Single(await chat.AlertsAsync());
        var which = await chat.PressAsync(alert, "Wrong tag", isModerator: false);
        Assert.Equal("Thank you: Kim Yung-ho is noted as wrong", (await chat.PressAsync(which, "Kim Yung-ho", isModerator: false)).Title);

        var form = await chat.PressAsync(await chat.TypeAsync("/wrong-tags"), "Edit Kim Yung-ho");
        Assert.True(form.HasForm, "There is nothing to fill in.");
        var asked = await chat.SubmitAsync(form, ("surname", ""), ("aliases", "Kim Yung-ho\n김영호"));
        Assert.Equal("This would change 1 story, 1 past alert", asked.Title);
        Assert.Contains($"Kim Yung-ho goes: “{Nickname}” (", asked.Text, StringComparison.Ordinal);
        Assert.Contains(Nickname, chat.Bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);

        var done = await chat.PressAsync(asked, "Apply");
        Assert.Equal("Edited Kim Yung-ho", done.Title);
        Assert.Equal(chat.ReplacesMessages, done.Replaced);
        var edited = chat.Bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!;
        Assert.Equal(["Kim Yung-ho", "김영호"], edited.Aliases);
        Assert.Equal(("Kim Yung-ho", null), (edited.Name, edited.Surname));
        await chat.Bot.Get<Retagger>().WorkAsync(TimeSpan.FromMinutes(1), chat.Bot.Token);

        var progress = await chat.PressAsync(done, "The archive");
        Assert.Equal("The archive is tagged with all that is known now", progress.Title);
        Assert.Contains("gone since", (await chat.TypeAsync("/wrong-tags")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Nickname} speaks", (await chat.TypeAsync("/latest kim-yung-ho")).Text, StringComparison.Ordinal);
        Assert.Single(await chat.AlertsAsync());
    }
}

public sealed class LocalWrongTagJourneys : WrongTagJourneys
{
    private protected override Task<ChatBench> StartAsync() => LocalBench.StartAsync();
}

public sealed class DiscordWrongTagJourneys : WrongTagJourneys
{
    private protected override Task<ChatBench> StartAsync() => DiscordBench.StartAsync();
}

public sealed class SlackWrongTagJourneys : WrongTagJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("socket");
}
