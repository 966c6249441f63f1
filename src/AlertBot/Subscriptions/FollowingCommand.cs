using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/following: what a channel follows, what of it is muted, and whether anything keeps its alerts back.</summary>
internal sealed class FollowingCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions, ChannelTroubles troubles, TimeProvider time) : IChatCommand
{
    public CommandDescription Description { get; } = new("following", "Show what this channel follows", ChannelOption.Of("Show that one instead of this"))
    {
        Example = "following",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var channel = target == invocation.Channel ? "This channel" : invocation.NameOf(target);
        var followed = await subscriptions.ListAsync(target, cancellationToken);
        if (followed.Count == 0)
        {
            return Card.Answer($"{channel} follows nothing yet", new CardBlock.Paragraph("Type /follow and a name, such as /follow north-korea.")) with
            {
                Actions = [new CardAction("Follow North Korea", $"{ChannelOption.Typed(invocation, "follow")} north-korea")],
            };
        }

        return Card.Answer(
            $"{channel} has {followed.Count} {(followed.Count == 1 ? "follow" : "follows")}",
            [
                .. await troubles.FindAsync(target, cancellationToken) is { } trouble ? [Told(trouble)] : Array.Empty<CardBlock>(),
                new CardBlock.Items(null, [.. followed.Select(s => new CardItem(s.Expression.ToString(), Detail: $"by {s.CreatedBy}{(s.Ping is { } role ? $" · calls {role}" : "")}{(s.Digest is { } digest ? $" · told {DigestOption.Told(digest)}" : "")}{Muted(s)}{Asleep(s)}", At: s.CreatedAt))]),
            ]);
    }

    private static CardBlock.Facts Told(ChannelTrouble trouble) => new(
    [
        new CardFact(trouble.Kind == TroubleKind.Gone ? "Nothing is posted" : "Alerts wait", $"since {trouble.Since:u}: {trouble.Why}"),
        new CardFact("To go on", trouble.NextProbeAt is { } next ? $"mend that, then /follow here; else it is tried again at {next:u}" : "/follow here"),
    ]);

    private string Muted(Subscription follow) => follow.MutedUntil is { } until && until > time.GetUtcNow() ? $" · muted until {until:u}" : "";

    private string Asleep(Subscription follow) =>
        follow.Expression.Names.Where(n => n.Kind == TagKind.Topic ? knowledge.FindTopic(n.Slug) is null : knowledge.FindActor(n.Slug) is null).Distinct().ToList() is { Count: > 0 } gone
            ? $" · {string.Join(", ", gone)} {(gone.Count == 1 ? "was removed and brings" : "were removed and bring")} nothing until it is there again"
            : "";
}
