namespace AlertBot.Platforms.Local;

/// <summary>
/// Takes what a person types, on the page or in the terminal: keeps it in the channel, runs it, and keeps the answer
/// there too, so that every tab and every reload shows the same.
/// </summary>
internal sealed class LocalConversation(LocalMessages messages, CommandRouter router)
{
    /// <param name="channel">A channel that exists.</param>
    public Task<LocalExchange> SayAsync(string channel, ChatUser user, string text, CancellationToken cancellationToken) =>
        RunAsync(channel, user, text, blank => router.AnswerTextAsync(text, blank, cancellationToken), cancellationToken);

    /// <summary>Takes a form that was filled in.</summary>
    /// <param name="line">The form's command, with the options that stay as they are.</param>
    /// <param name="fields">By option name; an empty one empties its option.</param>
    public Task<LocalExchange> SubmitAsync(string channel, ChatUser user, string line, IReadOnlyDictionary<string, string?> fields, CancellationToken cancellationToken)
    {
        if (router.Find(line) is not var (command, rest))
        {
            return SayAsync(channel, user, line, cancellationToken);
        }

        var options = new Dictionary<string, string>(CommandText.Read(command, rest).Values);
        var filled = command.Options.Where(o => fields.ContainsKey(o.Name)).ToDictionary(o => o.Name, o => fields[o.Name]?.Trim() ?? "");
        foreach (var (name, value) in filled)
        {
            options[name] = value;
        }

        return RunAsync(
            channel,
            user,
            CommandText.Append(line, command, filled),
            blank => router.AnswerAsync(blank with { Command = command.Name, Options = options }, cancellationToken),
            cancellationToken);
    }

    private async Task<LocalExchange> RunAsync(string channel, ChatUser user, string text, Func<CommandInvocation, Task<Card>> answer, CancellationToken cancellationToken)
    {
        var question = await messages.AddTextAsync(channel, user.Name, CommandText.Masked(text, router.Find(text)), cancellationToken);
        var blank = new CommandInvocation("", new Dictionary<string, string>(), new ChannelAddress(LocalPlatform.PlatformName, channel), user)
        {
            PostingFaultAsync = async (to, token) => await messages.HasChannelAsync(to.Channel, token) ? null : $"There is no channel #{to.Channel}. Make it first.",
        };
        var card = await answer(blank);
        return new LocalExchange(question, await messages.AddCardAsync(channel, card, null, cancellationToken));
    }
}

/// <summary>A typed line and what the bot said to it.</summary>
internal sealed record LocalExchange(LocalMessage Question, LocalMessage Answer);
