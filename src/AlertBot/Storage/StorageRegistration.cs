using Microsoft.Extensions.Options;

namespace AlertBot.Storage;

internal static class StorageRegistration
{
    public static void AddStorage(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<StorageOptions>(settings.GetSection(StorageOptions.Section));
        services.AddSingleton(s => Open(s.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton(s => new SecretVault(s.GetRequiredService<IOptions<StorageOptions>>().Value.Keys));
        services.AddSingleton<Migrator>();
        services.AddSingleton<ChangeLog>();
        services.AddSingleton(s => Replica.Begin(s.GetRequiredService<Random>(), s.GetRequiredService<TimeProvider>()));
        if ((settings.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions()).IsShared)
        {
            services.AddSingleton(new SharedClock(TimeProvider.System));
            services.AddSingleton<TimeProvider>(s => s.GetRequiredService<SharedClock>());
        }

        services.AddSingleton<SharedMemory>();
        services.AddSingleton<LeaseKeeper>();
        services.AddHostedService<ReplicaPulse>();
        services.AddHostedService<MemoryPulse>();
    }

    /// <summary>The database that the settings name; nothing is asked of it yet.</summary>
    public static Database Open(StorageOptions options) => options.IsShared ? new PostgresDatabase(options.ConnectionString) : new SqliteDatabase(options.Path);
}
