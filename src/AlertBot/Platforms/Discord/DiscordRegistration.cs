using AlertBot.Platforms.Discord.Interactions;
using AlertBot.Platforms.Discord.Rest;

namespace AlertBot.Platforms.Discord;

/// <summary>Puts Discord into the host, where there is a token for it.</summary>
internal static class DiscordRegistration
{
    public static IServiceCollection AddDiscordPlatform(this IServiceCollection services, DiscordOptions options, WelcomeCard welcome)
    {
        if (!options.IsOn)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(welcome);
        services.AddSingleton(p => new RestClient(options, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Random>(), p.GetRequiredService<ILogger<RestClient>>()));
        services.AddSingleton<DiscordApi>();
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
