using SkiaSharp;

namespace AlertBot.Lookups;

/// <summary>The fonts of this machine that a picture can be written with. A machine may have none, or none for a script.</summary>
internal static class ChartFonts
{
    private static readonly string[] Preferred =
    [
        "Noto Sans", "DejaVu Sans", "Liberation Sans", "Segoe UI", "Helvetica Neue", "Arial",
        "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo",
    ];

    private static readonly Lazy<IReadOnlyList<SKTypeface>> Installed = new(Load);

    /// <summary>The one for plain text; null where there is none.</summary>
    public static SKTypeface? Plain => Installed.Value.FirstOrDefault(f => f.ContainsGlyphs("Aa0"));

    /// <summary>The first of some names that can be written, with the font for it; the last name if none can.</summary>
    public static (string Name, SKTypeface Font) Writing(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (Installed.Value.FirstOrDefault(f => f.ContainsGlyphs(name)) is { } font)
            {
                return (name, font);
            }
        }

        return (names[^1], SKTypeface.Default);
    }

    private static IReadOnlyList<SKTypeface> Load()
    {
        var families = SKFontManager.Default.FontFamilies.ToList();
        return [.. Preferred.Intersect(families).Concat(families.Except(Preferred)).Select(family => SKFontManager.Default.MatchFamily(family))];
    }
}
