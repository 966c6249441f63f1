using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>The step of /setup that chooses where moderators are told what the bot needs them for.</summary>
internal sealed class SetupChannel(ModeratorsChannels channels, FeedSurveyor surveyor)
{
    public const string Step = "channel";

    public Card Ask(CommandInvocation invocation)
    {
        var present = channels.Find(invocation);
        return Card.Answer(
            present is null ? "No channel for moderators is chosen" : $"Moderators are told in {present.Name}",
            new CardBlock.Paragraph(
                $"There the bot tells once when a feed has fallen sick, with the cause and what to do, and once when it is well again.{(present is { IsChosen: false } ? " Nobody chose it: a moderator changed something there first." : "")}"),
            new CardBlock.Paragraph($"Type /setup {ChannelOption.Name}: and choose a channel.")) with
        {
            Actions =
            [
                .. present?.Address == invocation.Channel && present.IsChosen ? Array.Empty<CardAction>() : [new CardAction("Tell them here", $"/setup {ChannelOption.Name}:{invocation.Channel}") { Replaces = true }],
                SetupCommand.Back,
            ],
        };
    }

    public async Task<Card> ChooseAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } fault)
        {
            return fault with { Actions = [SetupCommand.Back] };
        }

        var (target, present) = (ChannelOption.TargetOf(invocation), channels.Find(invocation));
        var name = invocation.NameOf(target);
        if (present is { IsChosen: true } && present.Address == target)
        {
            return Card.Answer($"Moderators are told in {name} already", new CardBlock.Paragraph("Nothing was changed.")) with { Actions = [SetupCommand.Back] };
        }

        await channels.ChooseAsync(invocation, target, cancellationToken);
        var sick = (await surveyor.LookAsync(cancellationToken)).Sick.Count;
        return Card.Answer(
            $"Moderators are now told in {name}",
            new CardBlock.Paragraph("There the bot tells once when a feed has fallen sick, and once when it is well again."),
            new CardBlock.Paragraph(sick == 0 ? "No feed is sick now." : $"{sick} {(sick == 1 ? "feed is" : "feeds are")} sick now: it tells of {(sick == 1 ? "it" : "them")} within a minute.")) with
        {
            Actions = sick == 0 ? [SetupCommand.Back] : [FeedHealthCard.All, SetupCommand.Back],
        };
    }
}
