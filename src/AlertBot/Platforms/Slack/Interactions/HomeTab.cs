using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>The bot's own page for each person. https://docs.slack.dev/surfaces/app-home</summary>
internal sealed class HomeTab(HomePage page, Visitors visitors, SlackCardRenderer renderer, SlackApi api)
{
    public async Task<SlackAnswer> PublishAsync(Incoming at, CancellationToken cancellationToken)
    {
        var visitor = await visitors.OfAsync(at with { Place = at.Inbox }, "", cancellationToken);
        return await api.PublishHomeAsync(at.Team, at.User, renderer.Home(await page(visitor, cancellationToken)), cancellationToken);
    }
}
