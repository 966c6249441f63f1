using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed login: gives a feed the user name and password that its site wants. Without them it asks for both in a form.</summary>
internal sealed class FeedLoginCommand(FeedStore feeds, FeedLogins logins) : IChatCommand
{
    private const string User = "user";
    private const string Password = "password";

    public CommandDescription Description { get; } = new(
        "feed login",
        "Give a feed the user name and password that its site wants; only that site is told",
        FeedOption.Of(feeds),
        new CommandOption(User, "The user name; a form asks for it if left out") { IsSecret = true },
        new CommandOption(Password, "The password", OptionKind.Rest) { IsSecret = true })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed login 12",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FeedOption.WithFeedAsync(
        feeds,
        invocation,
        feed => (invocation.Find(User), invocation.Find(Password)) switch
        {
            ({ Length: > 0 } user, _) when user.Contains(':', StringComparison.Ordinal) =>
                Task.FromResult(Card.Problem("That user name can't be used", new CardBlock.Paragraph("A user name holds no colon (RFC 7617). Nothing was stored."))),
            ({ Length: > 0 } user, var password) => logins.GiveAsync(feed, SecretHeaders.Authorization, SecretHeaders.Basic(user, password ?? ""), invocation, cancellationToken),
            (_, { Length: > 0 }) => Task.FromResult(Card.Problem("The user name is missing", new CardBlock.Paragraph($"Type /feed login {feed.Id} user:… password:… Nothing was stored."))),
            _ => Task.FromResult(Ask(feed)),
        },
        cancellationToken);

    private static Card Ask(Feed feed) => Card.Answer(
        $"A login for {feed.Name}",
        new CardBlock.Paragraph($"Type the same with both: /feed login {feed.Id} user:… password:…"),
        new CardBlock.Paragraph(FeedLogins.Warning(feed.Address) ?? $"It is stored encrypted and sent to {SecretHeaders.OriginOf(feed.Address)} only.")) with
    {
        Form = new CardForm("Login of a feed", $"/feed login {feed.Id}", [new FormField(User, "User name") { Required = true }, new FormField(Password, "Password")]),
    };
}
