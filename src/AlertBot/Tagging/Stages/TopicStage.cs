using System.Text.RegularExpressions;
using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Weighs the phrases of each topic: much in the headline and the lead, less further down, little in what is told as
/// background, nothing where it is negated. The phrases, weights and thresholds are data: <see cref="PhraseBook"/>.
/// </summary>
internal sealed partial class TopicStage : ITaggerStage
{
    private readonly Gazetteer _gazetteer;
    private readonly TopicTable _table;
    private readonly TopicScale _scale;
    private readonly List<Actor>[] _countries;

    public TopicStage(Gazetteer gazetteer, PhraseBook book)
    {
        _gazetteer = gazetteer;
        _scale = book.Scale;
        _table = new TopicTable(gazetteer.Knowledge.Topics, book);
        _countries = [.. _table.Targets.Select(target => CountriesOf(target.Topic))];
    }

    public void Apply(TaggingDraft draft)
    {
        var weighing = new TopicWeighing(draft, _table, _scale, _countries);
        var scores = new double[_table.Targets.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = weighing.PhrasesOf(i).Count == 0 ? 0 : weighing.ScoreOf(i) + WeightOfActors(draft, i);
        }

        var heaviest = 0.0;
        foreach (var (i, topic, score) in Scored(scores).OrderByDescending(topic => topic.Score))
        {
            heaviest = Math.Max(heaviest, score);
            var name = new TagName(TagKind.Topic, topic.Slug);
            var threshold = Math.Max(topic.Threshold ?? _scale.Threshold, heaviest * _scale.Beside);
            if (score >= threshold && draft.Topics.Count < _scale.Most && !IsSilenced(_table.Targets[i], score, scores))
            {
                draft.Topics.Add(new Tag(name, score >= _scale.Main ? Salience.Main : Salience.Mentioned, weighing.EvidenceOf(i)));
            }
            else if (score >= threshold * _scale.NearMiss)
            {
                draft.NearTopics.Add(new NearTopic(name, score, threshold, weighing.EvidenceOf(i)));
            }
        }
    }

    /// <summary>The topics that anything speaks for, without what their definitions exclude.</summary>
    private IEnumerable<(int Target, Topic Topic, double Score)> Scored(double[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (_table.Targets[i] is { Topic: { } topic } target && scores[i] > 0)
            {
                yield return (i, topic, scores[i] - (_scale.Loudness * target.Excluded.Sum(matter => ScoreOf(matter, scores))));
            }
        }
    }

    private double ScoreOf(Matter matter, double[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (_table.Targets[i].Topic is null && _table.Targets[i].Matters[0] == matter)
            {
                return scores[i];
            }
        }

        return 0;
    }

    private bool IsSilenced(TopicTarget topic, double score, double[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (_table.Targets[i].Topic is null && _table.Targets[i].Matters[0] is { Silences: true } matter && !topic.Matters.Contains(matter)
                && scores[i] >= _scale.Silencing && score < scores[i] * _scale.Loudness)
            {
                return true;
            }
        }

        return false;
    }

    // A topic of one or two countries is nearer when they are what the story is about, and diplomacy when their people are.
    private double WeightOfActors(TaggingDraft draft, int target)
    {
        var countries = _countries[target];
        var areMain = countries.Count > 0 && countries.TrueForAll(country => draft.Saliences.TryGetValue(country, out var salience) && salience == Salience.Main);
        var meeting = _table.Targets[target].Matters.Sum(matter => matter.Meeting);
        return (areMain ? _scale.Countries : 0) + (meeting > 0 && IsMeeting(draft) ? meeting : 0);
    }

    private bool IsMeeting(TaggingDraft draft) =>
        draft.Saliences.Where(pair => pair.Value == Salience.Main && pair.Key.Kind == ActorKind.Person)
            .Select(pair => _gazetteer.CountryOf(pair.Key)).Distinct().Count(country => country is not null) > 1;

    private List<Actor> CountriesOf(Topic? topic)
    {
        var reading = TextReading.Of(TextSection.Body, topic is null ? "" : TwoOfOneName().Replace($"{topic.Name}. {topic.Definition}", "$1 $3 and $2 $3"));
        var countries = new List<Actor>();
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (_gazetteer.Aliases.Longest(reading, i) is { Actor.Kind: ActorKind.Country } match && !countries.Contains(match.Actor))
            {
                countries.Add(match.Actor);
            }
        }

        return countries;
    }

    // North and South Korea.
    [GeneratedRegex(@"\b(\p{Lu}\w+) and (\p{Lu}\w+) (\p{Lu}\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex TwoOfOneName();
}
