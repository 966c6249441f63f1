using System.Globalization;
using System.Net;
using AlertBot.Feeds;
using AlertBot.Platforms;
using Microsoft.Extensions.Options;

namespace AlertBot.Moderation;

/// <summary>/feed set: changes a feed's title, address, interval, or whether its articles are read. A new address is read once before it is taken.</summary>
internal sealed class FeedSetCommand(FeedStore feeds, FeedChanges changes, FeedLogins logins, FeedSecrets secrets, IOptions<FeedsOptions> options) : IChatCommand
{
    public const string Title = "title";
    public const string Address = "address";
    public const string Minutes = "minutes";
    public const string FullText = "full-text";
    public const int MostMinutes = 1440;
    public const int LongestTitle = 100;

    public CommandDescription Description { get; } = new(
        "feed set",
        "Change a feed's title, address, interval or full text; what is left out stays",
        FeedOption.Of(feeds) with { Kind = OptionKind.Text },
        new CommandOption(Title, "What to call it from now on"),
        new CommandOption(Address, "Where to fetch it from now on", OptionKind.Address),
        new CommandOption(Minutes, "Minutes between two polls, 1 to 1440", OptionKind.Integer) { Min = 1, Max = MostMinutes },
        new CommandOption(FullText, "on: read the articles themselves where the items are teasers; off: only the feed") { Suggest = _ => [new Choice("on", "on"), new Choice("off", "off")] })
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "feed set 12 title:\"38 North\" minutes:30",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        FeedOption.WithFeedAsync(feeds, invocation, feed => SetAsync(feed, invocation, cancellationToken), cancellationToken);

    public static string Interval(TimeSpan? interval, FeedsOptions options) =>
        interval is { } own ? Words(own) : $"{Words(options.Interval)}, the default";

    public static string OnOff(bool isOn) => isOn ? "on" : "off";

    private async Task<Card> SetAsync(Feed feed, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var title = invocation.Find(Title) is { } named ? Named(named) : feed.Title;
        if (title?.Length > LongestTitle)
        {
            return Card.Problem("That title is too long", new CardBlock.Paragraph($"A title has at most {LongestTitle} characters; this one has {title.Length}. Nothing was changed."));
        }

        var (address, login) = (feed.Address, (NetworkCredential?)null);
        if (invocation.Find(Address) is { Length: > 0 } typed && !FeedAddress.TryParse(typed, out address, out login, out var fault))
        {
            return Card.Problem("That address can't be used", new CardBlock.Paragraph(fault), new CardBlock.Paragraph("Nothing was changed."));
        }

        if (FullTextOf(invocation, feed) is not { } fullText)
        {
            return Card.Problem("full-text must be on or off", new CardBlock.Paragraph($"It is {OnOff(feed.FullText)}. Nothing was changed."));
        }

        var settings = new FeedSettings(title, address, invocation.Find(Minutes) is { } minutes ? IntervalOf(minutes) : feed.Interval) { FullText = fullText };
        if (login is null && settings == new FeedSettings(feed.Title, feed.Address, feed.Interval) { FullText = feed.FullText })
        {
            return Card.Answer($"{feed.Name} is like that already", new CardBlock.Paragraph("Nothing was changed."));
        }

        return await SetAsync(feed, settings, login is null ? null : SecretHeaders.Basic(login.UserName, login.Password), invocation, cancellationToken);
    }

    private async Task<Card> SetAsync(Feed feed, FeedSettings settings, string? login, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var moved = feed with { Address = settings.Address };
        if ((moved.Address != feed.Address || login is not null) && await UnreadableAsync(moved, login, cancellationToken) is { } problem)
        {
            return problem;
        }

        var answer = Answer(feed, settings, await changes.EditAsync(feed, settings, invocation.Origin, cancellationToken));
        if (answer.Tone == CardTone.Problem)
        {
            return answer;
        }

        if (login is not null)
        {
            await logins.KeepAsync(moved, SecretHeaders.Authorization, login, invocation, cancellationToken);
            return answer with { Blocks = [.. answer.Blocks, new CardBlock.Paragraph(FeedLogins.TakenApart(moved.Address))] };
        }

        return secrets.Of(feed.Id) is [var first, ..] && first.Origin != SecretHeaders.OriginOf(moved.Address)
            ? answer with { Blocks = [.. answer.Blocks, new CardBlock.Paragraph($"Its login is for {first.Origin} and is not sent to the new address: give it anew with /feed login {feed.Id}.")] }
            : answer;
    }

    private async Task<Card?> UnreadableAsync(Feed feed, string? login, CancellationToken cancellationToken)
    {
        var why = login is not null && SecretHeaders.FaultOf(SecretHeaders.Authorization, login) is { } wrong ? wrong : await logins.FaultAsync(feed, login, cancellationToken);
        return why is null ? null : Card.Problem("That feed can't be read", new CardBlock.Paragraph($"{feed.Address}: {why.TrimEnd('.')}."), new CardBlock.Paragraph("Nothing was changed."));
    }

    private static bool? FullTextOf(CommandInvocation invocation, Feed feed) => invocation.Find(FullText)?.Trim().ToLowerInvariant() switch
    {
        null or "" => feed.FullText,
        "on" or "yes" => true,
        "off" or "no" => false,
        _ => null,
    };

    private Card Answer(Feed feed, FeedSettings settings, (AddressOwner? Owner, long Number) change)
    {
        if (change.Owner is { } owner)
        {
            return Card.Problem(
                $"That address is taken by feed {owner.Id}: {owner.Name}",
                new CardBlock.Paragraph(owner.RemovedAt is null
                    ? "One address is one feed. Nothing was changed."
                    : "That feed was removed and keeps its address; /feed add and the address brings it back. Nothing was changed."));
        }

        var moved = settings.Address != feed.Address;
        return Card.Answer(
            $"Changed {settings.Title ?? settings.Address.Host}",
            [
                new CardBlock.Facts([.. Changes(feed, settings)]),
                .. moved
                    ? [new CardBlock.Paragraph($"It is still feed {feed.Id}, with all that it brought. The first read at the new address goes to the archive without alerts, but for what is dated after its last success; new stories alert from then on.")]
                    : Array.Empty<CardBlock>(),
                .. settings.FullText == true && !feed.FullText
                    ? [new CardBlock.Paragraph("New items that are teasers get the text of their article, where the site's robots.txt and the page itself allow it. Turn it on only where the site's terms allow it, too.")]
                    : Array.Empty<CardBlock>(),
            ]) with
        {
            Actions = [new CardAction("All feeds", "/feed list"), UndoCommand.Of(change.Number)],
        };
    }

    private IEnumerable<CardFact> Changes(Feed feed, FeedSettings settings)
    {
        if (settings.Title != feed.Title)
        {
            yield return new CardFact("Title", $"{feed.Title ?? "its own"} → {settings.Title ?? "its own, from the next read on"}");
        }

        if (settings.Address != feed.Address)
        {
            yield return new CardFact("Address", $"{feed.Address} → {settings.Address}");
        }

        if (settings.Interval != feed.Interval)
        {
            yield return new CardFact("Interval", $"{Interval(feed.Interval, options.Value)} → {Interval(settings.Interval, options.Value)}");
        }

        if (settings.FullText is { } fullText && fullText != feed.FullText)
        {
            yield return new CardFact("Full text", $"{OnOff(feed.FullText)} → {OnOff(fullText)}");
        }
    }

    private static string? Named(string typed) => string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } title ? title : null;

    private static TimeSpan? IntervalOf(string minutes) =>
        string.IsNullOrWhiteSpace(minutes) ? null : TimeSpan.FromMinutes(int.Parse(minutes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static string Words(TimeSpan interval) => interval.TotalMinutes switch
    {
        1 => "every minute",
        var minutes => $"every {Math.Round(minutes, 1).ToString(CultureInfo.InvariantCulture)} minutes",
    };
}
