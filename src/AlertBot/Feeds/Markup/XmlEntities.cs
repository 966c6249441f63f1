using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html;

namespace AlertBot.Feeds.Markup;

/// <summary>
/// Replaces the references of XML text that was not well-formed: XML's own, HTML's names, numbers (as browsers read them) and the
/// entities that the document declares. A declared value is taken as text, never expanded again, and all of them together may add
/// only so much. What is no reference stays as it is.
/// </summary>
internal sealed partial class XmlEntities
{
    private const int LongestName = 40;
    private const int LongestValue = 1000;
    private const int MostDeclared = 256;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly Dictionary<string, string> _declared = new(StringComparer.Ordinal);
    private int _budget = MarkupLimits.EntityExpansion;

    public void Declare(string doctype)
    {
        foreach (Match match in Declaration().Matches(doctype))
        {
            var value = match.Groups["value"].Value;
            if (value.Length <= LongestValue && _declared.Count < MostDeclared)
            {
                _declared.TryAdd(match.Groups["name"].Value, Number().Replace(value, number => Reference(number.ValueSpan[1..^1]) ?? number.Value));
            }
        }
    }

    public string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&'))
        {
            return text.ToString();
        }

        var decoded = new StringBuilder(text.Length);
        while (text.IndexOf('&') is var at and >= 0)
        {
            decoded.Append(text[..at]);
            text = text[at..];
            var end = text[..Math.Min(text.Length, LongestName)].IndexOf(';');
            var value = end > 1 ? Reference(text[1..end]) : null;
            decoded.Append(value ?? "&");
            text = text[(value is null ? 1 : end + 1)..];
        }

        return decoded.Append(text).ToString();
    }

    private string? Reference(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "amp": return "&";
            case "lt": return "<";
            case "gt": return ">";
            case "quot": return "\"";
            case "apos": return "'";
        }

        if (name[0] == '#')
        {
            return Character(name[1..]);
        }

        if (_declared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var declared))
        {
            _budget -= declared.Length;
            return _budget >= 0 ? declared : null;
        }

        return HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";"));
    }

    private static string? Character(ReadOnlySpan<char> digits)
    {
        var isHex = digits.Length > 1 && digits[0] is 'x' or 'X';
        var isNumber = isHex
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!isNumber)
        {
            // More digits than a number holds are still no text.
            var isTooLarge = digits.Length > (isHex ? 8 : 9) && !digits[(isHex ? 1 : 0)..].ContainsAnyExcept(isHex ? HexDigits : Digits);
            return isTooLarge ? "\uFFFD" : null;
        }

        return number is >= 0x80 and <= 0x9F ? FeedCharset.OfByte(number).ToString()
            : Rune.IsValid(number) ? new Rune(number).ToString()
            : "\uFFFD";
    }

    [GeneratedRegex("""<!ENTITY\s+(?<name>[\w.:-]{1,40})\s+(?:"(?<value>[^"<]{0,2000})"|'(?<value>[^'<]{0,2000})')\s*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex("&#[0-9a-fA-FxX]{1,8};", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
