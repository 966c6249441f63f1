using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/topics threshold: how much a story must have of a topic to be about it.</summary>
internal sealed class TopicsThresholdCommand(KnowledgeBase knowledge, TopicEditor editor) : IChatCommand
{
    private const string Value = "value";

    public CommandDescription Description { get; } = new(
        "topics threshold",
        "Change the score that a story needs for a topic; shows first what that does to the archive",
        TopicOption.Of(knowledge, OptionKind.Text),
        new CommandOption(Value, "The score, such as 2.5; - for the usual one") { Required = true },
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        AlsoTyped = "topic threshold",
        Example = "topics threshold sanctions 2.5",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = TopicOption.Find(invocation[TopicOption.Topic].Trim(), knowledge, "topics edit");
        if (found is not { } before)
        {
            return problem!;
        }

        var typed = invocation[Value].Trim();
        var isNumber = double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var threshold);
        return isNumber || typed == TypedNames.None
            ? await editor.ChangeAsync(
                invocation, Description, [(TopicOption.Topic, before.Slug), (Value, typed)], before, before with { Threshold = isNumber ? threshold : null }, cancellationToken)
            : ActorChange.Refused($"{before.Name} was not edited", [$"“{typed}” is no threshold: write a number such as 2.5, or - for the usual one."]);
    }
}
