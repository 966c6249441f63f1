using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <summary>The menu and the buttons of a card, as many as Discord takes; none is there twice.</summary>
internal sealed class CardComponents
{
    public const string MenuId = "menu:0";

    private const int MaxRows = 5;
    private const int MaxInRow = 5;
    private const int MaxChoices = 25;
    private const int MaxLabel = 80;
    private const int MaxChoiceText = 100;
    private const int MaxPlaceholder = 150;

    private readonly List<LongCommand> _longCommands = [];

    public CardComponents(Card card)
    {
        var choices = Meant(card.Menu?.Choices ?? []).Select(Option).DistinctBy(o => o.Value).Take(MaxChoices).ToList();
        var menu = choices.Count > 0 ? new ActionRow[] { new([new SelectMenu(MenuId, Prompt(card.Menu!), choices)]) } : [];
        var buttons = Meant(card.Actions).Select(Button).DistinctBy(b => b.CustomId).Take((MaxRows - menu.Length) * MaxInRow).Chunk(MaxInRow);
        Rows = [.. menu, .. buttons.Select(b => new ActionRow(b))];

        static string? Prompt(CardMenu menu) => DiscordText.Plain(menu.Prompt).Cut(MaxPlaceholder) is { Length: > 0 } prompt ? prompt : null;

        static IEnumerable<CardAction> Meant(IEnumerable<CardAction> actions) => actions.Where(a => DiscordText.Clean(a.Command).Trim().Length > 0);
    }

    public IReadOnlyList<ActionRow> Rows { get; }

    public IReadOnlyList<LongCommand> LongCommands => _longCommands;

    private SelectOption Option(CardAction choice) =>
        new(LabelOf(choice, MaxChoiceText), IdOf(choice), DiscordText.Plain(choice.Detail ?? "").Cut(MaxChoiceText) is { Length: > 0 } detail ? detail : null);

    private Button Button(CardAction action) => new(ButtonStyle.Secondary, LabelOf(action, MaxLabel), IdOf(action));

    private static string LabelOf(CardAction action, int most) =>
        DiscordText.Plain(action.Label).Cut(most) is { Length: > 0 } label ? label : DiscordText.Plain(action.Command).Cut(most);

    private string IdOf(CardAction action)
    {
        var (id, tooLong) = CustomId.Of(action.Replaces ? CustomIdUse.Replace : CustomIdUse.Answer, action.Command);
        if (tooLong is not null && !_longCommands.Contains(tooLong))
        {
            _longCommands.Add(tooLong);
        }

        return id.ToString();
    }
}
