using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>/discuss: opens a thread under an alert and posts there, once, what a desk needs to talk about it.</summary>
internal sealed class DiscussCommand(AlertHistory history, StoryStore stories, TagStore tags, AlertComposer composer, MessageSender sender) : IChatCommand
{
    private const int MaxOthers = 5;

    public CommandDescription Description { get; } = new("discuss", "Open a thread under an alert, with the words behind it and other stories about its actors", AlertHistory.Option)
    {
        Example = "discuss 12",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(invocation, cancellationToken) is not { } past)
        {
            return AlertHistory.NotFound(invocation);
        }

        if (past.DiscussedIn is { } place)
        {
            return Card.Answer($"Alert {past.Id} is discussed already", new CardBlock.Paragraph($"Its story stands {Where(past, place)}."));
        }

        if (past.MessageId is not { } message)
        {
            return Card.Problem($"Alert {past.Id} is not shown yet", new CardBlock.Paragraph("It can be discussed once it stands in the channel."));
        }

        if (await stories.FindAsync(past.Alert.Story, cancellationToken) is not { } story)
        {
            return Card.Problem("The text of this story is no longer kept", new CardBlock.Paragraph("Discuss it in a thread of your own."));
        }

        if (await invocation.PostingFaultAsync(invocation.Channel, cancellationToken) is { } fault)
        {
            return Failed(past.Id, fault, "Mend that, then run it again.");
        }

        var card = composer.ComposeDiscussion(past.Id, past.Alert, story, await OthersAsync(story, cancellationToken));
        var result = await sender.SendAsync(new OutgoingMessage(invocation.Channel, card, $"discuss-{past.Id}") { Under = message }, cancellationToken);
        return await SettleAsync(past, result, cancellationToken);
    }

    private async Task<IEnumerable<Story>> OthersAsync(Story story, CancellationToken cancellationToken)
    {
        var found = new List<Story>();
        foreach (var tag in (await tags.OfAsync(story.Id, cancellationToken)).Where(t => t is { Salience: Salience.Main, Name.Kind: TagKind.Actor }))
        {
            found.AddRange(await stories.NewestTaggedAsync(TagStore.KindOf(tag.Name.Kind), tag.Name.Slug, MaxOthers + 1, cancellationToken));
        }

        return found.Where(s => s.Id != story.Id).DistinctBy(s => s.Id).OrderByDescending(s => s.SortedAt).Take(MaxOthers);
    }

    private async Task<Card> SettleAsync(PastAlert past, SendResult result, CancellationToken cancellationToken)
    {
        if (result is SendResult.Sent sent)
        {
            var place = sent.Thread ?? past.Alert.Channel;
            await history.NoteDiscussionAsync(past.Id, place, cancellationToken);
            return Card.Answer(
                $"Alert {past.Id} is open for discussion",
                new CardBlock.Paragraph($"Its story stands {Where(past, place)}, with the words that led to the alert and other stories about its actors."));
        }

        return result switch
        {
            SendResult.RetryAfter({ } delay, var why) => Failed(past.Id, why, $"Run it again in {Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture)} seconds."),
            SendResult.RetryAfter(_, var why) => Failed(past.Id, why, "Run it again in a while."),
            SendResult.Unknown(var why) => Failed(past.Id, why, "It may have worked all the same: look under the alert; if there is nothing, run it again."),
            SendResult.NoAccess(var why) => Failed(past.Id, why, "Mend that, then run it again."),
            SendResult.ChannelGone(var why) => Failed(past.Id, why, "Run it in a channel that is there."),
            SendResult.Rejected(var why) => Failed(past.Id, why, "Discuss it in a thread of your own."),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    private static string Where(PastAlert past, ChannelAddress place) => place == past.Alert.Channel ? "in this channel" : $"in the thread under alert {past.Id}";

    private static Card Failed(AlertId id, string why, string advice) =>
        Card.Problem($"Alert {id} could not be opened for discussion", new CardBlock.Paragraph(why), new CardBlock.Paragraph(advice));
}
