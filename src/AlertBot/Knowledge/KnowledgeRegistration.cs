using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Knowledge;

internal static partial class KnowledgeRegistration
{
    private const int MostWarnings = 20;

    public static void AddKnowledge(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<KnowledgeOptions>(settings.GetSection(KnowledgeOptions.Section));
        services.AddSingleton(Load);
        services.AddSingleton<ActorEdits>();
        services.AddSingleton<TopicEdits>();
        services.AddSingleton<IReversible>(s => s.GetRequiredService<TopicEdits>());
        services.AddSingleton<IRemembered>(s => s.GetRequiredService<ActorEdits>());
        services.AddSingleton<IRemembered>(s => s.GetRequiredService<TopicEdits>());
    }

    private static KnowledgeBase Load(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("AlertBot.Knowledge");
        var warnings = 0;
        var knowledge = KnowledgeFile.Load(services.GetRequiredService<IOptions<KnowledgeOptions>>().Value.FullPath, warning =>
        {
            if (++warnings <= MostWarnings)
            {
                Log.Suspicious(logger, warning);
            }
        });
        if (warnings > MostWarnings)
        {
            Log.More(logger, warnings - MostWarnings);
        }

        return knowledge;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
        public static partial void Suspicious(ILogger logger, KnowledgeFault warning);

        [LoggerMessage(2, LogLevel.Warning, "The knowledge files have {Count} more warnings: alertbot knowledge check lists them")]
        public static partial void More(ILogger logger, int count);
    }
}
