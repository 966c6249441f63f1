using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>What all imports of files say alike.</summary>
internal static class ImportCards
{
    /// <summary>The option that says yes to an import that was shown.</summary>
    public static CommandOption Apply { get; } = new("apply", "The number of an import that was shown: do it", OptionKind.Integer) { Min = 1 };

    public static Card NotThere { get; } = Card.Problem("There is no such import", new CardBlock.Paragraph("It was shown elsewhere or more than a day ago. Give the file again."));

    /// <summary>The number of the draft that is said yes to; null where a file is given.</summary>
    public static long? DraftOf(CommandInvocation invocation) =>
        invocation.Find(Apply.Name) is { Length: > 0 } number ? long.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    public static Card Unreadable(string why) => Card.Problem("That file can't be imported", new CardBlock.Paragraph(why), new CardBlock.Paragraph("Nothing was changed."));

    /// <summary>The field of a form that takes the file.</summary>
    public static FormField FileField(string label) => new(ImportFile.Option, label) { IsFile = true, Multiline = true, MaxLength = 4000 };

    /// <summary>The row that stands for those that are not shown.</summary>
    public static IEnumerable<CardItem> More(int count, int shown) => count > shown ? [new CardItem($"and {(count - shown).ToString(CultureInfo.InvariantCulture)} more")] : [];
}
