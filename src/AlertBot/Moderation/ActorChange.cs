using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>A change of an actor in words.</summary>
internal static class ActorChange
{
    /// <summary>One row for each thing that differs.</summary>
    public static IEnumerable<CardFact> Facts(ActorEdit edit) => (edit.From, edit.To) switch
    {
        (_, null) => [new CardFact("Goes", edit.From?.Name ?? edit.Slug)],
        (_, { Into: { } into }) => [new CardFact("Becomes a name of", into), .. edit.From is { } from ? Whole(from) : []],
        (null, { } added) => Whole(added),
        ({ Into: { } into }, { } again) => [new CardFact("No longer a name of", into), .. Whole(again)],
        ({ } from, { } to) => Facts(from, to),
    };

    /// <summary>Asks before a change that stories of the archive would change with, or that has more to be told. Null where there is nothing to ask.</summary>
    /// <param name="apply">The line that makes the change; null: it was said that it shall be made at once.</param>
    /// <param name="more">What else should be known before.</param>
    public static async Task<Card?> AskAsync(ActorEditResult attempt, RetagPreview preview, string? apply, CancellationToken cancellationToken, params IReadOnlyList<CardBlock> more)
    {
        if (apply is null || attempt is not ActorEditResult.Done done)
        {
            return null;
        }

        var forecast = await preview.OfAsync(done.Next, cancellationToken);
        return forecast.Changed > 0 || more.Count > 0
            ? ForecastCard.Ask([new CardBlock.Facts([new CardFact("Actor", $"{done.Name} ({done.Edit.Slug})"), .. Facts(done.Edit)]), .. more], forecast, done.Next, apply)
            : null;
    }

    /// <summary>What came of a change, for the channel.</summary>
    public static Card Answer(ActorEditResult result, string done, string refused, params IReadOnlyList<CardBlock> more) => result switch
    {
        ActorEditResult.Done(var name, var edit, var known, var number) => Card.Answer(
            $"{done} {name}",
            [
                new CardBlock.Facts([.. Facts(edit)]),
                .. more,
                new CardBlock.Paragraph(Consequence),
            ]) with
        {
            Actions =
            [
                UndoCommand.Of(number),
                .. known.FindActor(edit.Slug) is { } actor ? [new CardAction($"Who: {actor.Name}", $"/who {actor.Slug}")] : Array.Empty<CardAction>(),
                new CardAction("The archive", "/retag"),
            ],
        },
        ActorEditResult.Refused(var why) => Refused(refused, why),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    public const string Consequence = "New stories are tagged with it from now on; those of the archive are tagged anew in the background, and nothing is posted for them.";

    public static Card Refused(string title, IEnumerable<string> why) =>
        Card.Problem(title, new CardBlock.Items(null, [.. why.Select(w => new CardItem(w))]), new CardBlock.Paragraph("Nothing was changed."));

    private static IEnumerable<CardFact> Facts(ActorFields from, ActorFields to)
    {
        if (to.Name is { } name)
        {
            yield return new CardFact("Name", $"{from.Name} → {name}");
        }

        if (to.Surname is { } surname)
        {
            yield return new CardFact("Surname", $"{OrNone(from.Surname)} → {OrNone(surname)}");
        }

        var (before, after) = (from.Aliases ?? [], to.Aliases ?? []);
        var (added, removed) = (after.Except(before).ToList(), before.Except(after).ToList());
        if (added.Count > 0)
        {
            yield return new CardFact("Aliases added", string.Join(", ", added));
        }

        if (removed.Count > 0)
        {
            yield return new CardFact("Aliases removed", string.Join(", ", removed));
        }

        if (to.Aliases is not null && added.Count + removed.Count == 0)
        {
            yield return new CardFact("Aliases", "in another order");
        }
    }

    private static IEnumerable<CardFact> Whole(ActorFields fields)
    {
        yield return new CardFact("Name", fields.Name ?? "");
        yield return new CardFact("Is", fields.Kind?.ToString().ToLowerInvariant() ?? "");
        if (fields.Surname is { Length: > 0 } surname)
        {
            yield return new CardFact("Surname", surname);
        }

        if (fields.Aliases is { Count: > 0 } aliases)
        {
            yield return new CardFact("Aliases", string.Join(", ", aliases));
        }

        foreach (var role in fields.Roles ?? [])
        {
            yield return new CardFact(role.Title.Length > 0 ? $"Office: {role.Title}" : "Country", role.Of);
        }
    }

    private static string OrNone(string? surname) => string.IsNullOrEmpty(surname) ? "none" : surname;
}
