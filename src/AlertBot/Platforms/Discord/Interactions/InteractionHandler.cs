using AlertBot.Platforms.Discord.Rest;

namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>Gives the first answer to an interaction.</summary>
/// <returns>False if it came too late or could not be given.</returns>
internal delegate Task<bool> FirstAnswer(InteractionAnswer answer, CancellationToken cancellationToken);

/// <summary>
/// Answers what people do on Discord: at once where the answer is ready within two seconds, else with a promise that is
/// kept as long as the interaction's token lasts. However it came in, by the gateway or over HTTP, it is the same.
/// </summary>
internal sealed partial class InteractionHandler(
    CommandRouter router, DiscordApi api, PostingRights rights, CommandKeys keys, TimeProvider time, ILogger<InteractionHandler> logger)
{
    // Three seconds are allowed; the rest is for the way there and back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A token lasts fifteen minutes.
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(14);

    public async Task HandleAsync(Interaction interaction, FirstAnswer first, CancellationToken cancellationToken)
    {
        switch (interaction.Type)
        {
            case Interaction.Ping:
                await first(new InteractionAnswer.Pong(), cancellationToken);
                break;
            case Interaction.Autocomplete:
                await first(new InteractionAnswer.Choices(Suggest(interaction)), cancellationToken);
                break;
            case Interaction.Command or Interaction.Component or Interaction.ModalSubmit:
                await RunAsync(interaction, await ReadAsync(interaction, cancellationToken), first, cancellationToken);
                break;
            default:
                Log.UnknownType(logger, interaction.Type);
                break;
        }
    }

    private IReadOnlyList<Choice> Suggest(Interaction interaction) =>
        CommandReader.ReadTyping(interaction, router.Commands) is var (option, typed) ? CommandCompletion.Of(option, typed) : [];

    private async Task<Request> ReadAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var blank = CommandReader.Blank(interaction, api.IsOwner, rights);
        if (interaction.Type == Interaction.Command)
        {
            return CommandReader.Read(interaction, blank, router.Commands, api.ReadFileAsync) is var (command, invocation)
                ? new Request(token => router.AnswerAsync(invocation, token), command.Private, Replaces: false, CommandText.Append($"/{command.Name}", command, invocation.Options))
                : Unknown("The bot has no such command any more");
        }

        var id = interaction.Data?.Values is [var chosen, ..] ? chosen : interaction.Data?.CustomId;
        if (CustomId.Parse(id) is not { } custom || (custom.IsKey ? await keys.FindAsync(custom.Text, cancellationToken) : custom.Text) is not { } line)
        {
            return Unknown("This button is from an older version of the bot");
        }

        return interaction.Type == Interaction.ModalSubmit ? Submitted(interaction, blank, line) : Pressed(blank, line, custom.Use == CustomIdUse.Replace);
    }

    // A look-up that somebody makes from an alert is for that person; what changes the channel is for all to see.
    private Request Pressed(CommandInvocation blank, string line, bool replaces)
    {
        var changes = router.Find(line)?.Command.Changes ?? false;
        return new Request(token => router.AnswerTextAsync(line, blank, token), IsPrivate: !changes, replaces, line);
    }

    private Request Submitted(Interaction interaction, CommandInvocation blank, string line)
    {
        if (router.Find(line) is not var (command, fixedOptions))
        {
            return Unknown("The bot has no such form any more");
        }

        var options = new Dictionary<string, string>(CommandText.Read(command, fixedOptions).Values);
        foreach (var (name, value) in CommandReader.Fields(interaction).Where(f => command.Options.Any(o => o.Name == f.Key)))
        {
            options[name] = value;
        }

        // Discord takes no form in answer to a form.
        return new Request(token => router.AnswerAsync(blank with { Command = command.Name, Options = options }, token), command.Private, Replaces: false, Reopen: null) { TakesForm = false };
    }

    private static Request Unknown(string title) => new(
        _ => Task.FromResult(Card.Problem(title, new CardBlock.Paragraph("Use the newest message, or type the command. /help lists them."))), IsPrivate: true, Replaces: false, Reopen: null);

    private async Task RunAsync(Interaction interaction, Request request, FirstAnswer first, CancellationToken cancellationToken)
    {
        var work = request.RunAsync(cancellationToken);
        if (await IsDoneWithinAsync(work, Patience, cancellationToken))
        {
            var card = await work;
            await first(await NowAsync(card, request, cancellationToken), cancellationToken);
            return;
        }

        var promised = await first(request.Replaces ? new InteractionAnswer.UpdateLater() : new InteractionAnswer.Later(request.IsPrivate), cancellationToken);
        var late = await IsDoneWithinAsync(work, LongestWork, cancellationToken)
            ? await work
            : Card.Problem("That took too long", new CardBlock.Paragraph("It goes on, but Discord takes no answer to it any more. Look again in a while."));
        if (promised)
        {
            await KeepAsync(interaction, WithoutForm(late, request), request.Replaces, cancellationToken);
        }
    }

    private async Task<InteractionAnswer> NowAsync(Card card, Request request, CancellationToken cancellationToken)
    {
        if (card.Form is { } form && request.TakesForm)
        {
            var rendered = DiscordCardRenderer.Render(form);
            await keys.SaveAsync(rendered.LongCommand is { } line ? [line] : [], cancellationToken);
            return new InteractionAnswer.Form(rendered.Modal);
        }

        var message = await RenderAsync(WithoutForm(card, request), cancellationToken);
        return request.Replaces && card.Tone != CardTone.Problem
            ? new InteractionAnswer.Update(message)
            : new InteractionAnswer.Message(message, request.IsPrivate || card.Tone == CardTone.Problem);
    }

    private async Task KeepAsync(Interaction interaction, Card card, bool replaces, CancellationToken cancellationToken)
    {
        var message = await RenderAsync(card, cancellationToken);
        // A problem never takes the place of what is there.
        var answer = replaces && card.Tone == CardTone.Problem
            ? await api.FollowUpAsync(interaction.ApplicationId, interaction.Token, message, cancellationToken)
            : await api.EditOriginalAsync(interaction.ApplicationId, interaction.Token, message, cancellationToken);
        if (answer is not RestAnswer.Ok)
        {
            Log.AnswerLost(logger, answer.ToString()!);
        }
    }

    private async Task<RenderedCard> RenderAsync(Card card, CancellationToken cancellationToken)
    {
        var rendered = DiscordCardRenderer.Render(card);
        await keys.SaveAsync(rendered.LongCommands, cancellationToken);
        return rendered;
    }

    /// <summary>A form can only be a first answer: elsewhere there is a button that asks for it again.</summary>
    private static Card WithoutForm(Card card, Request request) => card.Form is { } form
        ? card with { Form = null, Actions = [new CardAction("Open the form", request.Reopen ?? form.Command)] }
        : card;

    private async Task<bool> IsDoneWithinAsync(Task work, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = await Task.WhenAny(work, Task.Delay(limit, time, stop.Token)) == work;
        await stop.CancelAsync();
        return done;
    }

    /// <param name="Replaces">The answer takes the place of the message that was acted on.</param>
    /// <param name="Reopen">The line to run again for a form that came too late.</param>
    private sealed record Request(Func<CancellationToken, Task<Card>> RunAsync, bool IsPrivate, bool Replaces, string? Reopen)
    {
        public bool TakesForm { get; init; } = true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An interaction of the unknown type {Type} was left alone")]
        public static partial void UnknownType(ILogger logger, int type);

        [LoggerMessage(2, LogLevel.Warning, "A late answer could not be given: {Why}")]
        public static partial void AnswerLost(ILogger logger, string why);
    }
}
