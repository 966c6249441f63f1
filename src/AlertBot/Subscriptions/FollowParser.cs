using System.Text;
using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>
/// Reads what people type after /follow: names (by slug, name or alias, of one or several words) with and, or, not and
/// parentheses. "a and b not c" means a and b and not c; not binds closest, then and, then or.
/// </summary>
internal sealed class FollowParser
{
    private const int MaxLength = 500;
    private const int MaxDepth = 20;

    private readonly Func<string, NameResult> _resolve;
    private readonly List<string> _tokens;
    private int _next;
    private int _depth;

    private FollowParser(string text, Func<string, NameResult> resolve)
    {
        _resolve = resolve;
        _tokens = Split(text);
    }

    /// <summary>Reads what a person typed; names are looked up in the knowledge base.</summary>
    public static FollowResult Parse(string text, KnowledgeBase knowledge) => Parse(text, new FollowNames(knowledge).Resolve);

    /// <summary>Reads a normal form, whose names are slugs, without looking them up.</summary>
    /// <param name="known">An actor that was merged is the one that is known for it then.</param>
    public static FollowExpression ParseStored(string text, KnowledgeSnapshot? known = null) =>
        Parse(text, FollowNames.ReadSlug) is FollowResult.Understood(var expression)
            ? known is { Merged.Count: > 0 } ? expression.With(known.Now) : expression
            : throw new FormatException($"'{text}' is no normal form of a follow.");

    private static FollowResult Parse(string text, Func<string, NameResult> resolve)
    {
        if (text.Length > MaxLength)
        {
            return new FollowResult.Misunderstood($"A follow can have at most {MaxLength} characters; this one has {text.Length}.", []);
        }

        var parser = new FollowParser(text, resolve);
        try
        {
            var expression = parser.ReadOr();
            return parser.Peek() is { } stray
                ? new FollowResult.Misunderstood($"There is a '{stray}' too many.", [])
                : expression.Matches(StoryTags.None, [])
                    ? new FollowResult.Misunderstood("This would bring nearly every story. Name at least one thing that a story must be about.", [])
                    : new FollowResult.Understood(expression);
        }
        catch (FollowException exception)
        {
            return new FollowResult.Misunderstood(exception.Message, exception.Suggestions);
        }
    }

    private FollowExpression ReadOr()
    {
        if (++_depth > MaxDepth)
        {
            throw new FollowException($"Parentheses can be nested {MaxDepth} deep at most.");
        }

        var parts = new List<FollowExpression> { ReadAnd() };
        while (Take("or"))
        {
            parts.Add(ReadAnd());
        }

        _depth--;
        return parts is [var only] ? only : new FollowExpression.Or(parts);
    }

    private FollowExpression ReadAnd()
    {
        var parts = new List<FollowExpression> { ReadNot() };
        while (Peek() is "and" or "not" or "(")
        {
            Take("and");
            parts.Add(ReadNot());
        }

        return parts is [var only] ? only : new FollowExpression.And([.. parts.SelectMany(p => p is FollowExpression.And and ? and.Parts : [p])]);
    }

    private FollowExpression ReadNot()
    {
        var negations = 0;
        while (Take("not"))
        {
            negations++;
        }

        var inner = ReadOne();
        return (negations % 2, inner) switch
        {
            (0, _) => inner,
            (_, FollowExpression.Not(var doubly)) => doubly,
            _ => new FollowExpression.Not(inner),
        };
    }

    private FollowExpression ReadOne()
    {
        if (Take("("))
        {
            var inner = ReadOr();
            return Take(")") ? inner : throw new FollowException("A closing parenthesis is missing.");
        }

        var words = new StringBuilder();
        while (Peek() is { } word && word is not ("and" or "or" or "not" or "(" or ")"))
        {
            words.Append(words.Length > 0 ? " " : "").Append(word);
            _next++;
        }

        if (words.Length == 0)
        {
            throw new FollowException(Peek() is { } found ? $"A name is missing before '{found}'." : "A name is missing at the end.");
        }

        return _resolve(words.ToString()) switch
        {
            NameResult.Found(var name) => name,
            NameResult.NotFound(var why, var suggestions) => throw new FollowException(why, suggestions),
            var other => throw new InvalidOperationException($"Unexpected {other}."),
        };
    }

    private string? Peek() => _next < _tokens.Count ? _tokens[_next] : null;

    private bool Take(string token)
    {
        if (Peek() != token)
        {
            return false;
        }

        _next++;
        return true;
    }

    private static List<string> Split(string text)
    {
        var spaced = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Replace(",", " or ", StringComparison.Ordinal).Replace("&", " and ", StringComparison.Ordinal).Replace(" + ", " and ", StringComparison.Ordinal);
        var words = spaced.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('"', '“', '”')).Where(w => w.Length > 0);
        return [.. words.Select(w => w.ToLowerInvariant() is "and" or "or" or "not" ? w.ToLowerInvariant() : w)];
    }

    private sealed class FollowException(string message, IReadOnlyList<string>? suggestions = null) : Exception(message)
    {
        public IReadOnlyList<string> Suggestions { get; } = suggestions ?? [];
    }
}

/// <summary>What was made of a typed follow: a closed set.</summary>
internal abstract record FollowResult
{
    public sealed record Understood(FollowExpression Expression) : FollowResult;

    /// <param name="Suggestions">Names that may have been meant, as they can be typed.</param>
    public sealed record Misunderstood(string Why, IReadOnlyList<string> Suggestions) : FollowResult;
}
