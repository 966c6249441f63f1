using AlertBot.Lookups.Answers;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

internal static class LookupsRegistration
{
    public static void AddLookups(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<IChatCommand, WhoCommand>();
        services.AddSingleton<IChatCommand, TopicCommand>();
        services.AddSingleton<IChatCommand, LatestCommand>();
        services.AddSingleton<IChatCommand, SearchCommand>();
        services.AddSingleton<IChatCommand, WhoIsInCommand>();
        services.AddSingleton<IChatCommand, TrendCommand>();
        services.AddSingleton<IChatCommand, QuotesCommand>();
        services.AddSingleton<IChatCommand, TimelineCommand>();
        services.AddSingleton<IChatCommand, EventCommand>();
        services.AddSingleton<IChatCommand, TogetherCommand>();
        services.AddSingleton<Briefing>();
        services.AddSingleton<IChatCommand, BriefCommand>();
        services.AddSingleton<IChatCommand, AskCommand>();
        services.AddSingleton<AnswerFinder>();
        services.AddSingleton<AskedBefore>();
        services.AddSingleton<Answerer>();
        services.AddModel(settings.GetSection(ModelOptions.Section).Get<ModelOptions>() ?? new ModelOptions());
        services.AddSingleton<Visits>();
        services.AddHostedService<VisitPulse>();
        services.AddSingleton<IChatCommand, CatchupCommand>();
    }
}
