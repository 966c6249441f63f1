using AlertBot.Platforms;

namespace AlertBot.Moderation;

internal static class ModerationRegistration
{
    public static void AddModeration(this IServiceCollection services)
    {
        services.AddSingleton<FeedPreview>();
        services.AddSingleton<FeedLogins>();
        services.AddSingleton<TopicPreview>();
        services.AddSingleton<CommunityStore>();
        services.AddSingleton<SetupOverview>();
        services.AddSingleton<SetupFeeds>();
        services.AddSingleton<SetupRole>();
        services.AddSingleton<SetupChannel>();
        services.AddSingleton<SetupTest>();
        services.AddSingleton<ModeratorsChannels>();
        services.AddSingleton<FeedNotices>();
        services.AddSingleton<FeedHealthReporter>();
        services.AddSingleton<IChatCommand, SetupCommand>();
        services.AddSingleton<IChatCommand, FeedAddCommand>();
        services.AddSingleton<IChatCommand, FeedListCommand>();
        services.AddSingleton<IChatCommand, FeedHealthCommand>();
        services.AddSingleton<IChatCommand, FeedEditCommand>();
        services.AddSingleton<IChatCommand, FeedSetCommand>();
        services.AddSingleton<IChatCommand, FeedLoginCommand>();
        services.AddSingleton<IChatCommand, FeedHeaderCommand>();
        services.AddSingleton<IChatCommand, FeedLogoutCommand>();
        services.AddSingleton<IChatCommand, FeedRemoveCommand>();
        services.AddSingleton<IChatCommand, FeedPauseCommand>();
        services.AddSingleton<IChatCommand, FeedResumeCommand>();
        services.AddSingleton<IChatCommand, FeedTestCommand>();
        services.AddSingleton<IChatCommand, ActorEditCommand>();
        services.AddSingleton<IChatCommand, ActorSetCommand>();
        services.AddSingleton<IChatCommand, ActorUndoCommand>();
        services.AddSingleton<IChatCommand, TopicsAddCommand>();
        services.AddSingleton<IChatCommand, TopicsEditCommand>();
        services.AddSingleton<IChatCommand, TopicsSetCommand>();
        services.AddSingleton<IChatCommand, TopicsTryCommand>();
        services.AddSingleton<IChatCommand, TopicsRemoveCommand>();
        services.AddSingleton<IChatCommand, TopicsUndoCommand>();
    }
}
