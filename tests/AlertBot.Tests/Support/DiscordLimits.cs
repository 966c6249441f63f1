using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Tests.Support;

/// <summary>Discord's limits on messages and forms, written down once more: what a message breaks.</summary>
internal static class DiscordLimits
{
    public static IEnumerable<string> FaultsOf(DiscordMessage message)
    {
        var texts = new List<string>();
        foreach (var embed in message.Embeds)
        {
            foreach (var fault in Text("title", embed.Title, 256).Concat(Text("description", embed.Description, 4096)).Concat(Text("footer", embed.Footer?.Text, 2048)).Concat(Text("url", embed.Url, 2048)))
            {
                yield return fault;
            }

            foreach (var fault in (embed.Fields ?? []).SelectMany(f => Text("name", f.Name, 256).Concat(Text("value", f.Value, 1024))).Concat(Most("fields", embed.Fields?.Count ?? 1, 25)))
            {
                yield return fault;
            }

            texts.AddRange([embed.Title ?? "", embed.Description ?? "", embed.Footer?.Text ?? "", .. (embed.Fields ?? []).SelectMany(f => new[] { f.Name, f.Value })]);
        }

        var rows = message.Components.Cast<ActionRow>().ToList();
        var ids = rows.SelectMany(r => r.Components).Select(IdOf).ToList();
        string[] more =
        [
            .. message.Embeds is [{ Title: null, Description: null, Fields: null }] ? ["nothing to show"] : Array.Empty<string>(),
            .. Most("characters", Math.Max(1, texts.Sum(t => t.Length)), 6000),
            .. rows.Count == 0 ? [] : Most("rows", rows.Count, 5),
            .. rows.SelectMany(r => Most("in a row", r.Components.Count, r.Components[0] is SelectMenu ? 1 : 5)),
            .. ids.SelectMany(i => Text("custom id", i, 100)),
            .. ids.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => $"{g.Key} is there twice"),
            .. rows.SelectMany(r => r.Components).OfType<Button>().SelectMany(b => Text("label", b.Label, 80)),
            .. rows.SelectMany(r => r.Components).OfType<SelectMenu>().SelectMany(FaultsOf),
            .. message.Attachments.SelectMany(a => string.IsNullOrEmpty(a.Description) ? [] : Text("alt text", a.Description, 1024)),
        ];
        foreach (var fault in more)
        {
            yield return fault;
        }
    }

    public static IEnumerable<string> FaultsOf(Modal modal) =>
    [
        .. Text("title", modal.Title, 45),
        .. Text("custom id", modal.CustomId, 100),
        .. Most("fields", modal.Components.Count, 5),
        .. modal.Components.Cast<Label>().SelectMany(l => Text("label", l.Text, 45)),
        .. modal.Components.Cast<Label>().Select(l => (TextInput)l.Component).SelectMany(i => Text("custom id", i.CustomId, 100).Concat(Text("value", i.Value, i.MaxLength)).Concat(Most("length", i.MaxLength, 4000))),
    ];

    private static IEnumerable<string> FaultsOf(SelectMenu menu) =>
    [
        .. Most("choices", menu.Options.Count, 25),
        .. Text("placeholder", menu.Placeholder, 150),
        .. menu.Options.SelectMany(o => Text("label", o.Label, 100).Concat(Text("value", o.Value, 100)).Concat(Text("detail", o.Description, 100))),
        .. menu.Options.GroupBy(o => o.Value).Where(g => g.Count() > 1).Select(g => $"{g.Key} is there twice"),
    ];

    private static string IdOf(Component component) => component switch
    {
        Button button => button.CustomId,
        SelectMenu menu => menu.CustomId,
        _ => "",
    };

    private static IEnumerable<string> Most(string what, int count, int most)
    {
        if (count < 1 || count > most)
        {
            yield return $"{count} {what}";
        }
    }

    // Discord trims before it counts.
    private static IEnumerable<string> Text(string what, string? text, int most)
    {
        if (text is not null && (text.Trim().Length == 0 || text.Length > most || text.Any(c => char.IsControl(c) && c != '\n')))
        {
            yield return $"{what} of {text.Length} characters: {text}";
        }
    }
}
