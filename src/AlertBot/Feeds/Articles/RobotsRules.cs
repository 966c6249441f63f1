using System.Globalization;
using System.Text;

namespace AlertBot.Feeds.Articles;

/// <summary>
/// What a robots.txt allows us, under our product token or else as anybody: the longest rule that fits a path decides, and
/// of equal ones the one that allows (RFC 9309).
/// </summary>
internal sealed class RobotsRules
{
    public const string Token = "alertbot";

    /// <summary>No rules: everything is allowed.</summary>
    public static readonly RobotsRules None = new([], null);

    // The standard asks for 500 KiB at least.
    private const int LongestText = 512 * 1024;
    private const int LongestPattern = 2000;

    private readonly IReadOnlyList<Rule> _rules;

    private RobotsRules(IReadOnlyList<Rule> rules, TimeSpan? delay)
    {
        _rules = rules;
        CrawlDelay = delay;
    }

    /// <summary>The time that the site wants between two requests.</summary>
    public TimeSpan? CrawlDelay { get; }

    public static RobotsRules Parse(string text)
    {
        var (ours, anybodys) = (new Group(), new Group());
        var (open, isHead) = (new List<Group>(), false);
        foreach (var written in text[..Math.Min(text.Length, LongestText)].Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var line = written.AsSpan().TrimStart('\uFEFF');
            line = line.IndexOf('#') is >= 0 and var comment ? line[..comment] : line;
            if (line.IndexOf(':') is not (> 0 and var colon))
            {
                continue;
            }

            var (key, value) = (line[..colon].Trim().ToString().ToLowerInvariant(), line[(colon + 1)..].Trim().ToString());
            if (key == "user-agent")
            {
                // Agents that follow one another share the rules below them.
                open = isHead ? open : [];
                isHead = true;
                (IsOurs(value) ? ours : value == "*" ? anybodys : null)?.OpenIn(open);
            }
            else if (key is "allow" or "disallow" or "crawl-delay")
            {
                isHead = false;
                open.ForEach(g => g.Add(key, value));
            }
        }

        var group = ours.IsNamed ? ours : anybodys;
        return group.IsNamed ? new RobotsRules(group.Rules, group.Delay) : None;
    }

    public bool Allows(Uri page)
    {
        var path = Normal(page.PathAndQuery);
        var best = _rules.Where(r => r.Fits(path)).MaxBy(r => (r.Length, r.IsAllowed));
        return best?.IsAllowed ?? true;
    }

    // A line may name a version behind the token; the token alone counts.
    private static bool IsOurs(string agent) =>
        agent.StartsWith(Token, StringComparison.OrdinalIgnoreCase) && (agent.Length == Token.Length || !(char.IsAsciiLetter(agent[Token.Length]) || agent[Token.Length] is '-' or '_'));

    // Both sides in one form: what need not be escaped stands as it is, all else in upper-case escapes (RFC 9309, section 2.2.2).
    private static string Normal(string path)
    {
        var normal = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                normal.Append(char.IsAsciiLetterOrDigit((char)escaped) || (char)escaped is '-' or '.' or '_' or '~' ? ((char)escaped).ToString() : Uri.HexEscape((char)escaped));
                i += 2;
            }
            else if (char.IsAscii(path[i]))
            {
                normal.Append(path[i]);
            }
            else
            {
                var length = char.IsSurrogatePair(path, i) ? 2 : 1;
                normal.Append(Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(path.Substring(i, length)))));
                i += length - 1;
            }
        }

        return normal.ToString();
    }

    private sealed class Group
    {
        public List<Rule> Rules { get; } = [];

        public TimeSpan? Delay { get; private set; }

        public bool IsNamed { get; private set; }

        public void OpenIn(List<Group> open)
        {
            IsNamed = true;
            open.Add(this);
        }

        public void Add(string key, string value)
        {
            if (key == "crawl-delay")
            {
                Delay = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Delay;
            }
            else if (value.Length is > 0 and <= LongestPattern)
            {
                Rules.Add(new Rule(Normal(value), key == "allow"));
            }
        }
    }

    /// <summary>The beginning of paths, with <c>*</c> for any signs and <c>$</c> for the end.</summary>
    private sealed class Rule
    {
        private readonly string[] _parts;
        private readonly bool _isWhole;

        public Rule(string pattern, bool isAllowed)
        {
            _isWhole = pattern.EndsWith('$');
            _parts = (_isWhole ? pattern[..^1] : pattern).Split('*');
            (Length, IsAllowed) = (pattern.Length, isAllowed);
        }

        public int Length { get; }

        public bool IsAllowed { get; }

        // The first place where each part fits is the best one: no other leaves more of the path to the next.
        public bool Fits(string path)
        {
            if (!path.StartsWith(_parts[0], StringComparison.Ordinal))
            {
                return false;
            }

            var at = _parts[0].Length;
            foreach (var part in _parts.AsSpan(1))
            {
                var found = path.AsSpan(at).IndexOf(part, StringComparison.Ordinal);
                if (found < 0)
                {
                    return false;
                }

                at += found + part.Length;
            }

            // The last part may fit once more at the very end.
            return !_isWhole || at == path.Length
                || (_parts.Length > 1 && path.EndsWith(_parts[^1], StringComparison.Ordinal) && path.Length - _parts[^1].Length >= at - _parts[^1].Length);
        }
    }
}
