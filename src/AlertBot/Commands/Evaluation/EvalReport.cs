using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace AlertBot.Commands.Evaluation;

/// <summary>The figures of a gold set for people and for programs.</summary>
/// <param name="Stray">Answers to stories that are not in the gold set.</param>
/// <param name="Seconds">What tagging took; null where it was not done here.</param>
internal sealed record EvalReport(EvalScore Score, int Stray, double? Seconds)
{
    // Wide enough that no figure is broken, whatever the terminal.
    private const int Width = 140;

    private static readonly JsonSerializerOptions Indented = new(StoryLine.Json) { WriteIndented = true };

    public void WriteTable(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        console.Write(Sets("", [("actors", Score.Actors), ("actors main", Score.Main), ("topics", Score.Topics)]));
        var rest = Grid("", "right", "F1", "P", "R");
        rest.AddRow("mentions", (Score.MentionsOfActors + Score.MentionsOfNone).ToString());
        rest.AddRow("  naming an actor", Score.MentionsOfActors.ToString());
        rest.AddRow("  naming none", Score.MentionsOfNone.ToString());
        rest.AddRow("quotes found", "", Digits.Three(Score.Quotes.F1), Digits.Three(Score.Quotes.Precision), Digits.Three(Score.Quotes.Recall));
        rest.AddRow("  speaker, of all gold", Score.SpeakersOfAll.ToString());
        rest.AddRow("  speaker, of found", Score.SpeakersOfFound.ToString());
        rest.AddRow("  speaker is an actor", Score.SpeakersThatAreActors.ToString());
        rest.AddRow("  speaker is none", Score.SpeakersThatAreOthers.ToString());
        rest.AddRow("no-actor stories left untagged", Score.Untagged.ToString());
        console.Write(rest);
        if (Score.ByTrap.Any())
        {
            console.Write(Sets("actors by trap", Score.ByTrap));
        }

        foreach (var note in Notes())
        {
            output.WriteLine(note);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            stories = Score.Stories,
            missing = Score.Missing,
            ignored = Stray,
            seconds = Seconds,
            stories_per_second = Seconds > 0 ? Score.Stories / Seconds : null,
            actors = Json(Score.Actors),
            actors_main = Json(Score.Main),
            has_salience = Score.HasSalience,
            topics = Json(Score.Topics),
            mentions = new
            {
                accuracy = Json(Score.MentionsOfActors + Score.MentionsOfNone),
                naming_an_actor = Json(Score.MentionsOfActors),
                naming_none = Json(Score.MentionsOfNone),
            },
            quotes = new
            {
                found = Json(Score.Quotes),
                speaker_of_all_gold = Json(Score.SpeakersOfAll),
                speaker_of_found = Json(Score.SpeakersOfFound),
                speaker_actor = Json(Score.SpeakersThatAreActors),
                speaker_other = Json(Score.SpeakersThatAreOthers),
            },
            no_actor_untagged = Json(Score.Untagged),
            by_trap = Score.ByTrap.Select(pair => new { trap = pair.Trap, stories = pair.Actors.Stories, actors = Json(pair.Actors) }),
        },
        Indented);

    private IEnumerable<string> Notes()
    {
        if (Stray > 0)
        {
            yield return $"ignored: {Stray} answers to stories that are not in the gold set";
        }

        if (Score.Missing > 0)
        {
            yield return $"missing: {Score.Missing} gold stories without an answer count as empty answers";
        }

        if (!Score.HasSalience)
        {
            yield return "the answers give no salience: of \"actors main\" read the recall only";
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"{Score.Stories:N0} stories{(Seconds > 0 ? $" tagged in {Seconds:N2} s: {Score.Stories / Seconds:N0} a second" : "")}");
    }

    private static Table Sets(string title, IEnumerable<(string Name, SetScore Score)> sets)
    {
        var table = Grid(title, "micro F1", "P", "R", "macro F1", "P", "R", "label F1", "gold", "system", "stories");
        foreach (var (name, score) in sets)
        {
            table.AddRow([.. Figures(score).Prepend(Markup.Escape(name))]);
        }

        return table;

        static IEnumerable<string> Figures(SetScore score) =>
        [
            Digits.Three(score.Micro.F1), Digits.Three(score.Micro.Precision), Digits.Three(score.Micro.Recall),
            Digits.Three(score.Macro.F1), Digits.Three(score.Macro.Precision), Digits.Three(score.Macro.Recall),
            score.LabelF1 is { } f1 ? Digits.Three(f1) : "–", Text(score.Gold), Text(score.System), Text(score.Stories),
        ];

        static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
    }

    private static Table Grid(string first, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        table.AddColumn(new TableColumn(first));
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static object Json(Prf figures) => new { precision = figures.Precision, recall = figures.Recall, f1 = figures.F1 };

    private static object Json(SetScore score) =>
        new { micro = Json(score.Micro), macro = Json(score.Macro), label_f1 = score.LabelF1, gold = score.Gold, system = score.System };

    private static object Json(Ratio ratio) => new { value = ratio.Value, right = ratio.Right, of = ratio.Of };
}
