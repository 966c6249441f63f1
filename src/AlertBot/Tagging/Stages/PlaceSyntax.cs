using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>The grammar that tells a place from a government: prepositions, verbs, lists.</summary>
internal static class PlaceSyntax
{
    private const int MotionReach = 5;
    private const int LongestList = 12;

    /// <summary>The verb whose subject the name is, alone or in a list; null where it is none.</summary>
    public static string? VerbOf(Finding finding)
    {
        var i = 0;
        var reading = finding.Reading;
        for (var steps = 0; steps < LongestList && IsListed(reading, finding.End + i) is { } next; steps++)
        {
            i = next - finding.End;
        }

        while (finding.After(i).Is(WordClass.Adverb) && !finding.After(i).Is(WordClass.Auxiliary))
        {
            i++;
        }

        var isGoverned = finding.Before(1).Is(WordClass.PlacePreposition | WordClass.Motion | WordClass.From | WordClass.To | WordClass.Of) || GovernedInList(finding);
        return IsVerb(finding, i) && !isGoverned ? reading.WordsOf(finding.End + i, finding.End + i + 1) : null;
    }

    // "London, Paris and Berlin could": the verb after the list belongs to each.
    private static int? IsListed(TextReading reading, int at)
    {
        for (var last = at + 3; at < last && (reading.At(at).IsMark(',') || reading.At(at).Is(WordClass.Conjunction));)
        {
            at++;
            if (reading.FindingAt(at) is { Actor.Kind: ActorKind.Country } found)
            {
                return found.End;
            }
        }

        return null;
    }

    private static bool GovernedInList(Finding finding)
    {
        for (var (previous, steps) = (ListedBefore(finding), 0); previous is not null && steps < LongestList; steps++)
        {
            if (previous.Before(1).Is(WordClass.PlacePreposition | WordClass.From | WordClass.To | WordClass.Of))
            {
                return true;
            }

            previous = ListedBefore(previous);
        }

        return false;
    }

    /// <summary>Whether the word so far behind the name reads as its verb.</summary>
    public static bool IsVerb(Finding finding, int i)
    {
        var word = finding.After(i);
        if (word.Is(WordClass.Auxiliary | WordClass.Say | WordClass.Act | WordClass.Motion) && !word.Is(WordClass.State) && !word.IsJoined)
        {
            return true;
        }

        return word is { IsWord: true, IsCapital: false, IsJoined: false, Length: > 4 } && finding.Reading.Text.AsSpan(word.Start, word.Length).EndsWith("ed", StringComparison.Ordinal);
    }

    /// <summary>Whether the words before and behind the name make it a place. The names of a list share one reading.</summary>
    public static bool IsPlace(Finding finding, bool isCapital, int steps = 0)
    {
        var before = finding.Before(1);
        var second = finding.BeforeSkippingArticle(2);
        if (before is { IsCapital: false } && before.Is(WordClass.Region) && second.Is(WordClass.PlacePreposition))
        {
            return true;
        }

        if (before.Is(WordClass.Article))
        {
            (before, second) = (finding.Before(2), finding.Before(3));
        }

        if (before.Is(WordClass.PlacePreposition))
        {
            return !second.Is(isCapital ? WordClass.Rulers : WordClass.Rulers | WordClass.Polity) || before.Hash != Words.In;
        }

        if (isCapital && before.Is(WordClass.Visit))
        {
            return true;
        }

        if (before.Is(WordClass.To))
        {
            return (FollowsMotion(finding) || EndsRange(finding)) && finding.After(0).Kind != TokenKind.Possessive;
        }

        // "left for Warsaw", "by way of Jakarta", "his next stop is Tokyo"
        if (isCapital && ((before.Hash == Words.For && second.Is(WordClass.Motion | WordClass.Visit)) || (before.Is(WordClass.Of) && second.Hash == Words.Way) || (before.Is(WordClass.Be) && second.Is(WordClass.PlaceNoun | WordClass.Region | WordClass.Stopover))))
        {
            return true;
        }

        // "who is from Taiwan"
        if (before.Is(WordClass.From) && (second.Is(WordClass.Be) || second.Hash == Words.Originally))
        {
            return true;
        }

        // "Mao Asada of Japan": where somebody is from who is no actor.
        if (!isCapital && before.Is(WordClass.Of) && finding.Reading.FindingAt(finding.First - 2) is { Person.Actor: null, Kind: FindingKind.Name })
        {
            return true;
        }

        if (!isCapital && finding.After(0).IsMark(',') && finding.After(1).Hash == Words.Where)
        {
            return true;
        }

        if (before.Is(WordClass.From))
        {
            return isCapital ? !ReachesBack(finding, WordClass.Sendable, 3) : ReachesBack(finding, WordClass.People | WordClass.Number | WordClass.Motion, 3);
        }

        if (before.Is(WordClass.Of) && (second.Is(WordClass.Region | WordClass.PlaceNoun) || (isCapital && second.Is(WordClass.People))))
        {
            return true;
        }

        if (steps < LongestList && ListedBefore(finding) is { } previous)
        {
            return IsPlace(previous, isCapital, steps + 1);
        }

        var after = finding.After(0);
        return isCapital && ((after.Is(WordClass.PlaceNoun) && !after.Is(WordClass.State)) || (after.IsMark(',') && finding.After(1).Is(WordClass.Relative) && before.Is(WordClass.PlacePreposition)));
    }

    // "from Tokyo to London"
    private static bool EndsRange(Finding finding)
    {
        for (var i = finding.First - 2; i >= finding.First - 4 && i > 0 && finding.Reading.Tokens[i].Sentence == finding.Sentence; i--)
        {
            if (finding.Reading.FoundAt[i] is { } from)
            {
                return from.Before(1).Is(WordClass.From);
            }
        }

        return false;
    }

    private static bool FollowsMotion(Finding finding, int steps = 0)
    {
        if (ReachesBack(finding, WordClass.Motion, MotionReach))
        {
            return true;
        }

        // "fly to Washington if need be, to Beijing and to Tokyo"
        for (var i = finding.First - 2; i >= 0 && i >= finding.First - 12 && finding.Reading.Tokens[i].Sentence == finding.Sentence; i--)
        {
            if (finding.Reading.FoundAt[i] is { Actor.Kind: ActorKind.Country } or { Rule: "place" } && finding.Reading.FoundAt[i] is { } earlier)
            {
                return steps < LongestList && earlier.Before(1).Is(WordClass.To) && FollowsMotion(earlier, steps + 1);
            }
        }

        return false;
    }

    private static bool ReachesBack(Finding finding, WordClass words, int reach)
    {
        for (var i = 2; i < 2 + reach; i++)
        {
            var word = finding.Before(i);
            if ((word.Is(words) && !(word.Is(WordClass.Motion) && finding.Before(i + 1).Hash == Words.In)) || (words.HasFlag(WordClass.Number) && word.Kind == TokenKind.Number))
            {
                return true;
            }

            if (!word.IsWord || word.Is(WordClass.Say))
            {
                return false;
            }
        }

        return false;
    }

    private static Finding? ListedBefore(Finding finding)
    {
        var at = finding.First - 1;
        var reading = finding.Reading;
        var isJoined = false;
        while (at >= 0 && finding.First - at < 4 && (reading.Tokens[at].IsMark(',') || reading.Tokens[at].Is(WordClass.Conjunction)))
        {
            isJoined = true;
            at--;
        }

        return isJoined && at >= 0 && reading.Tokens[at].Sentence == finding.Sentence && reading.FoundAt[at] is { Kind: FindingKind.Metonym or FindingKind.Name } found && found.Person is null ? found : null;
    }
}
