namespace AlertBot.Platforms.Local;

/// <summary>
/// Takes what a person types, on the page or in the terminal: keeps it in the channel, runs it, and keeps the answer
/// there too, so that every tab and every reload shows the same.
/// </summary>
internal sealed class LocalConversation(LocalMessages messages, CommandRouter router)
{
    /// <param name="channel">A channel that exists.</param>
    public async Task<LocalExchange> SayAsync(string channel, ChatUser user, string text, CancellationToken cancellationToken)
    {
        var question = await messages.AddTextAsync(channel, user.Name, text, cancellationToken);
        var blank = new CommandInvocation("", new Dictionary<string, string>(), new ChannelAddress(LocalPlatform.PlatformName, channel), user)
        {
            PostingFaultAsync = async (to, token) => await messages.HasChannelAsync(to.Channel, token) ? null : $"There is no channel #{to.Channel}. Make it first.",
        };
        var card = await router.AnswerTextAsync(text, blank, cancellationToken);
        return new LocalExchange(question, await messages.AddCardAsync(channel, card, null, cancellationToken));
    }
}

/// <summary>A typed line and what the bot said to it.</summary>
internal sealed record LocalExchange(LocalMessage Question, LocalMessage Answer);
