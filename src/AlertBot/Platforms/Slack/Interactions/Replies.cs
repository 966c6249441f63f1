using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>Work that somebody asked for.</summary>
/// <param name="Line">The line to run again for a form that can't be opened now.</param>
internal sealed record Request(Func<CancellationToken, Task<Card>> RunAsync, CommandDescription? Command, string Line)
{
    /// <summary>It was typed, so that a form can mend what is wrong with it.</summary>
    public bool IsTyped { get; init; }

    /// <summary>The answer takes the place of the message that was acted on.</summary>
    public bool Replaces { get; init; }

    /// <summary>What changes the channel is for all to see.</summary>
    public bool IsPublic => Command is { Changes: true, Private: false };
}

/// <summary>Brings the answers to where they were asked for: into the channel, to one person, or into a modal.</summary>
internal sealed partial class Replies(SlackApi api, UploadedImages images, SlackCardRenderer renderer, CommandRouter router, HomeTab home, TimeProvider time, ILogger<Replies> logger)
{
    // A response_url lasts half an hour.
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(28);

    // It takes five answers; the last minute is left for the way there.
    private const int MostUses = 5;
    private static readonly TimeSpan AnswersLast = TimeSpan.FromMinutes(29);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TriggerLasts = TimeSpan.FromSeconds(3);

    /// <summary>Runs it and answers by the response_url, or in a modal where there is none.</summary>
    public async Task AnswerAsync(Incoming at, Request request, CancellationToken cancellationToken)
    {
        var card = await RunAsync(at, request, cancellationToken);
        if (at.IsHome || at.Modal is not null)
        {
            await ShowInModalAsync(at, request, card, cancellationToken);
            return;
        }

        if ((card.Form ?? (request.IsTyped ? card.Correction : null)) is { } form && await OpenAsync(at, form, cancellationToken) && card.Form is not null)
        {
            return;
        }

        if (at.ResponseUrl is { } address)
        {
            var kind = card.Tone == CardTone.Problem ? ReplyKind.Private : request.Replaces ? ReplyKind.Replace : request.IsPublic ? ReplyKind.Public : ReplyKind.Private;
            await ShowAsync(
                at,
                WithoutForm(card, request.Line),
                shown => api.RespondAsync(address, new SlackReply(shown, kind) { Thread = kind == ReplyKind.Replace ? null : at.Thread }, cancellationToken),
                cancellationToken,
                isSafeTwice: kind == ReplyKind.Replace);
        }
    }

    /// <summary>Runs it and answers with a message of the bot's own, in the thread where there is one.</summary>
    /// <param name="under">The message that a public answer stands under.</param>
    public async Task PostAsync(Incoming at, Request request, string? under, CancellationToken cancellationToken)
    {
        var card = WithoutForm(await RunAsync(at, request, cancellationToken), request.Line);
        var isPrivate = !at.IsDirect && (card.Tone == CardTone.Problem || request.Command?.Private != false);

        // One that only one person sees is not shown in a thread that does not exist yet.
        var place = at.Place with { Thread = at.Thread ?? (isPrivate ? null : under) };
        await ShowAsync(
            at, card, shown => isPrivate ? api.PostEphemeralAsync(place, at.User, shown, cancellationToken) : api.PostMessageAsync(place, shown, null, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Tells a channel what was changed in a modal; the person alone where the bot can't write there. One that was opened from
    /// the Home tab changes that, too.
    /// </summary>
    /// <param name="card">Null where the person has seen it already and nobody else is concerned.</param>
    public async Task TellAsync(Incoming at, Card? card, CancellationToken cancellationToken)
    {
        if (at.Place.IsPerson)
        {
            Note(await home.PublishAsync(at, cancellationToken));
        }

        if (card is null)
        {
            return;
        }

        if (await ShowAsync(at, card, shown => api.PostMessageAsync(at.Place with { Thread = at.Thread }, shown, null, cancellationToken), cancellationToken) is SlackAnswer.Refused && !at.Place.IsPerson)
        {
            await ShowAsync(at, card, shown => api.PostMessageAsync(at.Inbox, shown, null, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Runs it for as long as an answer can be given; then the card says so. A file goes to the one who asked.</summary>
    public async Task<Card> RunAsync(Incoming at, Request request, CancellationToken cancellationToken)
    {
        try
        {
            var card = await request.RunAsync(cancellationToken).WaitAsync(LongestWork, time, cancellationToken);
            return card.File is { } file ? await WithFileAsync(at, card, file, cancellationToken) : card;
        }
        catch (TimeoutException)
        {
            return Card.Problem("That took too long", new CardBlock.Paragraph("It goes on, but Slack takes no answer to it any more. Look again in a while."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception, request.Command?.Name ?? "");
            return Card.Problem("That did not work", new CardBlock.Paragraph("Something went wrong on our side. Please try again."));
        }
    }

    /// <summary>A form as a modal; null where its command is gone or a modal can't hold its line.</summary>
    public SlackView? FormOf(CardForm form, Incoming at) =>
        router.Find(form.Command) is var (command, _) && new FormMetadata(form.Command, at.Place, at.Thread).Text is { } metadata ? renderer.Form(form, command, metadata) : null;

    /// <summary>A card as a modal whose buttons know the channel.</summary>
    public SlackView ModalOf(Card card, Incoming at) => renderer.Modal(card) with { PrivateMetadata = new FormMetadata("", at.Place, at.Thread).Text };

    public static Card WithoutForm(Card card, string line) =>
        card.Form is null ? card : card with { Form = null, Actions = [new CardAction("Open the form", line), .. card.Actions] };

    public void Note(SlackAnswer answer)
    {
        if (answer is not SlackAnswer.Ok)
        {
            Log.Lost(logger, answer switch
            {
                SlackAnswer.Refused(var error, _) => error,
                SlackAnswer.Limited(_, var why) => why,
                SlackAnswer.Down(var why, _) => why,
                SlackAnswer.NotInstalled(var why, _) => why,
                _ => "",
            });
        }
    }

    // What only one person sees can hold no file, nor can a modal: it goes where that person alone reads.
    private async Task<Card> WithFileAsync(Incoming at, Card card, CardFile file, CancellationToken cancellationToken)
    {
        var answer = await api.ShareAsync(at.IsDirect ? at.Place with { Thread = at.Thread } : at.Inbox, file, cancellationToken);
        Note(answer);
        return card with
        {
            Blocks =
            [
                .. card.Blocks,
                new CardBlock.Paragraph(answer is SlackAnswer.Ok ? $"{file.Name} is in your direct messages with the bot." : $"{file.Name} could not be sent to you: Slack did not take it. Try again in a while."),
            ],
        };
    }

    private async Task ShowInModalAsync(Incoming at, Request request, Card card, CancellationToken cancellationToken)
    {
        var view = card.Form is { } form && FormOf(form, at) is { } fields ? fields : ModalOf(WithoutForm(card, request.Line), at);
        if (at.Modal is { } modal)
        {
            Note(await api.UpdateViewAsync(at.Team, modal, view, cancellationToken));
        }
        else if (at.Trigger is { } trigger)
        {
            Note(await api.OpenViewAsync(at.Team, trigger, view, cancellationToken));
        }

        if (request.IsPublic && card.Tone != CardTone.Problem && card.Form is null)
        {
            await TellAsync(at, at.IsHome ? null : card, cancellationToken);
        }
    }

    private async Task<bool> OpenAsync(Incoming at, CardForm form, CancellationToken cancellationToken) =>
        at.Trigger is { } trigger && time.GetUtcNow() - at.At < TriggerLasts && FormOf(form, at) is { } view
        && await api.OpenViewAsync(at.Team, trigger, view, cancellationToken) is SlackAnswer.Ok;

    /// <summary>
    /// Shows a card, and again after ever longer pauses where Slack surely showed nothing: it took no connection, asked to wait, or
    /// still looks through the image. After any other failure, a 5xx too, the answer may be there already; only one that takes
    /// the place of a message can be given twice. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    /// </summary>
    private async Task<SlackAnswer> ShowAsync(Incoming at, Card card, Func<SlackMessage, Task<SlackAnswer>> showAsync, CancellationToken cancellationToken, bool isSafeTwice = false)
    {
        var until = (at.At == default ? time.GetUtcNow() : at.At) + AnswersLast;
        for (var (use, pause) = (1, FirstPause); ; use++, pause *= 4)
        {
            var answer = await images.ShowAsync(at.Team, card, showAsync, cancellationToken);
            TimeSpan? wait = answer switch
            {
                SlackAnswer.Limited(var asked, _) => asked > pause ? asked : pause,
                SlackAnswer.Down { MaybeDone: var maybe } when !maybe || isSafeTwice => pause,
                _ => null,
            };
            if (use == MostUses || wait is not { } length || time.GetUtcNow() + length >= until)
            {
                Note(answer);
                return answer;
            }

            await Task.Delay(length, time, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An answer could not be given on Slack: {Why}")]
        public static partial void Lost(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Error, "Answering on Slack failed ({Command})")]
        public static partial void Failed(ILogger logger, Exception exception, string command);
    }
}
