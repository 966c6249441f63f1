using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The step of /setup that posts a test alert, the way of every alert, and tells what became of it.</summary>
internal sealed class SetupTest(IEnumerable<IChatPlatform> platforms, TimeProvider time)
{
    private int _posted;

    public async Task<Card> PostAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await invocation.PostingFaultAsync(invocation.Channel, cancellationToken) is { } fault)
        {
            return Failed("The bot can't post here", fault, "Mend that, then post the test again.");
        }

        if (platforms.FirstOrDefault(p => p.Name == invocation.Channel.Platform) is not { } platform)
        {
            return Failed("The bot can't post here", $"No platform called {invocation.Channel.Platform} is running.", "Ask whoever runs the bot.");
        }

        return await platform.SendAsync(new OutgoingMessage(invocation.Channel, TestAlert(invocation.User), NextKey()), cancellationToken) switch
        {
            SendResult.Sent => Card.Answer("The test alert is posted", new CardBlock.Paragraph("It stands in this channel. Real alerts look like it and come by themselves.")) with { Actions = [SetupCommand.Back] },
            SendResult.RetryAfter({ } delay, var why) => Failed("The test alert has to wait", why, $"Post it again in {Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture)} seconds. Real alerts wait and are sent by themselves."),
            SendResult.RetryAfter(null, var why) => Failed("The test alert was not posted, for now", why, "Post it again in a while. Real alerts wait and are sent by themselves."),
            SendResult.Unknown(var why) => Failed("Nobody knows whether the test alert is posted", why, "See whether it stands in this channel; if not, post it again."),
            SendResult.ChannelGone(var why) => Failed("The platform says that this channel is gone", why, "Run /setup in a channel that is there."),
            SendResult.NoAccess(var why) => Failed("The bot may not post here", why, "Mend that, then post the test again."),
            SendResult.Rejected(var why) => Failed("The platform refused the test alert", why, "Tell whoever runs the bot: alerts may fail here, too."),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private Card TestAlert(ChatUser user) => new("Test alert: this is how a story looks here")
    {
        Tone = CardTone.Alert,
        At = time.GetUtcNow(),
        Blocks = [new CardBlock.Paragraph("This is a test, and no feed brought it. A real alert has the story's headline as its title, the words that matter, and buttons for whom it is about.")],
        Footer = $"AlertBot · test asked for by {user.Name}",
    };

    private static Card Failed(string title, string why, string advice) =>
        Card.Problem(title, new CardBlock.Paragraph(why), new CardBlock.Paragraph(advice)) with { Actions = [SetupCommand.To("test", "Post it again"), SetupCommand.Back] };

    // Each test is a message of its own.
    private string NextKey() => $"test-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref _posted) % 100_000}";
}
