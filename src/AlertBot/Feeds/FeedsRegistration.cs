using AlertBot.Feeds.Health;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds;

internal static class FeedsRegistration
{
    public static void AddFeeds(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<FeedsOptions>(settings.GetSection(FeedsOptions.Section));
        services.AddSingleton<FeedStore>();
        services.AddSingleton<FeedEditor>();
        services.AddSingleton<FeedBatch>();
        services.AddSingleton<FeedChanges>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<FeedChanges>());
        services.AddSingleton<FeedPacks>();
        services.AddSingleton<FeedReports>();
        services.AddSingleton<FeedSurveyor>();
        services.AddSingleton(s => FeedHttp.Create(Options(s), new AddressGuard(Options(s).AllowedPrivateEndpoints)));
        services.AddSingleton<FeedFetcher>();

        static FeedsOptions Options(IServiceProvider s) => s.GetRequiredService<IOptions<FeedsOptions>>().Value;
    }
}
