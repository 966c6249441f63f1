using AlertBot.Platforms;

namespace AlertBot.Moderation;

internal static class ModerationRegistration
{
    public static void AddModeration(this IServiceCollection services)
    {
        services.AddSingleton<FeedPreview>();
        services.AddSingleton<IChatCommand, FeedAddCommand>();
        services.AddSingleton<IChatCommand, FeedListCommand>();
        services.AddSingleton<IChatCommand, FeedRemoveCommand>();
        services.AddSingleton<IChatCommand, FeedPauseCommand>();
        services.AddSingleton<IChatCommand, FeedResumeCommand>();
        services.AddSingleton<IChatCommand, FeedTestCommand>();
        services.AddSingleton<IChatCommand, ActorEditCommand>();
        services.AddSingleton<IChatCommand, ActorSetCommand>();
        services.AddSingleton<IChatCommand, ActorUndoCommand>();
    }
}
