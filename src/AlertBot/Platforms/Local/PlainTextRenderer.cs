using System.Globalization;
using System.Text;

namespace AlertBot.Platforms.Local;

/// <summary>
/// A card as plain text for a terminal. Nothing that came from a feed can steer the terminal: control characters and
/// characters that turn the reading direction are left out. Addresses are never broken over lines.
/// </summary>
internal sealed class PlainTextRenderer(TimeZoneInfo zone)
{
    private const int Columns = 100;
    private const string Indent = "  ";

    /// <summary>A card; <paramref name="prefix"/> stands in front of its first line.</summary>
    public string Render(string prefix, Card card)
    {
        var text = new StringBuilder();
        var tone = card.Tone switch
        {
            CardTone.Alert => "ALERT ",
            CardTone.Problem => "PROBLEM ",
            _ => "",
        };
        Wrap(text, $"{prefix}{tone}{OneLine(card.Title)}", "", Indent);
        Line(text, card.Link);
        foreach (var block in card.Blocks)
        {
            Render(text, block);
        }

        if (card.Image is { } image)
        {
            Line(text, $"[Picture: {OneLine(image.Description)}]");
        }

        if (card.File is { } file)
        {
            Line(text, FormattableString.Invariant($"[File: {OneLine(file.Name)}, {(file.Bytes.Length + 1023) / 1024} KB; the web page offers it for saving]"));
        }

        var footer = string.Join(" · ", new[] { OneLine(card.Footer ?? ""), card.At is { } at ? Moment(at) : "" }.Where(p => p.Length > 0));
        Line(text, footer);
        if (card.Form is { } form)
        {
            Render(text, form);
        }

        foreach (var action in card.Actions)
        {
            Line(text, $"{action.Label}: {action.Command}");
        }

        Line(text, card.Menu?.Prompt);
        foreach (var choice in card.Menu?.Choices ?? [])
        {
            Wrap(text, OneLine($"{choice.Label}{(choice.Detail is { Length: > 0 } detail ? $" · {detail}" : "")}: {choice.Command}"), Indent + "- ", Indent + Indent);
        }

        return text.ToString();
    }

    /// <summary>What a person typed.</summary>
    public static string Render(string prefix, string author, string typed)
    {
        var text = new StringBuilder();
        Wrap(text, $"{prefix}{OneLine(author)}: {OneLine(typed)}", "", Indent);
        return text.ToString();
    }

    private void Render(StringBuilder text, CardBlock block)
    {
        switch (block)
        {
            case CardBlock.Paragraph paragraph:
                foreach (var line in paragraph.Text.Split('\n'))
                {
                    Line(text, line);
                }

                break;
            case CardBlock.Excerpt excerpt:
                Line(text, Marked(excerpt));
                break;
            case CardBlock.Facts facts:
                foreach (var fact in facts.Rows)
                {
                    Wrap(text, OneLine($"{fact.Label}: {fact.Value}"), Indent, Indent + Indent);
                }

                break;
            case CardBlock.Items items:
                Line(text, items.Heading);
                foreach (var item in items.Rows)
                {
                    Render(text, item);
                }

                break;
        }
    }

    private void Render(StringBuilder text, CardItem item)
    {
        string?[] parts = [item.Text, item.Detail, item.At is { } at ? Moment(at) : null, item.Link];
        Wrap(text, string.Join(" · ", parts.Select(p => OneLine(p ?? "")).Where(p => p.Length > 0)), Indent + "- ", Indent + Indent);
    }

    // How to type what a form would send.
    private static void Render(StringBuilder text, CardForm form)
    {
        Line(text, $"{form.Title}: {form.Command} {string.Join(' ', form.Fields.Select(f => $"{f.Option}:\"…\""))}");
        foreach (var field in form.Fields)
        {
            var now = OneLine(field.Value) is { Length: > 0 } value ? $", now “{value}”" : "";
            Wrap(text, OneLine($"{field.Option}: {field.Label}{(field.Required ? "" : " (optional)")}{now}"), Indent + "- ", Indent + Indent);
        }
    }

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Marked(CardBlock.Excerpt excerpt)
    {
        var start = Math.Clamp(excerpt.Start, 0, excerpt.Text.Length);
        var end = Math.Clamp(excerpt.Length, 0, excerpt.Text.Length - start) + start;
        return end == start ? $"“{excerpt.Text}”" : $"“{excerpt.Text[..start]}*{excerpt.Text[start..end]}*{excerpt.Text[end..]}”";
    }

    private static void Line(StringBuilder text, string? line)
    {
        if (OneLine(line ?? "") is { Length: > 0 } clean)
        {
            Wrap(text, clean, Indent, Indent);
        }
    }

    private static void Wrap(StringBuilder text, string line, string first, string next)
    {
        var column = first.Length;
        text.Append(first);
        var atStart = true;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!atStart && column + 1 + word.Length > Columns)
            {
                text.Append('\n').Append(next);
                column = next.Length;
            }
            else if (!atStart)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
            atStart = false;
        }

        text.Append('\n');
    }

    private static string OneLine(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (char.IsWhiteSpace(character))
            {
                clean.Append(' ');
            }
            else if (!char.IsControl(character) && !ForeignCharacters.TurnsDirection(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString().Trim();
    }
}
