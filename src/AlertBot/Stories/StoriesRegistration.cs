using AlertBot.Stories.Events;
using AlertBot.Stories.Search;

namespace AlertBot.Stories;

internal static class StoriesRegistration
{
    public static void AddStories(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<RetentionOptions>(settings.GetSection(RetentionOptions.Section));
        services.AddSingleton<StoryStore>();
        services.AddSingleton<StoryReferences>();
        services.AddSingleton<Retention>();
        services.AddSingleton<ArchiveStatistics>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<StoryDesk>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<StorySearch>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventDesk>();
    }
}
