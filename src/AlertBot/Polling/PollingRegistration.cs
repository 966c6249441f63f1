namespace AlertBot.Polling;

internal static class PollingRegistration
{
    public static void AddPolling(this IServiceCollection services)
    {
        services.AddSingleton<FeedPoller>();
        services.AddSingleton<FeedIntake>();
        services.AddSingleton<FullTexts>();
        services.AddSingleton<IntakeWriter>();
        services.AddSingleton<PollLedger>();
        services.AddSingleton<HostPauses>();
    }
}
