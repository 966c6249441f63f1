using System.Net;
using AlertBot.Feeds.Articles;
using AlertBot.Feeds.Health;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds;

internal static class FeedsRegistration
{
    public static void AddFeeds(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<FeedsOptions>(settings.GetSection(FeedsOptions.Section));
        services.AddSingleton<FeedStore>();
        services.AddSingleton<FeedEditor>();
        services.AddSingleton<FeedPacks>();
        services.AddSingleton<NameResolver>(Dns.GetHostAddressesAsync);
        services.AddSingleton(s => FeedHttp.Create(Options(s), new AddressGuard(Options(s).AllowedPrivateEndpoints), s.GetRequiredService<NameResolver>()));
        services.AddSingleton<FeedSecrets>();
        services.AddSingleton<FeedReports>();
        services.AddSingleton<SiteClocks>();
        services.AddSingleton<FeedSurveyor>();
        services.AddSingleton<FeedFetcher>();
        services.AddSingleton<Robots>();
        services.AddSingleton<ArticlePace>();
        services.AddSingleton<ArticleStates>();
        services.AddSingleton<ArticleReader>();

        static FeedsOptions Options(IServiceProvider s) => s.GetRequiredService<IOptions<FeedsOptions>>().Value;
    }
}
