using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Retagging;

internal static class RetaggingRegistration
{
    public static void AddRetagging(this IServiceCollection services)
    {
        services.AddSingleton<RetagStore>();
        services.AddSingleton<Retagger>();
        services.AddSingleton<RetagPreview>();
        services.AddSingleton<ArchiveMerge>();
        services.AddSingleton<RetagChanges>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<RetagChanges>());
        services.AddSingleton<IChatCommand, RetagCommand>();
    }
}
