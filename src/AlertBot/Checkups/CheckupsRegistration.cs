using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>All checks, in the order in which they are told.</summary>
internal static class CheckupsRegistration
{
    /// <param name="switches">What switches each platform on that a secret switches on.</param>
    public static void AddCheckups(this IServiceCollection services, IReadOnlyList<PlatformSwitch> switches)
    {
        services.AddSingleton(switches);
        services.AddSingleton<ICheck, PulseCheck>();
        services.AddSingleton<ICheck, PlatformsCheck>();
        services.AddSingleton<ICheck, SecretsCheck>();
        services.AddSingleton<ICheck, PermissionsCheck>();
        services.AddSingleton<ICheck, ModeratorsCheck>();
        services.AddSingleton<ICheck, FeedsCheck>();
        services.AddSingleton<ICheck, QueueCheck>();
        services.AddSingleton<ICheck, ReplicasCheck>();
        services.AddSingleton<ICheck, ClockCheck>();
        services.AddSingleton<ICheck, DatabaseCheck>();
        services.AddSingleton<ICheck, IntegrityCheck>();
        services.AddSingleton<ICheck, KnowledgeEditsCheck>();
        services.AddSingleton<ICheck, KnowledgeFilesCheck>();
        services.AddSingleton<ICheck, RetagCheck>();
        services.AddSingleton<Checkup>();
        services.AddSingleton<IChatCommand, DoctorCommand>();
    }
}
