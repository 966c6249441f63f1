using System.Text.RegularExpressions;
using AlertBot.Knowledge;

namespace AlertBot.Lookups;

/// <summary>Several names in one typed text: with commas, vs, and or with between them, or with nothing but spaces where all of them are known.</summary>
internal static partial class NameList
{
    private static readonly HashSet<string> Joints = new(StringComparer.OrdinalIgnoreCase) { "and", "with", "&" };

    public static IReadOnlyList<string> Part(string typed, KnowledgeBase knowledge) =>
        [.. Separator().Split(typed).Select(p => p.Trim()).Where(p => p.Length > 0).SelectMany(p => Known(p, knowledge) ?? Joint().Split(p).Where(n => n.Length > 0))];

    /// <summary>Where the name begins that is being typed at the end.</summary>
    public static int LastOf(string typed) => Separator().Matches(typed).Concat(Joint().Matches(typed)).Select(m => m.Index + m.Length).DefaultIfEmpty(0).Max();

    // "north korea south korea": at each place the longest name that is known.
    private static List<string>? Known(string piece, KnowledgeBase knowledge)
    {
        var words = piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var names = new List<string>();
        for (var at = 0; at < words.Length;)
        {
            var length = words.Length - at;
            while (length > 0 && !IsKnown(string.Join(' ', words.Skip(at).Take(length)), knowledge))
            {
                length--;
            }

            if (length > 0)
            {
                names.Add(string.Join(' ', words.Skip(at).Take(length)));
            }
            else if (names.Count == 0 || !Joints.Contains(words[at]))
            {
                return null;
            }

            at += Math.Max(1, length);
        }

        return names;
    }

    private static bool IsKnown(string name, KnowledgeBase knowledge) =>
        name.StartsWith("topic:", StringComparison.OrdinalIgnoreCase) ? IsKnown(name["topic:".Length..], knowledge) : knowledge.ResolveActors(name).Count > 0 || knowledge.ResolveTopics(name).Count > 0;

    [GeneratedRegex(@"\s*,\s*|\s+(?:vs\.?|versus)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s+(?:and|with|&)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joint();
}
