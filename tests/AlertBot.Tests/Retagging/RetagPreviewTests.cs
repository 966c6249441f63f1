using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Retagging;

/// <summary>What a moderator sees before an edit of an actor, and that it comes true.</summary>
public sealed class RetagPreviewTests
{
    private const string Nickname = "The Iron Duke";

    [Fact]
    public async Task An_edit_shows_what_it_would_change_and_is_made_by_a_button()
    {
        await using var bot = await WithArchiveAsync();
        var asked = await bot.SayAsync($"/actor set kim-yung-ho aliases:Kim Yung-ho; {Nickname}");

        Assert.Equal((CardTone.Answer, "This would change 3 stories"), (asked.Tone, asked.Title));
        Assert.Contains($"Aliases added: {Nickname}", asked.Text(), StringComparison.Ordinal);
        Assert.Contains("3 of all 8 stories change; nothing is posted for them. No past alert loses its reason.", asked.Text(), StringComparison.Ordinal);
        var example = Assert.Single(asked.Blocks.OfType<CardBlock.Items>()).Rows[0];
        Assert.Equal($"{Nickname} speaks 3", example.Text);
        Assert.StartsWith($"Kim Yung-ho comes: “{Nickname}” (", example.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Nickname, bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);

        var apply = Assert.Single(asked.Actions);
        Assert.True(apply.Replaces, "The question would stay.");
        Assert.Equal("Edited Kim Yung-ho", (await bot.SayAsync(apply.Command)).Title);
        Assert.Contains(Nickname, bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);
    }

    [Fact]
    public async Task Past_alerts_that_would_lose_their_reason_are_told_and_stay()
    {
        await using var bot = await WithArchiveAsync();
        var shown = await bot.AlertsAsync();
        Assert.NotEmpty(shown);
        var lost = shown.Count == 1 ? "1 past alert" : $"{shown.Count} past alerts";
        var asked = await bot.SayAsync("/actor set kim-yung-ho name:\"Kim Young-chul\" surname:- aliases:-");

        Assert.Equal($"This would change 4 stories, {lost}", asked.Title);
        Assert.Contains($"{lost} would not come with it; what was sent stays.", asked.Text(), StringComparison.Ordinal);
        Assert.All(Assert.Single(asked.Blocks.OfType<CardBlock.Items>()).Rows, r => Assert.StartsWith("Kim Young-chul goes: “Kim", r.Detail, StringComparison.Ordinal));

        await bot.SayAsync(asked.Actions[0].Command);
        await DrainAsync(bot);
        await bot.TurnAsync();
        Assert.Equal(shown.Select(a => a.Title), (await bot.AlertsAsync()).Select(a => a.Title));
        Assert.Contains($"Past alerts that would not come now: {shown.Count}", (await bot.SayAsync("/retag")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kim-yung-ho", null, null, new[] { "Kim Yung-ho", Nickname })]
    [InlineData("kim-yung-ho", "Nobody At All", "", new string[0])]
    [InlineData("kim-jong-un", null, "Moon", null)]
    [InlineData("kim-jong-un", "Marshal Kim", null, new string[0])]
    [InlineData("north-korea", "Northland", null, new string[0])]
    [InlineData("kim-yung-ho", null, null, new[] { "Nowhere To Be Found" })]
    public async Task What_is_foretold_comes_true(string slug, string? name, string? surname, string[]? aliases)
    {
        await using var bot = await WithArchiveAsync();
        var fields = new ActorFields(name, surname, aliases);
        var knowledge = bot.Get<KnowledgeBase>();
        var foretold = await bot.Get<RetagPreview>().OfAsync(knowledge.Current.With(ActorOverlay.Of(knowledge.Current).With(slug, fields).With!), bot.Token);
        Assert.IsType<ActorEditResult.Done>(await bot.Get<ActorEdits>().EditAsync(slug, fields, new Author("test"), bot.Token));
        await DrainAsync(bot);

        Assert.Equal(new RetagCounts(foretold.Looked, foretold.Changed, foretold.LostAlerts, 0), (await bot.Get<RetagStore>().FindAsync(bot.Token))!.Done);
    }

    [Fact]
    public async Task Taking_an_edit_back_is_asked_about_too_and_can_be_done_at_once()
    {
        await using var bot = await WithArchiveAsync();
        var line = $"/actor set kim-yung-ho aliases:{Nickname} apply:yes";
        Assert.Equal("Edited Kim Yung-ho", (await bot.SayAsync(line)).Title);
        await DrainAsync(bot);

        var asked = await bot.SayAsync("/actor undo kim-yung-ho");
        Assert.Equal("This would change 3 stories", asked.Title);
        Assert.Contains($"goes: “{Nickname}” (", asked.Text(), StringComparison.Ordinal);
        Assert.Contains(Nickname, bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);
        Assert.StartsWith("Took back", (await bot.SayAsync(asked.Actions[0].Command)).Title, StringComparison.Ordinal);
        Assert.DoesNotContain(Nickname, bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);
    }

    [Fact]
    public async Task An_edit_before_the_archive_is_up_to_date_is_not_blamed_for_the_one_before()
    {
        await using var bot = await WithArchiveAsync();
        await bot.SayAsync($"/actor set kim-yung-ho aliases:Kim Yung-ho; {Nickname} apply:yes");

        Assert.Equal("Edited Moon Jae-in", (await bot.SayAsync("/actor set moon-jae-in aliases:Nowhere To Be Found")).Title);
    }

    private static async Task<BotHarness> WithArchiveAsync()
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow kim-yung-ho");
        await bot.SayAsync("/follow north-korea", channel: "other");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed([
            .. Enumerable.Range(1, 3).Select(n => Story($"{Nickname} speaks {n}", $"{Nickname} spoke for the {n}. time on Monday about many things that matter to all of us here.")),
            Story("Kim Yung-ho warns of sanctions", "Kim Yung-ho warned on Monday that sanctions will not be lifted. Kim said that he is patient."),
            Story("Kim Yung-ho to visit the border", "Kim Yung-ho will visit the border. “We will wait,” Kim told reporters."),
            Story("Moon Jae-in looks back", "Former President Moon Jae-in spoke about his years in office. Kim Yung-ho was in the audience. Many came to listen to him on the day."),
            Story("Kim Jong Un inspects a farm", "North Korean leader Kim Jong Un inspected a farm. Kim was pleased with it. North Korea has had a good harvest."),
            Story("Kim Yung-ho and Kim Jong Un", "Kim Jong Un did not answer Kim Yung-ho. Kim said nothing on Monday. North Korea said nothing, and Moon said nothing.")]));
        await bot.TurnAsync();
        await DrainAsync(bot);
        return bot;

        static RssItem Story(string title, string text) => new(title, $"https://wire.example/{title.Replace(' ', '-')}", title, text, title.StartsWith(Nickname, StringComparison.Ordinal) ? $"Sat, 0{title[^1]} Jun 2024 00:00:00 GMT" : "Sat, 11 May 2024 00:00:00 GMT");
    }

    private static async Task DrainAsync(BotHarness bot)
    {
        while (await bot.Get<Retagger>().StepAsync(bot.Token))
        {
        }
    }
}
