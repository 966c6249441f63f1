using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AlertBot.Feeds;

/// <summary>
/// JSON as publishers write it: comments, trailing commas, raw line breaks in strings and half surrogate pairs are forgiven, and of a
/// document cut short the whole items count.
/// </summary>
internal static class LooseJson
{
    private const int Depth = 128;

    // The length of an escape such as \u1234.
    private const int Escape = 6;

    // The depth at which the members of an array in the top object lie.
    private const int ItemDepth = 2;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = Depth,
    };

    public static JsonElement? Read(FeedDocument document)
    {
        var bytes = document.Bytes.Span;
        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var json = Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? bytes[start..] : Encoding.UTF8.GetBytes(document.Text);
        json = WithoutHalves(json);
        if (TryParse(json) is { } whole)
        {
            return whole;
        }

        var mended = Mended(json);
        return TryParse(mended) ?? TryParse(CutAfterLastItem(mended));
    }

    /// <summary>The text of a string or number; null for anything else and for an empty one.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The objects of an array, or the object itself where a publisher left the array out.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(member => member.ValueKind == JsonValueKind.Object)
        : value.ValueKind == JsonValueKind.Object ? [value]
        : [];

    private static JsonElement? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Puts a mark that nobody sees in the place of each half of a surrogate pair, as a publisher's cut through an emoji leaves it:
    /// neither a name nor a value with one can be read.
    /// </summary>
    private static ReadOnlySpan<byte> WithoutHalves(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        var copy = json.ToArray();
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at < json.Length;)
        {
            var length = 2;
            if (IsSurrogate(json[at..], "89abAB"u8) && at + Escape <= json.Length && IsSurrogate(json[(at + Escape)..], "cdefCDEF"u8))
            {
                length = 2 * Escape;
            }
            else if (IsSurrogate(json[at..], "89abcdefABCDEF"u8))
            {
                "\\ufeff"u8.CopyTo(copy.AsSpan(at));
                length = Escape;
            }

            at += length;
            var next = at < json.Length ? json[at..].IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + next;
        }

        return copy;

        static bool IsSurrogate(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> half) =>
            rest is [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', var kind, var third, var fourth, ..]
            && half.Contains(kind) && char.IsAsciiHexDigit((char)third) && char.IsAsciiHexDigit((char)fourth);
    }

    // Controls go only from strings: outside them a line break may end a comment. What some programs write for a number that is none
    // becomes a string.
    private static byte[] Mended(ReadOnlySpan<byte> json)
    {
        var mended = new List<byte>(json.Length + 16);
        var isString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var length = 1;
            switch (json[i])
            {
                case (byte)'"':
                    isString = !isString;
                    break;
                case (byte)'\\' when isString:
                    length = Math.Min(2, json.Length - i);
                    break;
                case < 0x20 when isString:
                    mended.Add((byte)' ');
                    continue;
                case (byte)'/' when !isString && json[i..].StartsWith("//"u8):
                    var end = json[i..].IndexOf((byte)'\n');
                    length = end < 0 ? json.Length - i : end + 1;
                    break;
                case (byte)'N' or (byte)'I' or (byte)'-' when !isString && NoNumber(json[i..]) is var word and > 0:
                    mended.AddRange("\""u8);
                    mended.AddRange(json.Slice(i, word));
                    mended.AddRange("\""u8);
                    i += word - 1;
                    continue;
            }

            mended.AddRange(json.Slice(i, length));
            i += length - 1;
        }

        return [.. mended];

        static int NoNumber(ReadOnlySpan<byte> rest) =>
            rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
    }

    private static byte[] CutAfterLastItem(byte[] json)
    {
        var end = 0L;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = Depth,
        });
        try
        {
            while (reader.Read())
            {
                end = reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == ItemDepth ? reader.BytesConsumed : end;
            }
        }
        catch (JsonException)
        {
            return [.. json.AsSpan(0, (int)end), .. "]}"u8];
        }

        return json;
    }
}
