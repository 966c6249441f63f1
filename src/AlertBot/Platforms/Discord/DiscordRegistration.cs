using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Platforms.Discord.Interactions;
using AlertBot.Platforms.Discord.Rest;
using AlertBot.Storage;

namespace AlertBot.Platforms.Discord;

/// <summary>Puts Discord into the host, where there is a token for it.</summary>
internal static class DiscordRegistration
{
    // Interactions come without being asked for; this one tells of servers that the bot joins.
    private const int GuildsIntent = 1;

    public static IServiceCollection AddDiscordPlatform(this IServiceCollection services, DiscordOptions options, Greeting greeting)
    {
        if (!options.IsOn)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(greeting);
        services.AddSingleton(p => new RestClient(options, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Random>(), p.GetRequiredService<ILogger<RestClient>>()));
        services.AddSingleton<DiscordApi>();
        services.AddSingleton<GatewayState>();
        services.AddSingleton<CommandKeys>();
        services.AddSingleton(_ => Translations.Load());
        services.AddSingleton<DiscordPlatform>();
        services.AddSingleton<IChatPlatform>(p => p.GetRequiredService<DiscordPlatform>());
        services.AddSingleton<PostingRights>();
        services.AddSingleton<InteractionHandler>();
        services.AddHostedService<CommandRegistrar>();
        if (options.IsHttp)
        {
            services.AddSingleton<InteractionEndpoint>();
            return services;
        }

        services.AddSingleton<InteractionQueue>();
        services.AddHostedService(p => p.GetRequiredService<InteractionQueue>());
        services.AddSingleton<GuildWelcome>();
        services.AddHostedService(p => p.GetRequiredService<GuildWelcome>());
        services.AddSingleton<DiscordEvents>();
        services.AddSingleton(new GatewaySettings(options.Token, RestClient.UserAgent, GuildsIntent, Shards: null));
        services.AddSingleton<GatewayStore>();
        services.AddSingleton<ILeased>(p => p.GetRequiredService<GatewayStore>());
        services.AddHostedService(p => new DiscordGateway(
            p.GetRequiredService<GatewaySettings>(),
            p.GetRequiredService<Replica>().Id,
            p.GetRequiredService<DiscordApi>().GatewayAsync,
            p.GetRequiredService<GatewayStore>(),
            p.GetRequiredService<GatewayState>(),
            p.GetRequiredService<DiscordEvents>().Handle,
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<Random>(),
            p.GetRequiredService<ILogger<DiscordGateway>>()));
        return services;
    }

    public static void MapDiscord(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<InteractionEndpoint>() is { } endpoint)
        {
            routes.MapPost(InteractionEndpoint.Path, endpoint.HandleAsync);
        }
    }
}
