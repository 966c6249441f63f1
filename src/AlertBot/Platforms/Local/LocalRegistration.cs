using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlertBot.Platforms.Local;

/// <summary>Puts the local chat into the host. The schema must stand before the host starts.</summary>
internal static class LocalRegistration
{
    public static IServiceCollection AddLocalPlatform(this IServiceCollection services, LocalOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LocalMessages>();
        services.AddSingleton<LocalConversation>();
        services.AddSingleton<LocalAccess>();
        services.AddSingleton<LocalStream>();
        services.AddSingleton<LocalPlatform>();
        services.AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<LocalPlatform>());
        services.TryAddSingleton<ModeratorRoles>();
        services.TryAddSingleton<CommandRouter>();
        // Console.In would block on every read; a reader of our own over standard input does not.
        services.TryAddSingleton(_ => new TerminalStreams(new StreamReader(Console.OpenStandardInput()), Console.Out));
        services.AddHostedService<FirstChannels>();
        services.AddHostedService<LocalTerminal>();
        return services;
    }

    /// <summary>Makes the channels of the settings before anything is posted.</summary>
    private sealed class FirstChannels(LocalMessages messages, LocalOptions options) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var channel in options.FirstChannels)
            {
                await messages.AddChannelAsync(channel, cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
