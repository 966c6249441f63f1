namespace AlertBot.Commands.Evaluation;

/// <summary>
/// The figures of a gold set, by the definitions of the scorer that belongs to it (score.py). A list that a story's labels
/// do not have is not judged in that story.
/// </summary>
/// <param name="hasSalience">Without it all answered actors are taken for main ones; then the recall alone says something.</param>
internal sealed class EvalScore(bool hasSalience)
{
    private readonly SortedDictionary<string, SetScore> _traps = new(StringComparer.Ordinal);
    private int _quotes;
    private int _found;
    private int _extra;

    public bool HasSalience => hasSalience;

    public int Stories { get; private set; }

    public int Missing { get; private set; }

    public SetScore Actors { get; } = new();

    public SetScore Main { get; } = new();

    public SetScore Topics { get; } = new();

    public Ratio MentionsOfActors { get; private set; }

    public Ratio MentionsOfNone { get; private set; }

    public Prf Quotes => Prf.Of(_found, _extra, _quotes - _found);

    public Ratio SpeakersOfAll => new(SpeakersThatAreActors.Right + SpeakersThatAreOthers.Right, _quotes);

    public Ratio SpeakersOfFound => new(SpeakersOfAll.Right, _found);

    public Ratio SpeakersThatAreActors { get; private set; }

    public Ratio SpeakersThatAreOthers { get; private set; }

    public Ratio Untagged { get; private set; }

    /// <summary>The actors in the stories with each trap, the commonest trap first.</summary>
    public IEnumerable<(string Trap, SetScore Actors)> ByTrap =>
        _traps.OrderByDescending(pair => pair.Value.Stories).Select(pair => (pair.Key, pair.Value));

    /// <returns>What is wrong in the answer, one line each.</returns>
    public IReadOnlyList<string> Add(GoldStory story, StoryLabels? answer)
    {
        var errors = new List<string>();
        Stories++;
        Missing += answer is null ? 1 : 0;
        if (story.Labels.Actors is { } actors)
        {
            AddActors(actors, answer?.Actors ?? [], story.Traps, errors);
        }

        if (story.Labels.Topics is { } topics)
        {
            var (gold, answered) = (topics.ToHashSet(StringComparer.Ordinal), (answer?.Topics ?? []).ToHashSet(StringComparer.Ordinal));
            Topics.Add(gold, answered);
            Tell(errors, "topics missed", gold.Except(answered));
            Tell(errors, "topics wrong", answered.Except(gold));
        }

        if (story.Labels.Mentions is { } mentions)
        {
            AddMentions(mentions, answer?.Mentions ?? [], errors);
        }

        if (story.Labels.Quotes is { } quotes)
        {
            AddQuotes(quotes, answer?.Quotes ?? [], errors);
        }

        return errors;
    }

    private void AddActors(IReadOnlyList<ActorLabel> actors, IReadOnlyList<ActorLabel> answers, IReadOnlyList<string> traps, List<string> errors)
    {
        var (gold, answered) = (SlugsOf(actors), SlugsOf(answers));
        var (goldMain, answeredMain) = (MainOf(actors), hasSalience ? MainOf(answers) : answered);
        Actors.Add(gold, answered);
        Main.Add(goldMain, answeredMain);
        foreach (var trap in traps)
        {
            if (!_traps.TryGetValue(trap, out var score))
            {
                _traps.Add(trap, score = new SetScore());
            }

            score.Add(gold, answered);
        }

        Untagged += gold.Count > 0 ? default : new Ratio(answered.Count == 0 ? 1 : 0, 1);
        Tell(errors, "actors missed", gold.Except(answered));
        Tell(errors, "actors wrong", answered.Except(gold));
        if (hasSalience)
        {
            Tell(errors, "salience: should be main", goldMain.Except(answeredMain).Intersect(answered));
            Tell(errors, "salience: should be mentioned", answeredMain.Except(goldMain).Intersect(gold));
        }
    }

    private void AddMentions(IReadOnlyList<MentionLabel> mentions, IReadOnlyList<MentionLabel> answers, List<string> errors)
    {
        var at = new Dictionary<int, string?>();
        foreach (var answer in answers.Where(answer => answer.Start is not null))
        {
            at[answer.Start!.Value] = answer.Slug;
        }

        foreach (var mention in mentions)
        {
            var answered = at.GetValueOrDefault(mention.Start!.Value);
            var isRight = answered == mention.Slug;
            var one = new Ratio(isRight ? 1 : 0, 1);
            MentionsOfActors += mention.Slug is null ? default : one;
            MentionsOfNone += mention.Slug is null ? one : default;
            if (!isRight)
            {
                errors.Add($"mention “{mention.Text}” at {mention.Start}: gold {mention.Slug ?? "none"}, system {answered ?? "none"}");
            }
        }
    }

    private void AddQuotes(IReadOnlyList<QuoteLabel> quotes, IReadOnlyList<QuoteLabel> answers, List<string> errors)
    {
        var left = answers.ToList();
        var wrong = new List<string>();
        foreach (var quote in quotes)
        {
            _quotes++;
            var hit = left.Find(answer => answer.Start == quote.Start) ?? left.Find(answer => answer.Text?.Trim(' ', '"', '“', '”') == quote.Text);
            var isRight = hit is not null && hit.Speaker == quote.Speaker;
            var one = new Ratio(isRight ? 1 : 0, 1);
            SpeakersThatAreActors += quote.Speaker is null ? default : one;
            SpeakersThatAreOthers += quote.Speaker is null ? one : default;
            if (hit is null)
            {
                wrong.Add($"quote missed: “{Beginning(quote.Text!)}”");
                continue;
            }

            left.Remove(hit);
            _found++;
            if (!isRight)
            {
                wrong.Add($"quote “{Beginning(quote.Text!)}”: gold {quote.Speaker ?? quote.SpeakerName ?? "none"}, system {hit.Speaker ?? hit.SpeakerName ?? "none"}");
            }
        }

        _extra += left.Count;
        errors.AddRange(left.Select(answer => $"quote not in gold: “{Beginning(answer.Text ?? $"at {answer.Start}")}”"));
        errors.AddRange(wrong);
    }

    private static HashSet<string> SlugsOf(IEnumerable<ActorLabel> actors) => actors.Select(actor => actor.Slug).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> MainOf(IEnumerable<ActorLabel> actors) => SlugsOf(actors.Where(actor => actor.Salience == ActorLabel.Main));

    private static string Beginning(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static void Tell(List<string> errors, string what, IEnumerable<string> labels)
    {
        if (string.Join(", ", labels.Order(StringComparer.Ordinal)) is { Length: > 0 } list)
        {
            errors.Add($"{what}: {list}");
        }
    }
}
