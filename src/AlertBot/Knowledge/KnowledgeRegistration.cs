using Microsoft.Extensions.Options;

namespace AlertBot.Knowledge;

internal static class KnowledgeRegistration
{
    public static void AddKnowledge(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<KnowledgeOptions>(settings.GetSection(KnowledgeOptions.Section));
        services.AddSingleton(s => KnowledgeFile.Load(s.GetRequiredService<IOptions<KnowledgeOptions>>().Value.FullPath));
        services.AddSingleton<ActorEdits>();
        services.AddSingleton<TopicEdits>();
    }
}
