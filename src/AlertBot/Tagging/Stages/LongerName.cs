using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Sees when a country's name is a part of another: of a sea, paper, firm, event or university, or of an
/// American place. The rules go by the words that such names are built with, not by a list of names.
/// </summary>
internal static class LongerName
{
    public static string? Around(Finding finding)
    {
        var before = finding.Before(1);
        var after = finding.After(0);
        if (after.IsJoined && after.Is(WordClass.Former) is false && finding.Reading.Section == TextSection.Body && after.IsWord && after.IsCapital is false && after.Hash == Words.Based)
        {
            return "place";
        }

        for (var i = 0; i < 3; i++)
        {
            var word = finding.After(i);
            if (!word.IsWord || !word.IsCapital)
            {
                break;
            }

            if (word.Is(WordClass.NameHead) && !finding.Reading.IsAllCapitals && finding.Reading.FindingAt(finding.End + i) is null)
            {
                return "part of another name";
            }
        }

        var startsName = before.Is(WordClass.Of) && finding.Before(2) is { IsCapital: true } start && start.Is(WordClass.NameStart);
        return startsName || (before.IsCapital && before.Is(WordClass.NameStart) && !before.Is(WordClass.Starter)) || (before.IsCapital && before.Hash == Words.New)
            ? "part of another name"
            : AmericanPlace(finding, after);
    }

    // "Moscow, Idaho", "Walla Walla, Washington", "Washington state".
    private static string? AmericanPlace(Finding finding, Token after)
    {
        var isOfState = after.IsMark(',') && finding.After(1).Is(WordClass.AmericanState);
        var isState = finding.Reading.Tokens[finding.First].Is(WordClass.AmericanState)
            && (after.Hash == Words.State || (finding.Before(1).IsMark(',') && finding.Before(2).IsCapital && finding.Reading.FindingAt(finding.First - 2) is null));
        return isOfState || isState ? "an American place" : null;
    }
}
