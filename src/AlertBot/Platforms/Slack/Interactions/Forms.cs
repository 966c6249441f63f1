using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>
/// Forms that people fill in: what they can choose while they type, and what comes of sending them. A form that was filled in
/// wrongly stays open with what was typed. https://docs.slack.dev/surfaces/modals
/// </summary>
internal sealed class Forms(CommandRouter router, Visitors visitors, Replies replies, SlackCardRenderer renderer, SlackApi api, TimeProvider time)
{
    private const int MostOptions = 100;
    private const int MaxOptionText = 75;
    private const int MaxOptionValue = 150;

    // Three seconds are allowed; the rest is for the way there and back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The options of a field while somebody types in it: also what was typed itself, for several names at once.</summary>
    public async Task<JsonObject> SuggestAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var at = Incoming.OfAction(payload, time.GetUtcNow());
        var line = at is null ? null : FormMetadata.Parse(payload.Text("view", "private_metadata"), at.Team)?.Line;
        var option = line is not null && router.Find(line) is var (command, _) ? command.Options.FirstOrDefault(o => o.Name == payload.Text("action_id")) : null;
        var typed = payload.Text("value").Trim();
        var choices = option is null ? [] : await ChoicesAsync(option, typed, at!.Team, cancellationToken);
        var offered = choices.DistinctBy(c => c.Value).Where(c => c.Value.Length is > 0 and <= MaxOptionValue)
            .Select(c => new Option(new PlainText(SlackText.Plain(c.Label, MaxOptionText) is { Length: > 0 } label ? label : SlackText.Plain(c.Value, MaxOptionText)), c.Value))
            .Where(o => o.Text.Text.Length > 0);
        return new JsonObject { ["options"] = JsonSerializer.SerializeToNode<IReadOnlyList<Option>>([.. offered.Take(MostOptions)], SlackJson.Default.IReadOnlyListOption) };
    }

    public async Task SubmitAsync(JsonElement payload, Acknowledge acknowledge, CancellationToken cancellationToken)
    {
        var view = payload.At("view");
        if (Incoming.OfAction(payload, time.GetUtcNow()) is not { Modal: { } modal } at
            || view.Text("callback_id") != SlackForm.CallbackId
            || FormMetadata.Parse(view.Text("private_metadata"), at.Team) is not { } metadata
            || router.Find(metadata.Line) is not var (command, rest))
        {
            await acknowledge(Update(renderer.Modal(Card.Problem("This form is from an older version of the bot", new CardBlock.Paragraph("Type the command again. /help lists them.")))), cancellationToken);
            return;
        }

        var given = Given(view, command, at.Team);
        var files = FilesOf(view, command, at.Team);
        var options = new Dictionary<string, string>(CommandText.Read(command, rest).Values);
        foreach (var (name, value) in given)
        {
            options[name] = value;
        }

        foreach (var (name, file) in files)
        {
            options[name] = file.Name;
        }

        var request = new Request(RunAsync, command, metadata.Line);
        var work = replies.RunAsync(at, request, cancellationToken);
        if (await IsDoneWithinAsync(work, cancellationToken))
        {
            var shown = await ShownAsync();
            await acknowledge(shown is null ? new JsonObject { ["response_action"] = "clear" } : Update(shown), cancellationToken);
        }
        else if (await acknowledge(Update(replies.ModalOf(Card.Answer("Working…", new CardBlock.Paragraph("The answer comes here.")), at)), cancellationToken))
        {
            var late = await ShownAsync() ?? replies.ModalOf(await work, at);
            replies.Note(await api.UpdateViewAsync(at.Team, modal, late, cancellationToken));
        }

        if (request.IsPublic && (await work).Tone != CardTone.Problem && (await work).Form is null)
        {
            await replies.TellAsync(at, await work, cancellationToken);
        }

        async Task<Card> RunAsync(CancellationToken token)
        {
            var blank = await visitors.OfAsync(at, string.Join(' ', options.Values), token);
            return await router.AnswerAsync(blank with { Command = command.Name, Options = options, Files = files }, token);
        }

        async Task<SlackView?> ShownAsync() => await work switch
        {
            { Tone: CardTone.Problem } problem => renderer.Form(Refilled(view, metadata.Line, given), command, view.Text("private_metadata"), problem),
            { Form: { } next } card => replies.FormOf(next, at) ?? replies.ModalOf(Replies.WithoutForm(card, metadata.Line), at),
            _ when request.IsPublic => null,
            var card => replies.ModalOf(card, at),
        };
    }

    /// <summary>What stands in the fields. One that was emptied counts; one that began empty and was left so does not.</summary>
    private static Dictionary<string, string> Given(JsonElement view, CommandDescription command, string team)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var filled = view.Each("blocks").Where(b => b.At("element").Properties().Any(p => p.Name.StartsWith("initial_", StringComparison.Ordinal))).Select(b => b.Text("block_id")).ToHashSet(StringComparer.Ordinal);
        foreach (var field in view.At("state", "values").Properties().SelectMany(b => b.Value.Properties()))
        {
            if (command.Options.Any(o => o.Name == field.Name) && ValueOf(field.Value) is var value && (value.Length > 0 || filled.Contains(field.Name)))
            {
                given[field.Name] = value;
            }
        }

        return given;

        string ValueOf(JsonElement field) => field.Text("type") switch
        {
            "conversations_select" => SlackAddress.Parse($"{team}/{field.Text("selected_conversation")}")?.ToChannel().ToString() ?? "",
            "external_select" or "static_select" => field.Text("selected_option", "value"),
            _ => field.Text("value"),
        };
    }

    /// <summary>What was uploaded: by option, the first file of each.</summary>
    private Dictionary<string, GivenFile> FilesOf(JsonElement view, CommandDescription command, string team)
    {
        var files = new Dictionary<string, GivenFile>(StringComparer.Ordinal);
        foreach (var field in view.At("state", "values").Properties().SelectMany(b => b.Value.Properties()))
        {
            if (command.Options.Any(o => o.Name == field.Name && o.Kind == OptionKind.File) && field.Value.Each("files").FirstOrDefault() is { ValueKind: JsonValueKind.Object } file)
            {
                files.TryAdd(field.Name, Given(file, team));
            }
        }

        return files;
    }

    /// <summary>A file of Slack's, which is fetched with the workspace's token when it is asked for. https://docs.slack.dev/reference/objects/file-object</summary>
    public GivenFile Given(JsonElement file, string team) =>
        new(file.Text("name") is { Length: > 0 } name ? name : "file", token => api.ReadFileAsync(team, file.Text("url_private_download"), token));

    /// <summary>The form as it was shown, with what was typed in it; files have to be chosen anew.</summary>
    private static CardForm Refilled(JsonElement view, string line, Dictionary<string, string> given) => new(
        view.Text("title", "text"),
        line,
        [
            .. view.Each("blocks").Where(b => b.Text("type") == "input" && !IsTextOfFile(b)).Select(b => new FormField(b.Text("block_id"), b.Text("label", "text"), given.GetValueOrDefault(b.Text("block_id"), ""))
            {
                Required = !b.Is("optional"),
                Multiline = b.Is("element", "multiline"),
                IsFile = b.Text("element", "type") == "file_input",
                MaxLength = int.TryParse(b.At("element", "max_length").ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 200,
            }),
        ]);

    private static bool IsTextOfFile(JsonElement block) => block.Text("block_id") == SlackForm.TextOf(block.Text("element", "action_id"));

    private static JsonObject Update(SlackView view) => new() { ["response_action"] = "update", ["view"] = JsonSerializer.SerializeToNode(view, SlackJson.Default.SlackView) };

    private async Task<IReadOnlyList<Choice>> ChoicesAsync(CommandOption option, string typed, string team, CancellationToken cancellationToken) =>
        option.Kind == OptionKind.Role ? [.. (await GroupsAsync(team, cancellationToken)).Where(g => g.Label.Contains(typed, StringComparison.OrdinalIgnoreCase))]
        : [.. CommandCompletion.Of(option, typed), .. typed.Length > 0 ? [new Choice(typed, typed)] : Array.Empty<Choice>()];

    private async Task<IReadOnlyList<Choice>> GroupsAsync(string team, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GroupsAsync(team, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    private async Task<bool> IsDoneWithinAsync(Task work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = await Task.WhenAny(work, Task.Delay(Patience, time, stop.Token)) == work;
        await stop.CancelAsync();
        return done;
    }
}
