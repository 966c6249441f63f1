namespace AlertBot.Tagging;

/// <summary>
/// One step of the tagger. Stages run in the order listed in StoryTagger; each reads what earlier ones
/// left in the draft and adds its own findings. A function of values: no clock, no I/O.
/// </summary>
internal interface ITaggerStage
{
    void Apply(TaggingDraft draft);
}
