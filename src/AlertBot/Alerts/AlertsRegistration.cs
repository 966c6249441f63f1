using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Alerts;

internal static class AlertsRegistration
{
    public static void AddAlerts(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<AlertsOptions>(settings.GetSection(AlertsOptions.Section));
        services.AddSingleton<Outbox>();
        services.AddSingleton<ILeased>(s => s.GetRequiredService<Outbox>());
        services.AddSingleton<OutboxStatus>();
        services.AddSingleton<Developments>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<BundleComposer>();
        services.AddSingleton<HeldAlerts>();
        services.AddSingleton<DigestDesk>();
        services.AddSingleton<AlertComposer>();
        services.AddSingleton<MessageSender>();
        services.AddSingleton<DeliverySettler>();
        services.AddSingleton<DeliveryDispatcher>();
        services.AddSingleton<AlertEdits>();
        services.AddSingleton<ILeased>(s => s.GetRequiredService<AlertEdits>());
        services.AddSingleton<AlertEditor>();
        services.AddSingleton<AlertHistory>();
        services.AddSingleton<TagReports>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<TagReports>());
        services.AddSingleton<NearMisses>();
        services.AddSingleton<StoryLedger>();
        services.AddSingleton<IChatCommand, WhyCommand>();
        services.AddSingleton<IChatCommand, WhereCommand>();
        services.AddSingleton<IChatCommand, DiscussCommand>();
        services.AddSingleton<IChatCommand, ChannelShowCommand>();
        services.AddSingleton<IChatCommand, ChannelGrowthCommand>();
        services.AddSingleton<ChannelRights>();
        services.AddSingleton<IChatCommand, ChannelDigestCommand>();
        services.AddSingleton<IChatCommand, ChannelQuietCommand>();
        services.AddSingleton<IChatCommand, ChannelTimeZoneCommand>();
        services.AddSingleton<IChatCommand, DigestPreviewCommand>();
        services.AddSingleton<IChatCommand, DigestNowCommand>();
        services.AddSingleton<IChatCommand, ChannelPingsCommand>();
        services.AddSingleton<IChatCommand, WrongTagCommand>();
        services.AddSingleton<IChatCommand, WrongTagsCommand>();
    }
}
