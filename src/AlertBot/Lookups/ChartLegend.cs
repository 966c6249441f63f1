using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace AlertBot.Lookups;

/// <summary>
/// The lines of a chart with their names, each in a font that has its script, in as many rows as they need. ScottPlot's own
/// legend knows one font only.
/// </summary>
internal sealed class ChartLegend
{
    private const float TextSize = 22;
    private const float RowHeight = 36;
    private const float Margin = 20;
    private const float Sample = 48;
    private const float Gap = 10;
    private const int LongestName = 60;

    private readonly List<Entry> _entries = [];
    private readonly float _width;

    /// <param name="lines">Each with its names, best first.</param>
    /// <param name="width">The room there is, in pixels.</param>
    public ChartLegend(IEnumerable<(Scatter Line, IReadOnlyList<string> Names)> lines, float width)
    {
        _width = width;
        var (x, row) = (Margin, 0);
        foreach (var (line, names) in lines)
        {
            var (name, typeface) = ChartFonts.Writing(names);
            using var font = new SKFont(typeface, TextSize);
            var text = name.Length <= LongestName ? name : name[..LongestName] + "…";
            var needed = Sample + Gap + font.MeasureText(text);
            if (x > Margin && x + needed > width - Margin)
            {
                (x, row) = (Margin, row + 1);
            }

            _entries.Add(new Entry(line, text, typeface, x, (Gap / 2) + (row * RowHeight)));
            x += needed + (2 * Margin);
        }

        Height = Gap + ((row + 1) * RowHeight);
    }

    /// <summary>The pixels it takes from the top.</summary>
    public float Height { get; }

    public void Draw(SKCanvas canvas, SKColor ground, SKColor text)
    {
        using var fill = new SKPaint { Color = ground };
        using var ink = new SKPaint { Color = text, IsAntialias = true };
        canvas.DrawRect(0, 0, _width, Height, fill);
        using var paint = Paint.NewDisposablePaint();
        foreach (var entry in _entries)
        {
            var middle = entry.Top + (RowHeight / 2);
            entry.Line.LineStyle.Render(canvas, new PixelLine(entry.Left, middle, entry.Left + Sample, middle), paint);
            entry.Line.MarkerStyle.Render(canvas, new Pixel(entry.Left + (Sample / 2), middle), paint);
            using var font = new SKFont(entry.Font, TextSize);
            canvas.DrawText(entry.Text, entry.Left + Sample + Gap, middle + (TextSize / 3), SKTextAlign.Left, font, ink);
        }
    }

    private sealed record Entry(Scatter Line, string Text, SKTypeface Font, float Left, float Top);
}
