using System.Globalization;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace AlertBot.Lookups;

/// <summary>
/// Trends as a picture: one line each, told apart by colour, dash and marker, on a pale ground that dark and light pages
/// both leave readable. Any number of threads may draw.
/// </summary>
internal static class TrendChart
{
    private const string Ground = "#F6F7F8";
    private const string Ink = "#2E3338";

    private static readonly Size Large = new(1000, 560, 22, 20, 8);

    // Its letters are large: on a telephone it is half as wide.
    private static readonly Size Small = new(640, 280, 22, 22, 5);

    // The colours of Okabe and Ito, which the colour-blind can tell apart.
    private static readonly (string Colour, LinePattern Dash, MarkerShape Marker)[] Looks =
    [
        ("#0072B2", LinePattern.Solid, MarkerShape.FilledCircle),
        ("#D55E00", LinePattern.Dashed, MarkerShape.FilledSquare),
        ("#009E73", LinePattern.DenselyDashed, MarkerShape.FilledTriangleUp),
        ("#CC79A7", LinePattern.Dotted, MarkerShape.FilledDiamond),
        ("#444444", LinePattern.Solid, MarkerShape.OpenCircle),
    ];

    /// <summary>A PNG file; null where this machine has no font to write with.</summary>
    /// <param name="trends">One to five, of the same days.</param>
    public static byte[]? Draw(IReadOnlyList<Trend> trends, bool isWeekly) => Draw(trends, isWeekly, Large, hasLegend: true);

    /// <summary>One trend by the day, half as high and without its name, for a card that has more to tell. A PNG file; null where this machine has no font to write with.</summary>
    public static byte[]? DrawSmall(Trend trend) => Draw([trend], isWeekly: false, Small, hasLegend: false);

    private static byte[]? Draw(IReadOnlyList<Trend> trends, bool isWeekly, Size size, bool hasLegend)
    {
        if (ChartFonts.Plain is not { } font)
        {
            return null;
        }

        using var plot = new Plot();
        plot.FigureBackground.Color = Color.FromHex(Ground);
        plot.DataBackground.Color = Colors.White;
        var legend = new ChartLegend([.. trends.Zip(Looks, (trend, look) => (AddLine(plot, isWeekly ? trend.Weeks : trend.Days, look), trend.ChartNames))], size.Width);
        AddAxes(plot, trends, isWeekly, size, font.FamilyName);

        using var surface = SKSurface.Create(new SKImageInfo(size.Width, size.Height));
        plot.Render(surface.Canvas, new PixelRect(0, size.Width, size.Height, hasLegend ? legend.Height : 0));
        if (hasLegend)
        {
            legend.Draw(surface.Canvas, SKColor.Parse(Ground), SKColor.Parse(Ink));
        }

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static Scatter AddLine(Plot plot, IReadOnlyList<long> counts, (string Colour, LinePattern Dash, MarkerShape Marker) look)
    {
        var line = plot.Add.Scatter(Enumerable.Range(0, counts.Count).ToArray(), counts.ToArray(), Color.FromHex(look.Colour));
        line.LineWidth = 4;
        line.LinePattern = look.Dash;
        line.MarkerShape = look.Marker;
        line.MarkerSize = counts.Count > 30 ? 8 : 11;
        line.MarkerLineColor = line.LineColor;
        return line;
    }

    private static void AddAxes(Plot plot, IReadOnlyList<Trend> trends, bool isWeekly, Size size, string font)
    {
        var days = isWeekly ? Trend.DaysInWeek : 1;
        var points = trends[0].Days.Count / days;
        var most = trends.Max(t => (isWeekly ? t.Weeks : t.Days).Max());
        plot.Axes.SetLimits(-0.5, points - 0.5, 0, Math.Max(1, most) * 1.08);
        plot.Axes.Right.MinimumSize = 36;
        plot.Axes.Color(Color.FromHex(Ink));
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, MinorTickGenerator = new EvenlySpacedMinorTickGenerator(0) };
        plot.Axes.Left.Label.Text = isWeekly ? "stories per week" : "stories per day";
        plot.Axes.Bottom.TickGenerator = Dates(trends[0].From, points, days, size.MostDates);
        plot.Axes.Bottom.Label.Text = size == Small ? "" : $"{(isWeekly ? "weeks" : "days")} from {Day(trends[0].From)} to {Day(trends[0].From.AddDays(trends[0].Days.Count - 1))}";
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.FontName = font;
            axis.Label.FontSize = size.Label;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontName = font;
            axis.TickLabelStyle.FontSize = size.Tick;
        }
    }

    // From the newest backwards, so that the last date is always named.
    private static NumericManual Dates(DateOnly from, int points, int days, int most)
    {
        var dates = new NumericManual();
        for (var i = points - 1; i >= 0; i -= (points + most - 1) / most)
        {
            dates.AddMajor(i, from.AddDays(i * days).ToString("d MMM", CultureInfo.InvariantCulture));
        }

        return dates;
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Of the picture and of its letters, in pixels.</summary>
    /// <param name="MostDates">That it has room for.</param>
    private sealed record Size(int Width, int Height, int Label, int Tick, int MostDates);
}
