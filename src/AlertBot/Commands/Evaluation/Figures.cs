using System.Globalization;

namespace AlertBot.Commands.Evaluation;

/// <summary>How much of what was answered is right, how much of what is right was answered, and both in one.</summary>
internal readonly record struct Prf(double Precision, double Recall, double F1)
{
    /// <summary>Nothing wanted and nothing answered is right.</summary>
    public static Prf Of(int right, int wrong, int missed)
    {
        var precision = Share(right, right + wrong, missed);
        var recall = Share(right, right + missed, wrong);
        return new Prf(precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);

        static double Share(int right, int of, int otherwise) => of > 0 ? (double)right / of : otherwise > 0 ? 0 : 1;
    }

    public static Prf operator +(Prf a, Prf b) => new(a.Precision + b.Precision, a.Recall + b.Recall, a.F1 + b.F1);

    public static Prf operator /(Prf sum, int count) => count == 0 ? default : new Prf(sum.Precision / count, sum.Recall / count, sum.F1 / count);
}

/// <summary>A part of a whole, with both counts.</summary>
internal readonly record struct Ratio(int Right, int Of)
{
    public double Value => Of == 0 ? 0 : (double)Right / Of;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Digits.Three(Value)} ({Right}/{Of})");

    public static Ratio operator +(Ratio a, Ratio b) => new(a.Right + b.Right, a.Of + b.Of);
}

/// <summary>Numbers as the scorer of the gold set prints them.</summary>
internal static class Digits
{
    /// <summary>Three decimals. Exact halves go to the even digit; they are the odd sixteenths alone, for no other half of a thousandth is a binary fraction.</summary>
    public static string Three(double value) =>
        (value * 16 is var sixteenths && Math.Floor(sixteenths) == sixteenths ? (double)Math.Round((decimal)value, 3, MidpointRounding.ToEven) : value)
        .ToString("F3", CultureInfo.InvariantCulture);
}
