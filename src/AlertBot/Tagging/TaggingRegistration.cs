namespace AlertBot.Tagging;

internal static class TaggingRegistration
{
    public static void AddTagging(this IServiceCollection services)
    {
        services.AddSingleton<StoryTagger>();
        services.AddSingleton<TagStore>();
        services.AddSingleton<QuoteStore>();
    }
}
