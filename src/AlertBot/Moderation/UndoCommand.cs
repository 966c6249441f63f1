using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>/undo: takes any change back that a moderator made, if nothing later stands on it; taking one back can be taken back, too.</summary>
internal sealed class UndoCommand(ChangeLog log, Undoing undoing) : IChatCommand
{
    private const string Number = "number";

    public CommandDescription Description { get; } = new(
        "undo",
        "Take a change back by its number in /audit",
        new CommandOption(Number, "The number of the change", OptionKind.Integer) { Required = true, Min = 1 },
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "undo 12",
    };

    /// <summary>The button that takes a change back.</summary>
    public static CardAction Of(long number, string label = "Undo") => new(label, $"/undo {number.ToString(CultureInfo.InvariantCulture)}");

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var number = long.Parse(invocation[Number], CultureInfo.InvariantCulture);
        if (await log.FindAsync(number, invocation.Community, cancellationToken) is not { } named)
        {
            return Card.Problem($"There is no change {number}", new CardBlock.Paragraph("/audit lists them with their numbers.")) with { Actions = [new CardAction("What was changed", "/audit")] };
        }

        if (!named.Stands)
        {
            return Card.Problem(
                $"Change {number} was taken back already",
                new CardBlock.Paragraph($"{named.Summary}: {named.UndoneBy} took it back. Taking back is a change, too: /audit shows its number, by which it can be taken back in turn.")) with
            {
                Actions = [new CardAction("What was changed", $"/audit subject:{CommandText.Quote(named.Change.Subject)}")],
            };
        }

        var change = named.Change.Undoes is { } other ? (await log.FindAsync(other, invocation.Community, cancellationToken))! : named;
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, (Number, invocation[Number]));
        return await undoing.ReverseAsync(change, invocation, apply, cancellationToken);
    }
}
