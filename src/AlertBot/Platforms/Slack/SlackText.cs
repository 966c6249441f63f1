using System.Globalization;
using System.Text;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// One line for Slack. Foreign text goes in as it is and can't act as markup, mention or link; it is made of pieces (a
/// visible character with its escape, a whole link) none of which is ever cut in two. Lengths are in UTF-16 units after
/// escaping. https://docs.slack.dev/messaging/formatting-message-text
/// </summary>
internal sealed class SlackText
{
    private const string Ellipsis = "…";

    // An asterisk and an invisible space.
    private const int BoldMark = 2;

    // More than any place of Slack's can show.
    private const int MostRead = 8192;
    private const int MaxAddress = 1500;
    private const char Invisible = '\u200B';

    private readonly List<Piece> _pieces = [];

    /// <summary>Foreign text for a place where mrkdwn acts.</summary>
    public static SlackText Markup(string text) => new SlackText().Add(text);

    /// <summary>Foreign text for a place without markup, such as a header or a button.</summary>
    public static string Plain(string text, int most) => new SlackText().Add(text, Place.Plain, bold: false).Cut(most);

    /// <summary>A time in the reader's own zone.</summary>
    public static string Time(DateTimeOffset at) =>
        FormattableString.Invariant($"<!date^{at.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC>");

    /// <summary>Adds foreign text.</summary>
    public SlackText Add(string text, bool bold = false) => Add(text, Place.Markup, bold);

    /// <summary>Adds markup of ours, which is kept whole.</summary>
    public SlackText AddMarkup(string markup)
    {
        _pieces.Add(new Piece(markup, Bold: false));
        return this;
    }

    /// <summary>Adds foreign text that leads somewhere; plain where the address won't do.</summary>
    public SlackText AddLink(string text, string? address, int most, bool bold = false)
    {
        var target = WebLink.Of(address)?.Replace("|", "%7C", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal);
        if (target?.Length <= MaxAddress && new SlackText().Add(text, Place.Label, bold: false).Cut(most) is { Length: > 0 } label)
        {
            _pieces.Add(new Piece($"<{target}|{label}>", bold));
            return this;
        }

        return new SlackText().Add(text).Cut(most) is { Length: > 0 } shown ? AddPiece(shown, bold) : this;
    }

    /// <summary>The line; if it is longer than <paramref name="most"/>, its beginning up to the end of a word, and an ellipsis.</summary>
    public string Cut(int most)
    {
        var (length, fitting, bold) = (0, 0, false);
        for (var i = 0; i < _pieces.Count; i++)
        {
            length += _pieces[i].Text.Length + (_pieces[i].Bold == bold ? 0 : BoldMark);
            bold = _pieces[i].Bold;
            var closed = length + (bold ? BoldMark : 0);
            if (closed > most)
            {
                return Write(WordEnd(fitting)) + Ellipsis;
            }

            fitting = closed + Ellipsis.Length <= most ? i + 1 : fitting;
        }

        return Write(_pieces.Count);
    }

    private SlackText AddPiece(string text, bool bold)
    {
        _pieces.Add(new Piece(text, bold));
        return this;
    }

    private SlackText Add(string text, Place place, bool bold)
    {
        var clean = ForeignCharacters.Clean(text);
        clean = clean.Length > MostRead ? clean[..MostRead] : clean;
        clean = clean.Length > 0 && char.IsHighSurrogate(clean[^1]) ? clean[..^1] : clean;
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

        var text = new StringBuilder();
        for (var at = 0; at < count;)
        {
            var bold = _pieces[at].Bold;
            var run = string.Concat(_pieces.Take(count).Skip(at).TakeWhile(p => p.Bold == bold).Select(p => p.Text));
            at += _pieces.Take(count).Skip(at).TakeWhile(p => p.Bold == bold).Count();
            text.Append(bold ? Bold(run) : run);
        }

        return text.ToString();
    }

    // Slack's marks act between a space or a line's end and a letter only; the invisible space stands for the former.
    private static string Bold(string run)
    {
        var words = run.Trim(' ');
        if (words.Length == 0)
        {
            return run;
        }

        var start = run.IndexOf(words, StringComparison.Ordinal);
        return $"{run[..start]}{(start == 0 ? Invisible : "")}*{words.Replace('*', '∗').Trim(Invisible)}*{(start + words.Length == run.Length ? Invisible : "")}{run[(start + words.Length)..]}";
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
        var starts = text.AsSpan(0, at).IsWhiteSpace();
        return (character, place) switch
        {
            (_, Place.Plain) => character.ToString(),
            ('|', Place.Label) => "｜",
            ('<', Place.Label) => "‹",
            ('>', Place.Label) => "›",
            ('&', _) => "&amp;",
            ('<', _) => "&lt;",
            ('>', _) => starts ? $"{Invisible}&gt;" : "&gt;",
            // Between two of them all is code, whatever stands beside them.
            ('`', _) => "ˋ",
            // Between invisible spaces they stand alone, and alone they mark nothing.
            ('*' or '_' or '~', _) => $"{Invisible}{character}{Invisible}",
            // The name of an emoji, or an address.
            (':', _) when next != ' ' => $":{Invisible}",
            ('-' or '•' or '+' or '◦', _) when starts => $"{Invisible}{character}",
            ('.' or ')', _) when IsNumber(text.AsSpan(0, at).Trim()) => $"{Invisible}{character}",
            _ => character.ToString(),
        };
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private enum Place
    {
        Markup,
        Label,
        Plain,
    }

    private readonly record struct Piece(string Text, bool Bold)
    {
        public bool IsSpace => Text == " ";
    }
}
