using System.Text.RegularExpressions;

namespace AlertBot.Lookups.Answers;

/// <summary>What kind of thing a question wants to know.</summary>
internal enum Wanted
{
    Anything,
    Person,
    Place,
    Time,
    Number,
    Reason,
    Words,
}

/// <summary>Reads from a question what kind of thing it wants, and from a sentence whether it has such a thing.</summary>
internal static partial class WantedKind
{
    public static Wanted Of(string question)
    {
        var text = question.TrimStart();
        return Number().IsMatch(text) ? Wanted.Number
            : Time().IsMatch(text) ? Wanted.Time
            : Person().IsMatch(text) ? Wanted.Person
            : Place().IsMatch(text) ? Wanted.Place
            : Reason().IsMatch(text) ? Wanted.Reason
            : Words().IsMatch(text) ? Wanted.Words
            : Wanted.Anything;
    }

    /// <param name="inQuestion">The folded words of the question: what it already says is no answer to it.</param>
    public static bool IsIn(Wanted wanted, string sentence, IReadOnlySet<string> inQuestion) => wanted switch
    {
        Wanted.Number => Figures().Matches(sentence).Any(m => !inQuestion.Contains(m.Value.ToLowerInvariant())),
        Wanted.Time => Times().Matches(sentence).Any(m => !inQuestion.Contains(m.Value.ToLowerInvariant())),
        Wanted.Person => Names().Matches(sentence).Any(m => m.Index > 0 || m.Value.Contains(' ', StringComparison.Ordinal)
            ? m.Value.Split(' ').Any(w => !inQuestion.Contains(w.ToLowerInvariant())) : false),
        Wanted.Place => Places().Matches(sentence).Any(m => !inQuestion.Contains(m.Groups[1].Value.ToLowerInvariant())),
        Wanted.Reason => Reasons().IsMatch(sentence),
        Wanted.Words => Speech().IsMatch(sentence),
        _ => false,
    };

    [GeneratedRegex(@"\bhow (?:many|much|old|long|far|often|large|big|high|tall|fast|deep|heavy)\b|\bwhat (?:is |was |were |are )?(?:the )?(?:percentage|percent|number|share|age|price|cost|amount|total|rate|distance|size|score|toll)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|week|century|decade)\b|\bsince what\b|\bhow long ago\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?:and |so )?(?:who|whom|whose|by whom|with whom|to whom)\b|\bwho\b|\b(?:which|what) (?:\w+ )?(?:person|man|woman|official|minister|leader|president|actor|singer|player|author|politician|candidate|general|officer|envoy|expert|analyst)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex(@"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:country|countries|city|cities|town|village|place|state|province|nation|region|island|venue|location|capital|street|airport)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"\bwhy\b|\bwhat (?:caused|led|prompted|made)\b|\bwhat (?:is|was|were) the (?:reason|cause|motive)\b|\bhow come\b|\bfor what reason\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\bwhat (?:did|does|do|has|have|had|is|was) .*\b(?:say|said|think|believe|claim|argue|warn|promise|call for|respond|answer|tell|write|describe|propose|demand|want|ask)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"\d[\d,.]*\d|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|once|twice|none|no)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\b(?:1[5-9]|20)\d\d(?:s\b|\b)|\b(?:yesterday|today|tomorrow|tonight|morning|evening|night|afternoon|ago|last (?:week|month|year|night)|next (?:week|month|year)|this (?:week|month|year)|weekend|spring|summer|autumn|winter|midnight|noon|decades?|century)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}[\p{L}'’.-]*|de|van|von|bin|al|el))*", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(?:in|at|near|from|to|of|outside|off|across|on|around|toward|towards|through|into|between|and|for|visited|left)\s+(?:the\s+)?(?:\w+\s+)?(\p{Lu}[\p{L}'’-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Places();

    [GeneratedRegex(@"\b(?:because|due to|since|so that|in order to|as a result|result of|reasons?|blamed?|caused?|after|over|led to|owing to|thanks to|motive|to (?:protest|prevent|stop|avoid|protect|mark|help|show|press|force|keep)|fear(?:s|ing|ed)?|accus\w+|citing|out of)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reasons();

    [GeneratedRegex(@"[""“”]|\b(?:said|says|told|added|called|warned|argued|wrote|asked|promised|urged|stressed|insisted|claimed|believes?|demanded|proposed)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Speech();
}
