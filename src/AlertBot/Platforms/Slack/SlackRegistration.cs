using AlertBot.Platforms.Slack.Http;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Storage;

namespace AlertBot.Platforms.Slack;

/// <summary>Puts Slack into the host, where there is a token or an app for it.</summary>
internal static class SlackRegistration
{
    public static IServiceCollection AddSlackPlatform(this IServiceCollection services, SlackOptions options, Greeting greeting, Func<IServiceProvider, HomePage> home)
    {
        if (!options.IsOn)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(greeting);
        services.AddSingleton(home);
        services.AddSingleton<SlackClient>();
        services.AddSingleton<WorkspaceStore>();
        services.AddSingleton<ConfiguredToken>();
        services.AddSingleton<WorkspaceDirectory>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton(p => new SlackSpelling(options, () => p.GetRequiredService<CommandRouter>().Commands));
        services.AddSingleton<SlackCardRenderer>();
        services.AddSingleton<UploadedImages>();
        services.AddSingleton(p => new SocketState(() => p.GetRequiredService<LeaseKeeper>().Alive.Count));
        services.AddSingleton<SlackPlatform>();
        services.AddSingleton<IChatPlatform>(p => p.GetRequiredService<SlackPlatform>());
        services.AddSingleton<PostingRights>();
        services.AddSingleton<SeenEvents>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<HomeTab>();
        services.AddSingleton<Replies>();
        services.AddSingleton<Forms>();
        services.AddSingleton<SlackEvents>();
        services.AddSingleton<DeliveryHandler>();
        services.AddSingleton<HandleDelivery>(p => p.GetRequiredService<DeliveryHandler>().HandleAsync);
        services.AddHostedService<WorkspaceUpkeep>();
        if (options.IsHttp)
        {
            services.AddSingleton<EventsEndpoint>();
        }
        else
        {
            services.AddSingleton<Deliveries>();
            services.AddSingleton<SocketDoor>();
            services.AddHostedService<SocketMode>();
        }

        if (options.ClientId.Length > 0)
        {
            services.AddSingleton<InstallStates>();
            services.AddSingleton<InstallPages>();
            services.AddInstallLimit();
        }

        return services;
    }

    public static void MapSlack(this WebApplication app)
    {
        if (app.Services.GetService<EventsEndpoint>() is { } endpoint)
        {
            app.MapPost(EventsEndpoint.Path, endpoint.HandleAsync);
        }

        if (app.Services.GetService<InstallPages>() is { } pages)
        {
            app.UseRateLimiter();
            app.MapGet(InstallPages.StartPath, pages.StartAsync).RequireRateLimiting(InstallLimit.Policy);
            app.MapGet(InstallPages.ReturnPath, pages.ReturnAsync);
        }
    }
}
