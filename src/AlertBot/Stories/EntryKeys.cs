using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace AlertBot.Stories;

/// <summary>
/// By what an entry is known again within its feed, each as 64 bits: its guid, and any two of title, text and claimed time, which
/// tell an item that was issued anew under another guid and link. Null where the entry has too little to tell by.
/// </summary>
/// <param name="Text">Of the text alone; null where there is none.</param>
/// <param name="Whole">Of title and text: a change of it is an edit.</param>
internal sealed record EntryKeys(long? Guid, long? TitleAndTime, long? TitleAndText, long? TextAndTime, long? Text, long Whole)
{
    // Shorter texts are often the same line under every item, shorter titles the name of a series.
    private const int TellingText = 80;
    private const int TellingTitle = 12;

    /// <summary>All that there are, the guid first.</summary>
    public IEnumerable<long> All => new[] { Guid }.Concat(Content).OfType<long>();

    /// <summary>Those that rest on what the item says.</summary>
    public IEnumerable<long?> Content => [TitleAndTime, TitleAndText, TextAndTime];

    public EntryKeys Without(IReadOnlySet<long> keys)
    {
        return this with { TitleAndTime = Kept(TitleAndTime), TitleAndText = Kept(TitleAndText), TextAndTime = Kept(TextAndTime) };

        long? Kept(long? key) => key is { } k && keys.Contains(k) ? null : key;
    }

    /// <param name="guid">As far as it can be trusted in this feed.</param>
    /// <param name="link">Likewise; without either all that the item says is told by.</param>
    public static EntryKeys Of(string? guid, string? link, string title, string body, DateTimeOffset? claimed)
    {
        var isBare = guid is null && link is null;
        var folded = Folded(title);
        long? titleKey = folded.Length >= TellingTitle || (isBare && folded.Length > 0) ? Hash(Kind.Title, folded) : null;
        long? text = body.Length > 0 ? Hash(Kind.Text, body) : null;
        var textKey = body.Length >= TellingText || isBare ? text : null;
        long? timeKey = claimed is { } at ? at.ToUnixTimeSeconds() / 60 : null;
        return new EntryKeys(
            guid is null ? null : Hash(Kind.Guid, guid),
            Both(titleKey, timeKey, 1),
            Both(titleKey, textKey ?? (isBare ? 0 : null), 2),
            Both(textKey, timeKey, 3),
            text,
            unchecked((Hash(Kind.Title, title) * 31) + (text ?? 0)));
    }

    /// <summary>A title's letters and digits, without the differences that an editor does not mean.</summary>
    public static string Folded(string title)
    {
        var folded = new StringBuilder(title.Length);
        foreach (var c in Ascii.IsValid(title) ? title : string.Concat(title.EnumerateRunes()).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    private static long? Both(long? one, long? other, long kind) => one is { } a && other is { } b ? unchecked((a * 1_000_003) ^ (b * 31) ^ kind) : null;

    private static long Hash(Kind kind, string text) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)kind));

    private enum Kind
    {
        Guid = 1,
        Title,
        Text,
    }
}
