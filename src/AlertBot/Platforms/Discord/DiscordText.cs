using System.Globalization;
using System.Text;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// One line for Discord. Foreign text goes in as it is and can't act as markup, mention or link; it is made of pieces
/// (a visible character with its escape, a whole link) none of which is ever cut in two. Lengths are in UTF-16 units,
/// of which there are never fewer than of Discord's characters.
/// </summary>
internal sealed class DiscordText
{
    private const string Ellipsis = "…";
    private const string BoldMark = "**";

    // More than any place of Discord's can show.
    private const int MostRead = 8192;
    private const char Invisible = '\u200B';

    private readonly List<Piece> _pieces = [];

    /// <summary>Foreign text for a place where markdown acts.</summary>
    public static DiscordText Markdown(string text) => new DiscordText().Add(text);

    /// <summary>Foreign text for a place without markdown, such as a footer or a button.</summary>
    public static DiscordText Plain(string text) => new DiscordText().Add(text, Place.Plain, bold: false);

    /// <summary>Adds foreign text.</summary>
    public DiscordText Add(string text, bool bold = false) => Add(text, Place.Markdown, bold);

    /// <summary>Adds markup of ours, which is kept whole.</summary>
    public DiscordText AddMarkup(string markup)
    {
        _pieces.Add(new Piece(markup, Bold: false));
        return this;
    }

    /// <summary>Adds foreign text that leads somewhere; plain where the address won't do.</summary>
    public DiscordText AddLink(string text, string? address, int most)
    {
        var label = WebLink.Of(address) is { } link && new DiscordText().Add(text, Place.LinkLabel, bold: false).Cut(most) is { Length: > 0 } shown
            ? $"[{shown}](<{link}>)"
            : Markdown(text).Cut(most);
        return AddMarkup(label);
    }

    /// <summary>The line; if it is longer than <paramref name="most"/>, its beginning up to the end of a word, and an ellipsis.</summary>
    public string Cut(int most)
    {
        var (length, fitting, bold) = (0, 0, false);
        for (var i = 0; i < _pieces.Count; i++)
        {
            length += _pieces[i].Text.Length + (_pieces[i].Bold == bold ? 0 : BoldMark.Length);
            bold = _pieces[i].Bold;
            var closed = length + (bold ? BoldMark.Length : 0);
            if (closed > most)
            {
                return Write(WordEnd(fitting)) + Ellipsis;
            }

            fitting = closed + Ellipsis.Length <= most ? i + 1 : fitting;
        }

        return Write(_pieces.Count);
    }

    /// <summary>On one line, without what can't be shown or turns the reading direction.</summary>
    public static string Clean(string text) => ForeignCharacters.Clean(text);

    /// <summary>Text for a field that a person edits: as it is, in whole characters.</summary>
    public static string ForInput(string text, int most, bool multiline) => ForeignCharacters.ForInput(text, most, multiline);

    private DiscordText Add(string text, Place place, bool bold)
    {
        var clean = Clean(text);
        clean = clean.Length > MostRead ? clean[..MostRead] : clean;
        for (var at = 0; at < clean.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(clean, at);
            var piece = new Piece(string.Concat(Enumerable.Range(at, length).Select(i => Neutral(clean, i, place))), bold);
            if (!piece.IsSpace || (_pieces.Count > 0 && !_pieces[^1].IsSpace))
            {
                _pieces.Add(piece);
            }

            at += length;
        }

        return this;
    }

    private string Write(int count)
    {
        while (count > 0 && _pieces[count - 1].IsSpace)
        {
            count--;
        }

        var (text, bold) = (new StringBuilder(), false);
        foreach (var piece in _pieces.Take(count).Append(new Piece("", Bold: false)))
        {
            text.Append(piece.Bold == bold ? "" : BoldMark).Append(piece.Text);
            bold = piece.Bold;
        }

        return text.ToString();
    }

    // A word that takes more than half of the room is cut in two.
    private int WordEnd(int fitting)
    {
        var end = fitting;
        while (end > fitting / 2 && !_pieces[end].IsSpace)
        {
            end--;
        }

        return _pieces[end].IsSpace ? end : fitting;
    }

    private static string Neutral(string text, int at, Place place)
    {
        var character = text[at];
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return (character, place) switch
        {
            ('@', _) when CallsEverybody(text.AsSpan(at + 1)) => $"@{Invisible}",
            (_, Place.Plain) => character.ToString(),
            // Discord's links know no escapes in their brackets, and are none if they show an address.
            ('[', Place.LinkLabel) => "［",
            (']', Place.LinkLabel) => "］",
            (':', Place.LinkLabel) when next == '/' => $"\\:{Invisible}",
            ('\\' or '*' or '_' or '~' or '`' or '|' or '<' or '[' or ']', _) => $"\\{character}",
            // The brackets of a link before it may reach up to here: they know no escapes.
            ('(', Place.Markdown) when at > 0 && text[at - 1] == ']' => "\\(",
            // An address, or the name of an emoji.
            (':', _) when next != ' ' => "\\:",
            // A heading, a list, a quote.
            ('#' or '-' or '+' or '>', _) when text.AsSpan(0, at).IsWhiteSpace() => $"\\{character}",
            ('.' or ')', _) when IsNumber(text.AsSpan(0, at).Trim()) => $"\\{character}",
            _ => character.ToString(),
        };
    }

    private static bool CallsEverybody(ReadOnlySpan<char> name) =>
        name.StartsWith("everyone", StringComparison.OrdinalIgnoreCase) || name.StartsWith("here", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private enum Place
    {
        Markdown,
        LinkLabel,
        Plain,
    }

    private readonly record struct Piece(string Text, bool Bold)
    {
        public bool IsSpace => Text == " ";
    }
}
