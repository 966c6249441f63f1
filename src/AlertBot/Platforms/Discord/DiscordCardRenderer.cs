using System.Globalization;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <param name="Files">To be uploaded with the message: each is the attachment of its number.</param>
/// <param name="LongCommands">To be stored before the message is shown.</param>
internal sealed record RenderedCard(DiscordMessage Message, IReadOnlyList<CardFile> Files, IReadOnlyList<LongCommand> LongCommands);

/// <param name="LongCommand">To be stored before the form is shown.</param>
internal sealed record RenderedForm(Modal Modal, LongCommand? LongCommand);

/// <summary>
/// Cards as Discord's messages, and their forms as its windows: within Discord's limits, and with nothing in them that
/// foreign text could do. Functions of values.
/// </summary>
internal static class DiscordCardRenderer
{
    public const string ImageName = "card.png";

    private const int MaxTitle = 256;
    private const int MaxFooter = 2048;
    private const int MaxEmbed = 6000;
    private const int MaxItem = 256;
    private const int MaxImageDescription = 1024;
    private const int MaxModalText = 45;
    private const int MaxFormFields = 5;
    private const int MaxInput = 4000;

    /// <param name="pings">The ids of the roles that it calls.</param>
    public static RenderedCard Render(Card card, IReadOnlyList<string>? pings = null)
    {
        var title = DiscordText.Markdown(card.Title).Cut(MaxTitle);
        var footer = DiscordText.Plain(card.Footer ?? "").Cut(MaxFooter);
        var body = new EmbedBody(MaxEmbed - MaxTitle - footer.Length);
        if (card.At is { } at)
        {
            body.End($"-# {Relative(at)}");
        }

        Fill(body, card.Blocks);
        var components = new CardComponents(card);
        var embed = new Embed
        {
            Title = title.Length > 0 ? title : "(untitled)",
            Url = WebLink.Of(card.Link),
            Description = body.Description,
            Fields = body.Fields,
            Footer = footer.Length > 0 ? new EmbedFooter(footer) : null,
            Timestamp = card.At?.ToUniversalTime(),
            Color = TopicColour.Of(card),
            Image = card.Image is null ? null : new EmbedImage($"attachment://{ImageName}"),
        };
        var files = FilesOf(card);
        var message = new DiscordMessage
        {
            Pings = pings ?? [],
            Embeds = [embed],
            Components = components.Rows,
            Attachments = [.. files.Select((f, number) => new Attachment(number.ToString(CultureInfo.InvariantCulture), f.File.Name, f.Description))],
        };
        return new RenderedCard(message, [.. files.Select(f => f.File)], components.LongCommands);
    }

    public static RenderedForm Render(CardForm form)
    {
        var (id, tooLong) = CustomId.Of(CustomIdUse.Form, form.Command);
        var fields = form.Fields.DistinctBy(f => f.Option).Take(MaxFormFields);
        return new RenderedForm(new Modal(id.ToString(), Named(form.Title, "AlertBot"), [.. fields.Select(Field)]), tooLong);

        static Label Field(FormField field)
        {
            var value = DiscordText.ForInput(field.Value, MaxInput, field.Multiline);
            return new Label(Named(field.Label, field.Option), new TextInput(field.Option, field.Multiline ? TextInputStyle.Paragraph : TextInputStyle.Short)
            {
                Value = string.IsNullOrWhiteSpace(value) ? null : value,
                Required = field.Required,
                // What stands in it must be allowed to stay, or the form can't be sent.
                MaxLength = Math.Clamp(Math.Max(field.MaxLength, value.Length), 1, MaxInput),
            });
        }

        static string Named(string text, string otherwise) => DiscordText.Plain(text).Cut(MaxModalText) is { Length: > 0 } cut ? cut : otherwise;
    }

    private static List<(CardFile File, string? Description)> FilesOf(Card card)
    {
        var files = new List<(CardFile, string?)>();
        if (card.Image is { } image)
        {
            files.Add((new CardFile(ImageName, "image/png", image.Png), DiscordText.Plain(image.Description).Cut(MaxImageDescription)));
        }

        if (card.File is { } file)
        {
            files.Add((file, null));
        }

        return files;
    }

    private static void Fill(EmbedBody body, IReadOnlyList<CardBlock> blocks)
    {
        // Discord shows fields below all other text: only facts at the end of a card keep their place as fields.
        var tail = blocks.Reverse().TakeWhile(b => b is CardBlock.Facts).Reverse().Cast<CardBlock.Facts>().SelectMany(f => f.Rows).ToList();
        var asFields = tail.Count <= EmbedBody.MaxFields;
        var head = asFields ? blocks.Reverse().SkipWhile(b => b is CardBlock.Facts).Reverse() : blocks;
        foreach (var block in head)
        {
            body.Gap();
            Fill(body, block);
        }

        foreach (var fact in asFields ? tail : [])
        {
            body.Field(Shown(fact.Label, EmbedBody.MaxFieldName), Shown(fact.Value, EmbedBody.MaxFieldValue));
        }

        static string Shown(string text, int most) => DiscordText.Markdown(text).Cut(most) is { Length: > 0 } shown ? shown : "–";
    }

    private static void Fill(EmbedBody body, CardBlock block)
    {
        switch (block)
        {
            case CardBlock.Paragraph paragraph:
                foreach (var line in paragraph.Text.ReplaceLineEndings("\n").Split('\n'))
                {
                    if (string.IsNullOrWhiteSpace(line))
                    {
                        body.Gap();
                    }

                    body.Text("", DiscordText.Markdown(line));
                }

                break;
            case CardBlock.Excerpt excerpt:
                body.Text("> ", Marked(excerpt));
                break;
            case CardBlock.Facts facts:
                foreach (var fact in facts.Rows)
                {
                    body.Text("", new DiscordText().Add(fact.Label, bold: true).AddMarkup(" ").Add(fact.Value));
                }

                break;
            case CardBlock.Items items:
                body.Text("", new DiscordText().Add(items.Heading ?? "", bold: true));
                foreach (var item in items.Rows)
                {
                    body.Line(Line(item));
                }

                break;
        }
    }

    private static DiscordText Line(CardItem item)
    {
        var line = new DiscordText().AddMarkup("- ").AddLink(item.Text, item.Link, MaxItem);
        if (DiscordText.Markdown(item.Detail ?? "").Cut(MaxItem) is { Length: > 0 } detail)
        {
            line.AddMarkup(" · ").AddMarkup(detail);
        }

        return item.At is { } at ? line.AddMarkup(" · ").AddMarkup(Relative(at)) : line;
    }

    private static DiscordText Marked(CardBlock.Excerpt excerpt)
    {
        var text = excerpt.Text;
        var (start, end) = (Math.Clamp(excerpt.Start, 0, text.Length), Math.Clamp(excerpt.Start + (long)excerpt.Length, 0, text.Length));
        int[] borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        var from = borders.Last(b => b <= start);
        var to = borders.First(b => b >= end);
        var marked = to > from ? text[from..to] : "";
        return DiscordText.Clean(marked).Trim().Length == 0
            ? DiscordText.Markdown(text)
            : new DiscordText().Add(text[..from]).Add(marked, bold: true).Add(text[to..]);
    }

    private static string Relative(DateTimeOffset at) => $"<t:{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}:R>";
}
