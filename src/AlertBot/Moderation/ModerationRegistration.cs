using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

internal static class ModerationRegistration
{
    public static void AddModeration(this IServiceCollection services)
    {
        services.AddSingleton<FeedPreview>();
        services.AddSingleton<FeedLogins>();
        services.AddSingleton<TopicPreview>();
        services.AddSingleton<ActorEditor>();
        services.AddSingleton<TopicEditor>();
        services.AddSingleton<Undoing>();
        services.AddSingleton<IReversible, ActorReversals>();
        services.AddSingleton<CommunityStore>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<CommunityStore>());
        services.AddSingleton<IRemembered>(s => s.GetRequiredService<CommunityStore>());
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
        services.AddSingleton<ImportFile>();
        services.AddSingleton<ImportDrafts>();
        services.AddSingleton<FeedImporter>();
        services.AddSingleton<IReversible>(p => p.GetRequiredService<FeedImporter>());
        services.AddSingleton<IChatCommand, FeedImportCommand>();
        services.AddSingleton<IChatCommand, FeedExportCommand>();
        services.AddSingleton<FeedFigureReader>();
        services.AddSingleton<IChatCommand, FeedShowCommand>();
        services.AddSingleton<ConfigStates>();
        services.AddSingleton<ConfigRights>();
        services.AddSingleton<ConfigImporter>();
        services.AddSingleton<IReversible>(p => p.GetRequiredService<ConfigImporter>());
        services.AddSingleton<IChatCommand, ConfigExportCommand>();
        services.AddSingleton<IChatCommand, ConfigImportCommand>();
        services.AddSingleton<IChatCommand, AuditCommand>();
        services.AddSingleton<IChatCommand, UndoCommand>();
        services.AddSingleton<IChatCommand, ActorAddCommand>();
        services.AddSingleton<IChatCommand, ActorAliasCommand>();
        services.AddSingleton<IChatCommand, ActorMergeCommand>();
        services.AddSingleton<IChatCommand, ActorRemoveCommand>();
        services.AddSingleton<IChatCommand, ActorEditCommand>();
        services.AddSingleton<IChatCommand, ActorSetCommand>();
        services.AddSingleton<IChatCommand, ActorUndoCommand>();
        services.AddSingleton<IChatCommand, TopicsAddCommand>();
        services.AddSingleton<IChatCommand, TopicsEditCommand>();
        services.AddSingleton<IChatCommand, TopicsSetCommand>();
        services.AddSingleton<IChatCommand, TopicsPhraseCommand>();
        services.AddSingleton<IChatCommand, TopicsSeverityCommand>();
        services.AddSingleton<IChatCommand, TopicsThresholdCommand>();
        services.AddSingleton<IChatCommand, TopicsTryCommand>();
        services.AddSingleton<IChatCommand, TopicsRemoveCommand>();
        services.AddSingleton<IChatCommand, TopicsUndoCommand>();
    }
}
