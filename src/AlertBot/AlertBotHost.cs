using AlertBot.Alerts;
using AlertBot.Checkups;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Lookups;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Local;
using AlertBot.Platforms.Slack;
using AlertBot.Polling;
using AlertBot.Retagging;
using AlertBot.Scheduling;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using AlertBot.Web;

namespace AlertBot;

/// <summary>The whole bot, one line a folder.</summary>
internal static class AlertBotHost
{
    public static void AddAlertBot(this IServiceCollection services, IConfiguration settings)
    {
        var publicUrl = (settings.GetSection(WebOptions.Section).Get<WebOptions>() ?? new WebOptions()).PublicUrl;
        services.AddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // The one place where randomness comes in.
        services.AddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddMemoryCache();
        services.AddStorage(settings);
        services.AddKnowledge(settings);
        services.AddFeeds(settings, publicUrl);
        services.AddStories(settings);
        services.AddTagging();
        services.AddSubscriptions();
        services.AddAlerts(settings);
        services.AddRetagging();
        services.AddLookups(settings);
        services.AddModeration();
        services.AddPolling();
        services.AddCheckups(Settings.Switches(settings));
        services.AddSingleton<LiveReplicas>(p => () => p.GetRequiredService<LeaseKeeper>().Alive.Count);
        services.AddSingleton<ModeratorRoles>();
        services.AddSingleton<ModeratorsChange>(p => p.GetRequiredService<ModeratorsChannels>().NoteAsync);
        services.AddSingleton<CommandOpening>(p => p.GetRequiredService<SharedMemory>().RefreshAsync);
        services.AddSingleton<CommandUsed>(p => p.GetRequiredService<Visits>().Note);
        services.AddSingleton<CommandRouter>();
        services.AddSingleton<HomeComposer>();
        services.AddLocalPlatform(settings.GetSection(LocalOptions.Section).Get<LocalOptions>() ?? new LocalOptions());
        services.AddDiscordPlatform(settings.GetSection(DiscordOptions.Section).Get<DiscordOptions>() ?? new DiscordOptions(), Moderation.WelcomeCard.Compose);
        services.AddSlackPlatform(SlackOptions.Of(settings.GetSection(SlackOptions.Section), publicUrl), Moderation.WelcomeCard.Compose, p => p.GetRequiredService<HomeComposer>().ComposeAsync);
        services.AddScheduling(settings);
    }

    public static void UseAlertBot(this WebApplication app)
    {
        app.MapLocalChat();
        app.MapDiscord();
        app.MapSlack();
        app.MapHubs();
        app.MapHealth();
    }

    /// <summary>
    /// Makes the database ready: newest schema, leases of a process that died given back, edits of actors and topics and moderator roles
    /// in force, curated feeds added. Call it once before the start.
    /// </summary>
    /// <param name="isAlone">The <see cref="InstallationLock"/> is held: no other process has the database.</param>
    public static async Task PrepareAsync(IServiceProvider services, IReadOnlyList<CatalogFeed> catalog, CancellationToken cancellationToken, bool isAlone = true)
    {
        var database = services.GetRequiredService<Database>();
        await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await (services.GetService<SharedClock>()?.SetAsync(() => database.NowAsync(cancellationToken)) ?? Task.CompletedTask);
        await services.GetRequiredService<LeaseKeeper>().JoinAsync(isAlone && !database.IsShared, cancellationToken);
        await services.GetRequiredService<SharedMemory>().RefreshAsync(cancellationToken);
        services.GetRequiredService<FeedPacks>().Fill(catalog);
        await services.GetRequiredService<FeedStore>().AddMissingAsync(catalog, cancellationToken);
    }
}
