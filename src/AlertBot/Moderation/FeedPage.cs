using System.Globalization;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>One page of a list of feeds, with the way to the pages beside it.</summary>
/// <param name="number">The first is 1.</param>
/// <param name="count">How many pages there are; one at least.</param>
/// <param name="command">What turns the pages, such as <c>feed list</c>.</param>
internal sealed class FeedPage(string command, IReadOnlyList<SurveyedFeed> shown, int number, int count)
{
    private const string Option = "page";

    public IReadOnlyList<SurveyedFeed> Shown => shown;

    public int Number => number;

    public int Count => count;

    public string? Footer => count > 1 ? $"Page {Digits(number)} of {Digits(count)}" : null;

    public IEnumerable<CardAction> Turns
    {
        get
        {
            if (number > 1)
            {
                yield return To(number - 1, "Previous page");
            }

            if (number < count)
            {
                yield return To(number + 1, "Next page");
            }
        }
    }

    public static CommandOption OptionOf() => new(Option, "The page; the first if left out", OptionKind.Integer) { Min = 1 };

    /// <param name="what">What the list holds, such as <c>sick feeds</c>.</param>
    /// <returns>The page that was asked for, or the answer that there is none.</returns>
    public static (FeedPage? Page, Card? Problem) Of(string command, string what, IReadOnlyList<SurveyedFeed> all, int size, CommandInvocation invocation)
    {
        var count = Math.Max(1, (all.Count + size - 1) / size);
        var number = invocation.Find(Option) is { Length: > 0 } typed ? int.Parse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 1;
        var page = new FeedPage(command, [.. all.Skip((number - 1) * size).Take(size)], number, count);
        return number <= count ? (page, null) : (null, Card.Problem(
            $"There is no page {Digits(number)}",
            new CardBlock.Paragraph($"{Digits(all.Count)} {what} fill {(count == 1 ? "1 page" : $"{Digits(count)} pages")}.")) with
        {
            Actions = [page.To(count, "Last page")],
        });
    }

    public CardAction To(int page, string label) => new(label, $"/{command} {Digits(page)}") { Replaces = true };

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
