using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>Gives feeds their logins: each is tried at the site first, and one that the site refuses is not kept.</summary>
internal sealed class FeedLogins(FeedStore feeds, FeedChanges changes, FeedSecrets secrets, FeedFetcher fetcher)
{
    /// <summary>Asks for a feed with a header, keeps it, and answers what came of it.</summary>
    public async Task<Card> GiveAsync(Feed feed, string header, string value, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var name = SecretHeaders.Canonical(header);
        if (SecretHeaders.FaultOf(name, value) is { } wrong)
        {
            return Card.Problem("That login can't be used", new CardBlock.Paragraph(wrong), new CardBlock.Paragraph("Nothing was stored."));
        }

        var tried = await TryAsync(feed.Address, With(feed, name, value), cancellationToken);
        if (tried is FetchResult.Failed(FetchFault.Login or FetchFault.Refused, var refused))
        {
            return Card.Problem($"{feed.Address.Host} does not accept it", new CardBlock.Paragraph($"{refused}."), new CardBlock.Paragraph("Nothing was stored."));
        }

        await KeepAsync(feed, name, value, invocation, cancellationToken);
        // What waits long after many failures is asked for again at once.
        await (feed is { Failures: > 0, PausedAt: null } ? feeds.ResumeAsync(feed.Id, cancellationToken) : Task.CompletedTask);
        return Card.Answer(
            $"{feed.Name} has its login",
            new CardBlock.Facts([new CardFact(name, "stored, encrypted"), new CardFact("Sent to", $"{SecretHeaders.OriginOf(feed.Address)} only")]),
            new CardBlock.Paragraph(tried is FetchResult.Failed(_, var why) ? $"It could not be tried now: {why}." : "The site answers to it."),
            new CardBlock.Paragraph(Warning(feed.Address) ?? $"/feed logout {feed.Id} deletes it."));
    }

    public Task KeepAsync(Feed feed, string name, string value, CommandInvocation invocation, CancellationToken cancellationToken) =>
        secrets.PutAsync(feed, name, value, invocation.User.Name, invocation.Channel.ToString(), cancellationToken);

    /// <summary>Adds a feed whose login stands in the address that was typed: the address is kept without it.</summary>
    /// <returns>Null where it holds none.</returns>
    public async Task<Card?> AddAsync(string typed, string? title, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!FeedAddress.TryParse(typed, out var address, out var login, out _) || login is null)
        {
            return null;
        }

        var value = SecretHeaders.Basic(login.UserName, login.Password);
        var headers = new SecretHeaders(SecretHeaders.OriginOf(address), new Dictionary<string, string> { [SecretHeaders.Authorization] = value });
        if ((SecretHeaders.FaultOf(SecretHeaders.Authorization, value) ?? await FaultAsync(address, headers, cancellationToken)) is { } fault)
        {
            return Card.Problem("That feed can't be read", new CardBlock.Paragraph($"{address}: {fault.TrimEnd('.')}."), new CardBlock.Paragraph("Nothing was added or stored."));
        }

        var (feed, number) = await changes.AddAsync(address, title, null, invocation.User.Name, invocation.Origin, cancellationToken);
        await KeepAsync(feed, SecretHeaders.Authorization, value, invocation, cancellationToken);
        return Card.Answer(
            $"{(number is not null ? "Added" : "There already:")} {feed.Name}",
            new CardBlock.Paragraph($"{feed.Address} is feed {feed.Id}.{(number is not null ? " What it has now goes to the archive without alerts; new stories alert from then on." : "")}"),
            new CardBlock.Paragraph(TakenApart(feed.Address))) with
        {
            Actions = number is { } added ? [UndoCommand.Of(added)] : [],
        };
    }

    /// <summary>What became of a login that stood in an address.</summary>
    public static string TakenApart(Uri address) =>
        $"The login in the address was taken out of it: it is stored encrypted and sent to {SecretHeaders.OriginOf(address)} only. If others can see the line that you typed, delete it.{(Warning(address) is { } warning ? $" {warning}" : "")}";

    /// <summary>What an address brings; null where it brings a feed.</summary>
    /// <param name="headers">What the site is told; null for nothing.</param>
    public async Task<string?> FaultAsync(Uri address, SecretHeaders? headers, CancellationToken cancellationToken) => await TryAsync(address, headers, cancellationToken) switch
    {
        FetchResult.Fetched(var document, _, _, _) => FeedParser.Parse(document) is FeedReading.NotAFeed(var why) ? $"what is there is not a feed: {why}" : null,
        var other => other.Trouble ?? throw new InvalidOperationException($"Unexpected {other}."),
    };

    /// <summary>What a moderator should know of a login that everybody on the way can read; null where it is safe.</summary>
    public static string? Warning(Uri address) => address.Scheme == Uri.UriSchemeHttps ? null
        : "Careful: the feed is asked for by http, so everybody on the way can read this login. Give the feed its https:// address with /feed set if the site has one, then the login anew.";

    /// <summary>What a feed brings when it is asked for with its login, or with one that was just given; null where it brings a feed.</summary>
    public Task<string?> FaultAsync(Feed feed, string? login, CancellationToken cancellationToken) =>
        FaultAsync(feed.Address, login is null ? Stored(feed) : With(feed, SecretHeaders.Authorization, login), cancellationToken);

    private SecretHeaders? Stored(Feed feed)
    {
        try
        {
            return secrets.RequestOf(feed).Secrets;
        }
        catch (SecretsUnreadableException)
        {
            return null;
        }
    }

    // Where the keys to the others are lost, this one is tried alone.
    private SecretHeaders With(Feed feed, string name, string value)
    {
        try
        {
            return secrets.With(feed, name, value);
        }
        catch (SecretsUnreadableException)
        {
            return new SecretHeaders(SecretHeaders.OriginOf(feed.Address), new Dictionary<string, string> { [name] = value });
        }
    }

    private Task<FetchResult> TryAsync(Uri address, SecretHeaders? headers, CancellationToken cancellationToken) =>
        fetcher.FetchAsync(new FetchRequest(address) { Secrets = headers }, cancellationToken);
}
