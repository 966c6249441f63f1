using System.Globalization;
using System.Text;

namespace AlertBot.Knowledge;

/// <summary>Makes slugs of names: small ASCII letters, digits and single hyphens.</summary>
internal static class Slugs
{
    private const int Longest = 100;
    private const int LongestDistinction = 40;

    /// <summary>Empty where nothing of the name can be written so.</summary>
    public static string Of(string name, int longest = Longest)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’' or '‘' or '.' or 'ʻ' or 'ʼ' or 'ʿ' or 'ʾ' or '`')
            {
                continue;
            }

            var plain = Plain(char.ToLowerInvariant(c));
            if (plain.Length > 0)
            {
                slug.Append(plain);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().TrimEnd('-');
        return text.Length <= longest ? text : Cut(text, longest);
    }

    /// <summary>A slug that is not taken: the name alone, else with the first distinction that helps, else with a number of last resort.</summary>
    public static string New(IEnumerable<string> names, IEnumerable<string> distinctions, string lastResort, Func<string, bool> isTaken)
    {
        // A name in another script leaves a letter or nothing.
        var bare = names.Select(name => Of(name)).FirstOrDefault(slug => slug.Length > 1) ?? Of(lastResort);
        if (!isTaken(bare))
        {
            return bare;
        }

        foreach (var distinction in distinctions.Append(lastResort).Select(text => Of(text, LongestDistinction)).Where(text => text.Length > 0))
        {
            var slug = $"{Cut(bare, Longest - distinction.Length - 1)}-{distinction}";
            if (!isTaken(slug))
            {
                return slug;
            }
        }

        var start = Cut(bare, Longest - 8);
        return Enumerable.Range(2, int.MaxValue - 2).Select(n => string.Create(CultureInfo.InvariantCulture, $"{start}-{n}")).First(slug => !isTaken(slug));
    }

    private static string Cut(string slug, int longest)
    {
        if (slug.Length <= longest)
        {
            return slug;
        }

        var end = slug.LastIndexOf('-', longest);
        return (end > 0 ? slug[..end] : slug[..longest]).TrimEnd('-');
    }

    private static string Plain(char c) => c switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => c.ToString(),
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ə' => "a",
        '&' => "and",
        _ => "",
    };
}
