using System.Text.RegularExpressions;
using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>Finds the name of a person in what feeds write: a name, an address, or both in either order.</summary>
internal static partial class Person
{
    /// <summary>More authors than this are not listed.</summary>
    public const int Most = 20;

    public static string? Of(MarkupElement element, Vocabulary vocabulary)
    {
        if (!element.HasElements)
        {
            return Name(FeedText.Line(element, vocabulary == Vocabulary.Atom ? Vocabulary.Atom : Vocabulary.Rss));
        }

        return Part("name") ?? Part("email") ?? (vocabulary == Vocabulary.Atom ? null : FeedText.Line(element, vocabulary));

        string? Part(string name) => element.First(name) is { } part ? FeedText.Line(part, Vocabulary.Atom) : null;
    }

    /// <summary>All authors that an element names, or null.</summary>
    public static string? Among(MarkupElement parent, FeedScope scope)
    {
        string[] names =
        [
            .. parent.Elements.Where(child => child.Name == "author" && scope.VocabularyOf(child) == Vocabulary.Atom)
                .Select(child => Of(child, Vocabulary.Atom)).OfType<string>().Distinct().Take(Most),
        ];
        return names.Length == 0 ? null : string.Join(", ", names);
    }

    private static string? Name(string? written)
    {
        if (written is null || !written.Contains('@', StringComparison.Ordinal))
        {
            return written;
        }

        var match = AddressThenName().Match(written);
        match = match.Success ? match : NameThenAddress().Match(written);
        return match.Success ? match.Groups["name"].Value : written;
    }

    [GeneratedRegex(@"^\S+@\S+\s*\(\s*(?<name>[^()]*[^()\s])\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex AddressThenName();

    [GeneratedRegex(@"^""?(?<name>[^<>""(]*[^<>""(\s])""?\s*[<(]\s*(mailto:)?\S+@\S+\s*[>)]$", RegexOptions.CultureInvariant)]
    private static partial Regex NameThenAddress();
}
