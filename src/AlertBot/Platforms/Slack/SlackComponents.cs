using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>The menu and the buttons of a card, as many as Slack takes; none is there twice. A line that is too long for a button is left out.</summary>
internal sealed class SlackComponents
{
    // Slack takes a hundred, but counts their text with the message's.
    private const int MaxChoices = 25;
    private const int MaxButtons = 25;
    private const int MaxLabel = 75;
    private const int MaxChoiceValue = 150;
    private const int MaxValue = 2000;
    private const int MaxPlaceholder = 150;

    private readonly SlackSpelling _spelling;

    /// <param name="action">The number of the first action id.</param>
    /// <param name="row">The number of the first block id.</param>
    public SlackComponents(Card card, SlackSpelling spelling, int action, int row)
    {
        _spelling = spelling;
        (NextAction, NextRow) = (action, row);
        var choices = Meant(card.Menu?.Choices ?? []);
        var chosen = choices.Where(c => c.Command.Length <= MaxChoiceValue).Take(MaxChoices).ToList();
        var buttons = Meant(choices.Where(c => c.Command.Length > MaxChoiceValue).Concat(card.Actions)).Take(MaxButtons).Select(Button).ToList();
        Rows = [.. chosen.Count > 0 ? [Row([Menu(card.Menu!, chosen)])] : Array.Empty<Block>(), .. buttons.Count > 0 ? [Row(buttons)] : Array.Empty<Block>()];
    }

    public IReadOnlyList<Block> Rows { get; }

    public int NextAction { get; private set; }

    public int NextRow { get; private set; }

    /// <summary>Characters that they show.</summary>
    public int TextLength { get; private set; }

    private static List<CardAction> Meant(IEnumerable<CardAction> actions) =>
    [
        .. actions.Select(a => a with { Command = ForeignCharacters.Clean(a.Command).Trim() })
            .Where(a => a.Command.Length is > 0 and <= MaxValue)
            .DistinctBy(a => a.Command),
    ];

    private Block.Actions Row(IReadOnlyList<Element> elements) => new(elements) { BlockId = FormattableString.Invariant($"actions:{NextRow++}") };

    private Element.Button Button(CardAction action) =>
        new(ActionIds.Of(action.Replaces, NextAction++), Label(action)) { Value = action.Command };

    private Element.StaticSelect Menu(CardMenu menu, List<CardAction> choices)
    {
        var prompt = Counted(SlackText.Plain(_spelling.Of(menu.Prompt), MaxPlaceholder));
        return new Element.StaticSelect(ActionIds.Of(choices.All(c => c.Replaces), NextAction++), new PlainText(prompt.Length > 0 ? prompt : "Choose"), [.. choices.Select(Choice)]);
    }

    private Option Choice(CardAction choice) => new(Label(choice), choice.Command)
    {
        Description = Counted(SlackText.Plain(choice.Detail ?? "", MaxLabel)) is { Length: > 0 } detail ? new PlainText(detail) : null,
    };

    private PlainText Label(CardAction action)
    {
        var label = SlackText.Plain(_spelling.Of(action.Label), MaxLabel);
        return new PlainText(Counted(label.Length > 0 ? label : SlackText.Plain(action.Command, MaxLabel)));
    }

    // Choices are seen only where the menu is opened, but Slack counts them.
    private string Counted(string text)
    {
        TextLength += text.Length;
        return text;
    }
}
