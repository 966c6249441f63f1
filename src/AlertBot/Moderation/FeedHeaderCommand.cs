using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed header: gives a feed a header that its site wants, such as a key, a cookie or another User-Agent. Without it, it asks for one in a form.</summary>
internal sealed class FeedHeaderCommand(FeedStore feeds, FeedSecrets secrets, FeedLogins logins) : IChatCommand
{
    private const string Name = "name";
    private const string Value = "value";
    private const string Nothing = "-";

    public CommandDescription Description { get; } = new(
        "feed header",
        "Give a feed a header that its site wants, such as a key or a cookie; only that site is told",
        FeedOption.Of(feeds),
        new CommandOption(Name, "The header, such as X-Api-Key, Cookie or User-Agent; a form asks for it if left out"),
        new CommandOption(Value, "Its value; - takes it away", OptionKind.Rest) { IsSecret = true })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed header 12 name:X-Api-Key",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        feed => (invocation.Find(Name)?.Trim(), invocation.Find(Value)) switch
        {
            ({ Length: > 0 } name, Nothing) => TakeAsync(feed, SecretHeaders.Canonical(name), invocation, cancellationToken),
            ({ Length: > 0 } name, { Length: > 0 } value) => logins.GiveAsync(feed, name, value, invocation, cancellationToken),
            (_, { Length: > 0 }) => Task.FromResult(Card.Problem("The header's name is missing", new CardBlock.Paragraph($"Type /feed header {feed.Id} name:X-Api-Key value:… Nothing was stored."))),
            var (name, _) => Task.FromResult(Ask(feed, name ?? "")),
        },
        cancellationToken);

    private async Task<Card> TakeAsync(Feed feed, string name, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (secrets.Of(feed.Id).All(s => s.Name != name))
        {
            return Card.Problem($"{feed.Name} has no header {name}", new CardBlock.Paragraph("Nothing was changed."));
        }

        await secrets.RemoveAsync(feed, name, invocation.User.Name, invocation.Channel.ToString(), cancellationToken);
        return Card.Answer($"Took {name} from {feed.Name}", new CardBlock.Paragraph("It is deleted and sent no more."));
    }

    private static Card Ask(Feed feed, string name) => Card.Answer(
        $"A header for {feed.Name}",
        new CardBlock.Paragraph($"Type the same with both: /feed header {feed.Id} name:X-Api-Key value:…"),
        new CardBlock.Paragraph(FeedLogins.Warning(feed.Address) ?? $"It is stored encrypted and sent to {SecretHeaders.OriginOf(feed.Address)} only.")) with
    {
        Form = new CardForm(
            "Header for a feed",
            $"/feed header {feed.Id}",
            [new FormField(Name, "Header, such as X-Api-Key", name) { Required = true }, new FormField(Value, "Its value") { Required = true, MaxLength = SecretHeaders.LongestValue }]),
    };
}
