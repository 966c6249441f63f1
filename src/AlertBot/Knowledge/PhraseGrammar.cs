namespace AlertBot.Knowledge;

/// <summary>
/// Unfolds the patterns of phrases: <c>launch~</c> is every form of the verb, <c>missile/rocket</c> either word,
/// <c>&lt;leaders&gt;</c> any of a named list; the last word is meant in singular and plural, <c>downs!</c> only as it stands.
/// </summary>
internal sealed class PhraseGrammar(IReadOnlyDictionary<string, IReadOnlyList<string>> lists, IReadOnlyDictionary<string, IReadOnlyList<string>> irregularVerbs)
{
    private const int MostForms = 4_000;

    /// <summary>As a context: an actor of the kind that acts in the sentence, or two different ones.</summary>
    public static readonly string[] Actors = ["@person", "@persons", "@country", "@countries"];

    /// <summary>What is wrong with a pattern; null if nothing.</summary>
    public string? FaultOf(string pattern)
    {
        var words = WordsOf(pattern);
        if (words.FirstOrDefault(word => word.StartsWith('<') && !lists.ContainsKey(word.Trim('<', '>'))) is { } unknown)
        {
            return $"there is no list {unknown}: known are {string.Join(", ", lists.Keys.Select(name => $"<{name}>"))}";
        }

        return !pattern.Any(char.IsLetterOrDigit) ? $"\"{pattern}\" holds no word"
            : words.Aggregate(1L, (forms, word) => Math.Min(MostForms + 1L, forms * Math.Max(1, AlternativesOf(word).Count))) > MostForms
            ? $"\"{pattern}\" stands for more than {MostForms} phrases: make it shorter" : null;
    }

    /// <summary>All phrases that a pattern stands for.</summary>
    public IEnumerable<string> FormsOf(string pattern)
    {
        IEnumerable<string> forms = [""];
        var words = WordsOf(pattern);
        for (var i = 0; i < words.Length; i++)
        {
            var isLast = i == words.Length - 1;
            var alternatives = AlternativesOf(words[i]);
            var choices = isLast && words[i][^1] is not ('~' or '!') ? [.. alternatives.SelectMany(NumbersOf)] : alternatives;
            forms = forms.SelectMany(form => choices.Select(choice => form.Length == 0 ? choice : $"{form} {choice}")).ToList();
        }

        return forms;
    }

    /// <summary>The phrase in singular and plural.</summary>
    public static IEnumerable<string> NumbersOf(string phrase)
    {
        yield return phrase;
        var last = phrase[(phrase.LastIndexOf(' ') + 1)..];

        // "Koreas" has no singular that means the same.
        if (last.Length < 3 || char.IsUpper(last[0]) || !char.IsLetter(last[^1]))
        {
            yield break;
        }

        if (last[^1] == 's')
        {
            if (last[^2] is not ('s' or 'i' or 'u'))
            {
                yield return last.EndsWith("ies", StringComparison.Ordinal) ? $"{phrase[..^3]}y" : phrase[..^1];
            }
        }
        else
        {
            yield return last[^1] == 'y' && !IsVowel(last[^2]) ? $"{phrase[..^1]}ies" : EndsHissing(last) ? $"{phrase}es" : $"{phrase}s";
        }
    }

    private IReadOnlyList<string> AlternativesOf(string word) => word.StartsWith('<') && lists.TryGetValue(word.Trim('<', '>'), out var list)
        ? list.SelectMany(NumbersOf).Distinct(StringComparer.Ordinal).ToList()
        : [.. word.Split('/', StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part.EndsWith('~') ? VerbFormsOf(part[..^1]) : [part.TrimEnd('!')])];

    private IEnumerable<string> VerbFormsOf(string verb)
    {
        if (verb.Length < 2)
        {
            return [verb];
        }

        var past = irregularVerbs.GetValueOrDefault(verb);
        var (isMute, isConsonantY) = (verb[^1] == 'e', verb[^1] == 'y' && !IsVowel(verb[^2]));
        var stem = isMute ? verb[..^1] : verb;
        var forms = new List<string> { verb, isConsonantY ? $"{verb[..^1]}ies" : EndsHissing(verb) || verb[^1] == 'o' ? $"{verb}es" : $"{verb}s", $"{stem}ing" };
        forms.AddRange(past ?? [isConsonantY ? $"{verb[..^1]}ied" : $"{stem}ed"]);
        if (verb.Length > 2 && !IsVowel(verb[^1]) && verb[^1] is not ('w' or 'x' or 'y') && IsVowel(verb[^2]) && !IsVowel(verb[^3]))
        {
            forms.Add($"{verb}{verb[^1]}ing");
            forms.Add($"{verb}{verb[^1]}ed");
        }

        return forms;
    }

    private static string[] WordsOf(string pattern) => pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool EndsHissing(string word) => word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);

    private static bool IsVowel(char c) => "aeiou".Contains(char.ToLowerInvariant(c));
}
