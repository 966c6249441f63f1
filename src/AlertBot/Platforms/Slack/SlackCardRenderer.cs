using System.Globalization;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// Cards as Slack's messages, modals and Home tabs, and their forms as modals: within the limits of Block Kit, and with
/// nothing in them that foreign text could do. https://docs.slack.dev/reference/block-kit/blocks
/// </summary>
internal sealed class SlackCardRenderer(SlackSpelling spelling)
{
    private const int MaxText = 4000;
    private const int MaxHeader = 150;
    private const int MaxTitle = 150;
    private const int MaxFooter = 500;
    private const int MaxItem = 256;
    private const int MaxFieldName = 100;
    private const int MaxFieldValue = 1000;
    private const int MaxImageText = 500;
    private const int MaxModalTitle = 24;
    private const int MaxHomeBlocks = 100;
    private const int MaxHomeCardText = 2500;

    // Slack refuses a message whose blocks have some 11,000 characters.
    private const int MaxBlockText = 9400;
    private const int MaxBodyBlocks = 35;
    private const string Name = "AlertBot";
    private const string Warning = ":warning: ";

    /// <param name="imageFile">The id of the card's image where it was uploaded.</param>
    public SlackMessage Message(Card card, string? imageFile) =>
        new(Notification(card), Blocks(card, imageFile, new SlackComponents(card, spelling, 0, 0), MaxBlockText, MaxBodyBlocks));

    public SlackView Modal(Card card) => new("modal", Message(card, null).Blocks)
    {
        Title = new PlainText(Or(SlackText.Plain(Spelt(card, card.Title), MaxModalTitle), Name)),
        Close = new PlainText("Close"),
    };

    public SlackView Form(CardForm form, CommandDescription command, string metadata) => SlackForm.Of(form, command, metadata, spelling, []);

    /// <param name="problem">What is shown above the fields.</param>
    public SlackView Form(CardForm form, CommandDescription command, string metadata, Card problem) =>
        SlackForm.Of(form, command, metadata, spelling, Blocks(problem with { Actions = [], Menu = null }, null, new SlackComponents(new Card(""), spelling, 0, 0), MaxHomeCardText, MaxBodyBlocks));

    public SlackView Home(IReadOnlyList<Card> cards)
    {
        var (blocks, actions, rows) = (new List<Block>(), 0, 0);
        foreach (var card in cards)
        {
            var components = new SlackComponents(card, spelling, actions, rows);
            var shown = Blocks(card, null, components, Math.Max(MaxHomeCardText, MaxBlockText / Math.Max(1, cards.Count)), MaxBodyBlocks);
            if (blocks.Count + 1 + shown.Count > MaxHomeBlocks)
            {
                break;
            }

            blocks.AddRange(blocks.Count > 0 ? [new Block.Divider(), .. shown] : shown);
            (actions, rows) = (components.NextAction, components.NextRow);
        }

        return new SlackView("home", blocks);
    }

    private List<Block> Blocks(Card card, string? imageFile, SlackComponents components, int mostText, int mostBlocks)
    {
        var (title, titleLength) = Title(card);
        var footer = Footer(card);
        var body = new SlackBody(mostText - titleLength - footer.Length - components.TextLength - (imageFile is null ? 0 : MaxImageText), mostBlocks);
        foreach (var block in card.Blocks)
        {
            body.Gap();
            Fill(body, card, block);
        }

        return
        [
            title,
            .. body.Close(),
            .. imageFile is null ? Array.Empty<Block>() : [new Block.Image(new SlackFile(imageFile), Or(SlackText.Plain(card.Image?.Description ?? "", MaxImageText), "Image"))],
            .. components.Rows,
            .. footer.Length > 0 ? [new Block.Context([new Mrkdwn(footer)])] : Array.Empty<Block>(),
        ];
    }

    private (Block Block, int Length) Title(Card card)
    {
        var text = Or(Spelt(card, card.Title), "(untitled)");
        if (WebLink.Of(card.Link) is null && card.Tone != CardTone.Problem && SlackText.Plain(text, int.MaxValue) is { Length: > 0 and <= MaxHeader } header)
        {
            return (new Block.Header(new PlainText(header)), header.Length);
        }

        var line = new SlackText().AddMarkup(card.Tone == CardTone.Problem ? Warning : "").AddLink(text, card.Link, MaxTitle, bold: true);
        var shown = line.Cut(int.MaxValue) is { Length: > 0 } cut && cut != Warning ? cut : "(untitled)";
        return (new Block.Section(new Mrkdwn(shown)), shown.Length);
    }

    private string Footer(Card card)
    {
        var text = SlackText.Markup(Spelt(card, card.Footer ?? "")).Cut(MaxFooter);
        return card.At is not { } at ? text : text.Length > 0 ? $"{text} · {SlackText.Time(at)}" : SlackText.Time(at);
    }

    private string Notification(Card card)
    {
        var title = Or(SlackText.Markup(Spelt(card, card.Title)).Cut(MaxText / 2), "(untitled)");
        var more = card.Tone == CardTone.Alert ? card.Footer : card.Blocks.OfType<CardBlock.Paragraph>().FirstOrDefault()?.Text;
        var reason = SlackText.Markup(Spelt(card, more ?? "")).Cut((MaxText / 2) - Warning.Length - 3);
        return $"{(card.Tone == CardTone.Problem ? Warning : "")}{title}{(reason.Length > 0 ? $" – {reason}" : "")}";
    }

    private void Fill(SlackBody body, Card card, CardBlock block)
    {
        switch (block)
        {
            case CardBlock.Paragraph paragraph:
                foreach (var line in Spelt(card, paragraph.Text).ReplaceLineEndings("\n").Split('\n'))
                {
                    if (string.IsNullOrWhiteSpace(line))
                    {
                        body.Gap();
                    }

                    body.Text("", SlackText.Markup(line));
                }

                break;
            case CardBlock.Excerpt excerpt:
                body.Text("> ", Marked(excerpt));
                break;
            case CardBlock.Facts facts:
                body.Fields(facts.Rows.Select(f => Fact(card, f)));
                break;
            case CardBlock.Items items:
                body.Text("", new SlackText().Add(Spelt(card, items.Heading ?? ""), bold: true));
                foreach (var item in items.Rows)
                {
                    body.Line(Line(card, item));
                }

                break;
        }
    }

    private string Fact(Card card, CardFact fact)
    {
        var label = new SlackText().Add(Spelt(card, fact.Label), bold: true).Cut(MaxFieldName);
        return $"{Or(label, "–")}\n{Or(SlackText.Markup(Spelt(card, fact.Value)).Cut(MaxFieldValue), "–")}";
    }

    // What leads somewhere is a headline, whose words are not ours.
    private SlackText Line(Card card, CardItem item)
    {
        var line = new SlackText().AddMarkup("• ").AddLink(item.Link is null ? Spelt(card, item.Text) : item.Text, item.Link, MaxItem);
        if (SlackText.Markup(Spelt(card, item.Detail ?? "")).Cut(MaxItem) is { Length: > 0 } detail)
        {
            line.AddMarkup(" · ").AddMarkup(detail);
        }

        return item.At is { } at ? line.AddMarkup(" · ").AddMarkup(SlackText.Time(at)) : line;
    }

    private static SlackText Marked(CardBlock.Excerpt excerpt)
    {
        var text = excerpt.Text;
        var (start, end) = (Math.Clamp(excerpt.Start, 0, text.Length), Math.Clamp(excerpt.Start + (long)excerpt.Length, 0, text.Length));
        int[] borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        var from = borders.Last(b => b <= start);
        var to = borders.First(b => b >= end);
        var marked = to > from ? text[from..to] : "";
        return ForeignCharacters.Clean(marked).Trim().Length == 0
            ? SlackText.Markup(text)
            : new SlackText().Add(text[..from]).Add(marked, bold: true).Add(text[to..]);
    }

    private string Spelt(Card card, string text) => card.Tone == CardTone.Alert ? text : spelling.Of(text);

    private static string Or(string text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;
}
