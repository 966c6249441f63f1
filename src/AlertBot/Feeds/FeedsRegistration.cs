using System.Net;
using AlertBot.Feeds.Articles;
using AlertBot.Feeds.Finding;
using AlertBot.Feeds.Health;
using AlertBot.Feeds.Hubs;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds;

internal static class FeedsRegistration
{
    /// <param name="publicUrl">Where hubs reach the bot; empty where they can't.</param>
    public static void AddFeeds(this IServiceCollection services, IConfiguration settings, string publicUrl)
    {
        services.Configure<FeedsOptions>(settings.GetSection(FeedsOptions.Section));
        services.AddSingleton<FeedStore>();
        services.AddSingleton<ILeased>(s => s.GetRequiredService<FeedStore>());
        services.AddSingleton<IRemembered>(s => s.GetRequiredService<FeedStore>());
        services.AddSingleton<FeedEditor>();
        services.AddSingleton<FeedBatch>();
        services.AddSingleton<FeedChanges>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<FeedChanges>());
        services.AddSingleton<FeedPacks>();
        services.AddSingleton<NameResolver>(Dns.GetHostAddressesAsync);
        services.AddSingleton(s => FeedHttp.Create(Options(s), new AddressGuard(Options(s).AllowedPrivateEndpoints), s.GetRequiredService<NameResolver>(), s.GetRequiredService<SiteClocks>()));
        services.AddSingleton<FeedSecrets>();
        services.AddSingleton<IRemembered>(s => s.GetRequiredService<FeedSecrets>());
        services.AddSingleton<FeedReports>();
        services.AddSingleton<SiteClocks>();
        services.AddSingleton<FeedSurveyor>();
        services.AddSingleton<FeedFetcher>();
        services.AddSingleton<Robots>();
        services.AddSingleton<ArticlePace>();
        services.AddSingleton<ArticleStates>();
        services.AddSingleton<ArticleReader>();
        services.AddSingleton<FeedFinder>();
        services.AddSingleton(new HubPlace(publicUrl));
        services.AddSingleton<HubStore>();
        services.AddSingleton<HubClient>();
        services.AddSingleton<HubKeeper>();
        services.AddSingleton<HubDesk>();

        static FeedsOptions Options(IServiceProvider s) => s.GetRequiredService<IOptions<FeedsOptions>>().Value;
    }
}
