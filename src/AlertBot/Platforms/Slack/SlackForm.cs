using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>Forms as modals. Each field is an input whose block and action bear the name of its option.</summary>
internal static class SlackForm
{
    public const string CallbackId = "form";

    private const int MaxTitle = 24;
    private const int MaxLabel = 150;
    private const int MaxInput = 3000;
    private const int MaxOption = 75;
    private const int MaxOptionValue = 150;
    private const int MaxFields = 50;

    /// <param name="metadata">Comes back with the submission; at most 3,000 characters.</param>
    /// <param name="above">What stands above the fields.</param>
    public static SlackView Of(CardForm form, CommandDescription command, string metadata, SlackSpelling spelling, IReadOnlyList<Block> above) =>
        new("modal", [.. above, .. form.Fields.DistinctBy(f => f.Option).Take(MaxFields).SelectMany(f => f.IsFile ? File(f, command, spelling) : [Input(f, command, spelling)])])
        {
            Title = new PlainText(SlackText.Plain(spelling.Of(form.Title), MaxTitle) is { Length: > 0 } title ? title : "AlertBot"),
            Submit = new PlainText("Send"),
            Close = new PlainText("Cancel"),
            CallbackId = CallbackId,
            PrivateMetadata = metadata,
        };

    /// <summary>The block that takes the text or the address of a file in place of the file.</summary>
    public static string TextOf(string option) => option + "-text";

    // One of the two is enough; the command says so where both are empty.
    private static IEnumerable<Block> File(FormField field, CommandDescription command, SlackSpelling spelling) =>
    [
        new Block.Input(new PlainText(SlackText.Plain(spelling.Of(field.Label), MaxLabel)), new Element.FileInput(field.Option, MaxFiles: 1)) { BlockId = field.Option, Optional = true },
        Input(field with { Label = "Or its https:// address, or its text", Required = false, Multiline = true, MaxLength = MaxInput }, command, spelling) with { BlockId = TextOf(field.Option) },
    ];

    private static Block.Input Input(FormField field, CommandDescription command, SlackSpelling spelling)
    {
        var label = SlackText.Plain(spelling.Of(field.Label), MaxLabel);
        return new Block.Input(new PlainText(label.Length > 0 ? label : field.Option), Field(field, command.Options.FirstOrDefault(o => o.Name == field.Option)))
        {
            BlockId = field.Option,
            Optional = !field.Required,
        };
    }

    private static Element Field(FormField field, CommandOption? option)
    {
        var value = ForeignCharacters.ForInput(field.Value, MaxInput, field.Multiline);
        var given = string.IsNullOrWhiteSpace(value) ? null : value;
        return option switch
        {
            { Kind: OptionKind.Channel } => new Element.ConversationsSelect(field.Option, new PlainText("Choose a channel")) { InitialConversation = Conversation(given) },
            { Kind: OptionKind.Role } or { Suggest: not null } when value.Length <= MaxOptionValue => new Element.ExternalSelect(field.Option, new PlainText("Type to search"))
            {
                MinQueryLength = 0,
                InitialOption = given is null ? null : new Option(new PlainText(SlackText.Plain(given, MaxOption)), given),
            },
            _ => new Element.TextInput(field.Option, field.Multiline, Math.Clamp(Math.Max(field.MaxLength, value.Length), 1, MaxInput)) { InitialValue = given },
        };
    }

    private static string? Conversation(string? value) => value?.Split(':') is [SlackAddress.Platform, var place] ? SlackAddress.Parse(place)?.Channel : null;
}
