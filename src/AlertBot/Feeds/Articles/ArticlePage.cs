using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using SmartReader;

namespace AlertBot.Feeds.Articles;

/// <summary>
/// Takes the article out of a page, as plain text. A page that would cost a parser of trees more than its size is not read: too many
/// elements, or too deep ones.
/// </summary>
internal static class ArticlePage
{
    private const int MostTags = 60_000;
    private const int Deepest = 400;
    private const int MostOpenFormats = 40;
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(10);

    // Elements that end by themselves can't be nested by leaving them open.
    private static readonly HashSet<string> NeverNested = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp", "colgroup",
    };

    // A parser opens these again in each element that follows, until they are closed.
    private static readonly HashSet<string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    /// <returns>The article's text, or why there is none.</returns>
    public static async Task<(string? Text, string Why)> ReadAsync(FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        var document = fetched.Document;
        if (document.ContentType is { } type && !type.Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "what is there is no web page");
        }

        if (IsCostly(document.Text))
        {
            return (null, "the page is nested too deep or has too many elements");
        }

        using var page = new HtmlParser().ParseDocument(document.Text);
        return PageWishes.Against(page, fetched) is { } wish
            ? (null, $"the page forbids it ({wish})")
            : await ExtractAsync(page, document.BaseAddress!, cancellationToken);
    }

    private static async Task<(string? Text, string Why)> ExtractAsync(IHtmlDocument page, Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestReading);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var reader = new Reader(address.AbsoluteUri, page) { MaxElemsToParse = MostTags };
            var article = await reader.GetArticleAsync(linked.Token);
            return article is { Completed: true, IsReadable: true } ? (HtmlText.Plain(article.Content), "") : (null, "no article was found on the page");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "the page takes too long to read");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // No page may stop the poll of its feed, not even by a fault of the library.
            return (null, $"the page can't be read ({exception.GetType().Name})");
        }
    }

    private static bool IsCostly(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        var (tags, depth, formats) = (0, 0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var isEnd = at + 1 < html.Length && html[at + 1] == '/';
            var name = NameAt(html, isEnd ? at + 2 : at + 1);
            if (name.IsEmpty || NeverNested.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                tags += name.IsEmpty ? 0 : 1;
            }
            else
            {
                tags++;
                open.TryGetValue(name, out var count);
                var step = !isEnd ? 1 : count > 0 ? -1 : 0;
                open[name] = count + step;
                depth += step;
                formats += Formats.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) ? step : 0;
            }

            if (tags > MostTags || depth > Deepest || formats > MostOpenFormats)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> NameAt(string html, int start)
    {
        var end = start;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || (end > start && html[end] is '-' or ':')))
        {
            end++;
        }

        return html.AsSpan(start, end - start);
    }
}
