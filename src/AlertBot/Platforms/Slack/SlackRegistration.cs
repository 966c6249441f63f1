using AlertBot.Platforms.Slack.Http;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Sockets;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

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
        services.AddSingleton(p => new TokenVault(p.GetRequiredService<IOptions<StorageOptions>>().Value.Keys));
        services.AddSingleton<WorkspaceStore>();
        services.AddSingleton<ConfiguredToken>();
        services.AddSingleton<WorkspaceDirectory>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton(p => new SlackSpelling(options, () => p.GetRequiredService<CommandRouter>().Commands));
        services.AddSingleton<SlackCardRenderer>();
        services.AddSingleton<SocketState>();
        services.AddSingleton<SlackPlatform>();
        services.AddSingleton<IChatPlatform>(p => p.GetRequiredService<SlackPlatform>());
        services.AddSingleton<PostingRights>();
        services.AddSingleton<SeenEvents>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<HomeTab>();
        services.AddSingleton<UploadedImages>();
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
        }

        return services;
    }

    public static void MapSlack(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<EventsEndpoint>() is { } endpoint)
        {
            routes.MapPost(EventsEndpoint.Path, endpoint.HandleAsync);
        }

        if (routes.ServiceProvider.GetService<InstallPages>() is { } pages)
        {
            routes.MapGet(InstallPages.StartPath, pages.StartAsync);
            routes.MapGet(InstallPages.ReturnPath, pages.ReturnAsync);
        }
    }
}
