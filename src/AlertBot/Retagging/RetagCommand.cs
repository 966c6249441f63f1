using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;

namespace AlertBot.Retagging;

/// <summary>/retag: how far tagging the archive anew is, and to hold it or let it go.</summary>
internal sealed class RetagCommand(RetagStore states, RetagChanges changes, StoryStore stories, KnowledgeBase knowledge) : IChatCommand
{
    private const string Step = "step";
    private const string Start = "start";
    private const string Pause = "pause";

    private static readonly Choice[] Steps =
    [
        new(Start, "Go on; where all is done, tag everything again from the newest story on"),
        new(Pause, "Hold it until somebody starts it again"),
    ];

    public CommandDescription Description { get; } = new(
        "retag",
        "Show how far the archive is tagged with what is known now; start or pause that",
        new CommandOption(Step, "start or pause; to look, leave it out")
        {
            Suggest = typed => Steps.Where(s => s.Value.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)),
        })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "retag pause",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var state = await states.FindAsync(cancellationToken);
        switch (invocation.Find(Step)?.Trim().ToLowerInvariant())
        {
            case null or "":
                break;
            case Start when state is { PausedAt: null, FinishedAt: not null }:
                await changes.BeginAsync(invocation, knowledge.Current.Hash, cancellationToken);
                break;
            case Start when state is { PausedAt: not null }:
                await changes.ResumeAsync(invocation, cancellationToken);
                break;
            case Pause when state is { PausedAt: null }:
                await changes.PauseAsync(invocation, cancellationToken);
                break;
            case Start or Pause:
                break;
            case var other:
                return Card.Problem($"/retag has no step '{other}'", new CardBlock.Items(null, [.. Steps.Select(s => new CardItem($"/retag {s.Value}", Detail: s.Label))]));
        }

        return await ShowAsync(cancellationToken);
    }

    private async Task<Card> ShowAsync(CancellationToken cancellationToken)
    {
        if (await states.FindAsync(cancellationToken) is not { } state)
        {
            return Card.Answer("The archive is about to be tagged", new CardBlock.Paragraph("It begins by itself within seconds of the start."));
        }

        var (isOld, left) = (state.Knowledge != knowledge.Current.Hash, await stories.CountBehindAsync(state.Last, cancellationToken));
        var isDone = state.FinishedAt is not null && !isOld;
        return Card.Answer(
            isDone ? "The archive is tagged with all that is known now"
                : state.PausedAt is not null ? "Tagging the archive anew is paused"
                : "The archive is being tagged anew",
            [
                new CardBlock.Facts([.. Facts(state, left)]),
                .. isOld ? [new CardBlock.Paragraph("What is known has changed since: it begins again with the newest story.")] : Array.Empty<CardBlock>(),
                new CardBlock.Paragraph("Nothing is posted for stories of the archive, and messages that were sent stay."),
            ]) with
        {
            At = state.FinishedAt ?? state.StartedAt,
            Actions =
            [
                new CardAction("Look again", "/retag") { Replaces = true },
                .. isDone ? [new CardAction("Tag all again", $"/retag {Start}") { Replaces = true }]
                    : state.PausedAt is not null ? [new CardAction("Go on", $"/retag {Start}") { Replaces = true }]
                    : new[] { new CardAction("Pause", $"/retag {Pause}") { Replaces = true } },
            ],
        };
    }

    private static IEnumerable<CardFact> Facts(RetagState state, long left)
    {
        yield return new CardFact("Stories", state.FinishedAt is null ? $"{state.Done.Stories} of {state.Done.Stories + left}, newest first" : $"{state.Done.Stories}");
        yield return new CardFact("Changed", $"{state.Done.Changed}");
        if (state.Done.Alerts > 0)
        {
            yield return new CardFact("Past alerts that would not come now", $"{state.Done.Alerts}");
        }

        if (state.Done.Pruned > 0)
        {
            yield return new CardFact("Passed over", $"{state.Done.Pruned}, whose text is no longer kept");
        }

        if (state.PausedAt is not null)
        {
            yield return new CardFact("Paused by", state.PausedBy!);
        }
    }
}
