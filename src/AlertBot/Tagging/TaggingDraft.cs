namespace AlertBot.Tagging;

/// <summary>One story on its way through the stages.</summary>
internal sealed class TaggingDraft(StoryText text)
{
    public StoryText Text { get; } = text;
}
