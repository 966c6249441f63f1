namespace AlertBot.Alerts;

internal static class AlertsRegistration
{
    public static void AddAlerts(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<AlertsOptions>(settings.GetSection(AlertsOptions.Section));
        services.AddSingleton<AlertOutbox>();
        services.AddSingleton<AlertComposer>();
        services.AddSingleton<MessageSender>();
        services.AddSingleton<AlertDispatcher>();
        services.AddSingleton<NoticeDispatcher>();
    }
}
