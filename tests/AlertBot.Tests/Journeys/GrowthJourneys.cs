using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>An event that goes on after its alert, the same on every platform.</summary>
public abstract class GrowthJourneys
{
    private protected abstract Task<ChatBench> StartAsync();

    [Fact]
    public async Task A_channel_that_chose_nothing_sees_its_alert_edited_and_no_more()
    {
        await using var chat = await WithAlertAsync();
        await GoOnAsync(chat, FerryNews.Arrest);

        var alert = Assert.Single(await chat.AlertsAsync());
        Assert.Equal(FerryNews.First.Title, alert.Title);
        Assert.Contains("2 outlets · first Test Wire", alert.Text, StringComparison.Ordinal);
        Assert.Contains(FerryNews.Arrest.Title, alert.Text, StringComparison.Ordinal);
        Assert.Equal(1, await StoriesShownAsync(chat));
        Assert.Empty(await NewsUnderAsync(chat, alert));
    }

    [Fact]
    public async Task What_goes_on_stands_in_the_alerts_one_thread_once_an_hour_through_restarts_and_a_discussion_joins_it()
    {
        await using var chat = await WithAlertAsync("thread");
        await GoOnAsync(chat, FerryNews.Arrest);
        await chat.NewsAsync(FerryNews.Medals, FerryNews.Arrest, FerryNews.First);
        await chat.RestartAsync();
        await GoOnAsync(chat, FerryNews.Wreck, FerryNews.Medals, FerryNews.Arrest);

        var alert = Assert.Single(await chat.AlertsAsync());
        Assert.Contains("4 outlets", alert.Text, StringComparison.Ordinal);
        Assert.Equal([FerryNews.Arrest.Title, FerryNews.Wreck.Title], await NewsUnderAsync(chat, alert));

        chat.Bot.Time.Advance(TimeSpan.FromSeconds(2));
        await chat.PressAsync(alert, "Discuss");
        Assert.Equal([FerryNews.Arrest.Title, FerryNews.Wreck.Title, FerryNews.First.Title], await NewsUnderAsync(chat, alert));
    }

    [Fact]
    public async Task What_goes_on_is_posted_in_a_channel_that_wants_it_anew()
    {
        await using var chat = await WithAlertAsync("anew");
        await GoOnAsync(chat, FerryNews.Arrest);

        var news = Assert.Single(await chat.ShownAsync(), m => m.Title == FerryNews.Arrest.Title);
        Assert.Contains("what went on since alert 1", news.Text, StringComparison.Ordinal);
        Assert.Contains("2 outlets", Assert.Single(await chat.AlertsAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("North Korea", (await chat.PressAsync(news, "Why?")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quiet 10:00-18:00 floor:urgent", "the quiet hours are over")]
    [InlineData("digest daily 18:00", "it is time for it")]
    public async Task What_goes_on_waits_as_its_channel_wants_it_and_is_told_by_itself_in_its_place(string wanted, string why)
    {
        await using var chat = await WithAlertAsync("thread");
        chat.Bot.Time.SetUtcNow(chat.Bot.Time.GetUtcNow().Date.AddHours(13));
        await chat.TypeAsync($"/channel {wanted}");
        await GoOnAsync(chat, FerryNews.Arrest);

        var alert = Assert.Single(await chat.AlertsAsync());
        Assert.Empty(await NewsUnderAsync(chat, alert));
        Assert.Contains("18:00 UTC", (await chat.TypeAsync("/where arrests captain")).Text, StringComparison.Ordinal);

        chat.Bot.Time.SetUtcNow(chat.Bot.Time.GetUtcNow().Date.AddHours(18));
        await chat.Bot.DeliverAsync();
        Assert.Equal([FerryNews.Arrest.Title], await NewsUnderAsync(chat, alert));
        Assert.Contains(why, (await chat.TypeAsync("/where arrests captain")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_alerts_of_a_follow_call_its_role_as_often_as_they_may_and_what_goes_on_calls_nobody()
    {
        await using var chat = await StartAsync();
        var role = chat.NewRole();
        await chat.TypeAsync($"/follow mentions:north-korea or mentions:japan ping:{role}");
        await chat.TypeAsync("/channel growth thread");
        await chat.TypeAsync("/channel pings 1");
        await chat.AddFeedAsync();
        await chat.NewsAsync(FerryNews.First with { Title = $"{FerryNews.First.Title} @everyone <@&123> <!channel> <!subteam^S9>" });
        await GoOnAsync(chat, FerryNews.Arrest);
        await chat.NewsAsync(FerryNews.Others[0]);
        await chat.NewsAsync(FerryNews.Others);

        Assert.Equal([role, role], await chat.CalledAsync());
        string[] told = [FerryNews.First.Title, .. FerryNews.Others.Select(o => o.Title)];
        Assert.Collection(await chat.AlertsAsync(), [.. told.Select(title => (Action<ChatAnswer>)(alert => Assert.Contains(title, alert.Text, StringComparison.Ordinal)))]);
        Assert.Single(await NewsUnderAsync(chat, (await chat.AlertsAsync())[0]));
    }

    private async Task<ChatBench> WithAlertAsync(string? growth = null)
    {
        var chat = await StartAsync();
        await chat.TypeAsync("/follow mentions:north-korea");
        await chat.AddFeedAsync();
        if (growth is not null)
        {
            Assert.StartsWith("When an event goes on, its alert is edited, and", (await chat.TypeAsync($"/channel growth {growth}")).Title, StringComparison.Ordinal);
        }

        await chat.NewsAsync(FerryNews.First);
        Assert.Single(await chat.AlertsAsync());
        return chat;
    }

    /// <summary>Lets an hour pass, and then the news come.</summary>
    private static async Task GoOnAsync(ChatBench chat, params RssItem[] news)
    {
        for (var turns = 0; turns < 4; turns++)
        {
            await chat.NewsAsync([.. news[1..], FerryNews.First]);
        }

        await chat.NewsAsync([.. news, FerryNews.First]);
    }

    private static async Task<int> StoriesShownAsync(ChatBench chat) => (await chat.ShownAsync()).Count(IsStory);

    private static async Task<IReadOnlyList<string>> NewsUnderAsync(ChatBench chat, ChatAnswer alert) => [.. (await chat.UnderAsync(alert)).Where(IsStory).Select(m => m.Title)];

    private static bool IsStory(ChatAnswer message) => new[] { FerryNews.First, FerryNews.Arrest, FerryNews.Wreck, FerryNews.Medals }.Any(i => i.Title == message.Title);
}

public sealed class LocalGrowthJourneys : GrowthJourneys
{
    private protected override Task<ChatBench> StartAsync() => LocalBench.StartAsync();
}

public sealed class DiscordGrowthJourneys : GrowthJourneys
{
    private protected override Task<ChatBench> StartAsync() => DiscordBench.StartAsync();
}

public sealed class SlackGrowthJourneys : GrowthJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("socket");
}
