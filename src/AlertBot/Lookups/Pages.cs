using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Lookups;

/// <summary>A long answer, page by page: the option, the buttons, and what is said of a page that is not there.</summary>
internal static class Pages
{
    private const string Option = "page";

    public static CommandOption PageOption { get; } = new(Option, "Which page; 1 has the newest", OptionKind.Integer) { Min = 1 };

    public static int Of(CommandInvocation invocation) => invocation.Find(Option) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;

    public static bool IsGiven(CommandInvocation invocation) => invocation.Find(Option) is not null;

    /// <summary>The line of a command with options that have a value.</summary>
    public static string Line(string command, params (string Option, string? Value)[] options) =>
        string.Join(' ', options.Where(o => o.Value?.Trim().Length > 0).Select(o => $"{o.Option}:{CommandText.Quote(o.Value!.Trim())}").Prepend(command));

    /// <summary>One page of things, with buttons to turn it.</summary>
    /// <param name="line">The command for the same without a page.</param>
    /// <param name="counted">What there is in all, such as <c>23 events</c>.</param>
    /// <param name="show">The card of what is on the page.</param>
    /// <param name="isByTime">The newest stand first; otherwise the best.</param>
    public static Card Show<T>(string line, int page, int size, IReadOnlyList<T> all, string counted, Func<IReadOnlyList<T>, Card> show, bool isByTime = true)
    {
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        if (page > pages)
        {
            return Card.Problem($"There is no page {page}", new CardBlock.Paragraph($"There are {counted} on {(pages == 1 ? "1 page" : $"{pages} pages")}.")) with
            {
                Actions = [new CardAction("Last page", $"{line} page:{pages}")],
            };
        }

        var card = show([.. all.Skip((page - 1) * size).Take(size)]);
        return card with
        {
            Footer = pages == 1 ? counted : $"Page {page} of {pages} · {counted}",
            Actions = [.. page > 1 ? [Turn(isByTime ? "Newer" : "Back", page - 1)] : Array.Empty<CardAction>(), .. page < pages ? [Turn(isByTime ? "Older" : "More", page + 1)] : Array.Empty<CardAction>(), .. card.Actions],
        };

        CardAction Turn(string label, int to) => new(label, $"{line} page:{to}") { Replaces = true };
    }

    /// <summary><c>1 event</c>, <c>7 events</c>.</summary>
    public static string Count(int number, string what, bool isAll = true) =>
        $"{(isAll ? "" : "the newest ")}{number.ToString(CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";
}
