using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Subscriptions;

internal static class SubscriptionsRegistration
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<FollowMemory>();
        services.AddSingleton<CallableRoles>();
        services.AddSingleton<ForeignFollows>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<ForeignFollows>());
        services.AddSingleton<ChannelSettingsStore>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<ChannelSettingsStore>());
        services.AddSingleton<ChannelTroubles>();
        services.AddSingleton<Notices>();
        services.AddSingleton<IChatCommand, FollowCommand>();
        services.AddSingleton<IChatCommand, RefollowCommand>();
        services.AddSingleton<IChatCommand, UnfollowCommand>();
        services.AddSingleton<IChatCommand, FollowingCommand>();
        services.AddSingleton<IChatCommand, MuteCommand>();
        services.AddSingleton<IChatCommand, UnmuteCommand>();
    }
}
