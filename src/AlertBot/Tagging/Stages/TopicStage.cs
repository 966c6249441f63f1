using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Weighs the keywords of each topic: much in the headline and the lead, less further down, and a phrase that
/// is repeated only a little more. One passing mention is not enough.
/// </summary>
internal sealed class TopicStage : ITaggerStage
{
    private const double InTitle = 3;
    private const double InLead = 2.4;
    private const double InBody = 1;
    private const double Repeated = 0.3;
    private const double Related = 0.65;
    private const double Meeting = 1.5;
    private const double Enough = 2.2;

    // Without one of the topic's own keywords, only words that are related to them.
    private const double EnoughUnnamed = 3.3;
    private const double WithoutActors = 1;
    private const double Main = 6;
    private const int MostTopics = 4;

    private readonly Gazetteer _gazetteer;
    private readonly PhraseTrie _trie = new();
    private readonly List<(int Topic, double Weight)>[] _hits;
    private readonly List<Actor>[] _actors;

    public TopicStage(Gazetteer gazetteer)
    {
        _gazetteer = gazetteer;
        var topics = gazetteer.Knowledge.Topics;
        var hits = new Dictionary<int, Dictionary<int, double>>();
        for (var i = 0; i < topics.Count; i++)
        {
            foreach (var (phrase, weight) in PhrasesOf(topics[i]))
            {
                foreach (var form in FormsOf(phrase))
                {
                    var words = Array.ConvertAll(Tokenizer.Read(form), token => token.Hash);
                    var node = _trie.Add(words);
                    hits.TryAdd(node, []);
                    hits[node][i] = Math.Max(hits[node].GetValueOrDefault(i), weight * (words.Length > 1 ? 1.25 : 1));
                }
            }
        }

        _hits = new List<(int, double)>[_trie.NodeCount];
        foreach (var (node, weights) in hits)
        {
            _hits[node] = [.. weights.Select(pair => (pair.Key, pair.Value))];
        }

        _actors = [.. topics.Select(ActorsOf)];
    }

    public void Apply(TaggingDraft draft)
    {
        var topics = _gazetteer.Knowledge.Topics;
        var scores = new double[topics.Count];
        var evidence = new List<Evidence>?[topics.Count];
        var areNamed = new bool[topics.Count];
        Weigh(draft.Title, scores, evidence, areNamed);
        Weigh(draft.Body, scores, evidence, areNamed);
        for (var i = 0; i < topics.Count; i++)
        {
            scores[i] += WeightOfActors(draft, _actors[i]) + (topics[i].Keywords.Contains("summit") && IsMeeting(draft) ? Meeting : 0);
        }

        var unnamed = draft.Saliences.Count > 0 ? EnoughUnnamed : EnoughUnnamed + WithoutActors;
        foreach (var i in Enumerable.Range(0, topics.Count).Where(i => scores[i] >= (areNamed[i] ? Enough : unnamed) && evidence[i] is not null).OrderByDescending(i => scores[i]).Take(MostTopics))
        {
            var name = new TagName(TagKind.Topic, topics[i].Slug);
            draft.Topics.Add(new Tag(name, scores[i] >= Main ? Salience.Main : Salience.Mentioned, evidence[i]!));
        }
    }

    private void Weigh(TextReading reading, double[] scores, List<Evidence>?[] evidence, bool[] areNamed)
    {
        var seen = new HashSet<(int, int)>();
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (reading.Tokens[i].Zone != Zone.Story)
            {
                continue;
            }

            var (node, end) = Longest(reading, i);
            if (node == PhraseTrie.None)
            {
                continue;
            }

            var place = reading.Section == TextSection.Title ? InTitle : reading.SentenceOf(i).Paragraph == 0 ? InLead : InBody;
            foreach (var (topic, weight) in _hits[node])
            {
                scores[topic] += weight * place * (seen.Add((topic, node)) ? 1 : Repeated);
                areNamed[topic] |= weight >= 1;
                (evidence[topic] ??= []).Add(new Evidence(
                    reading.Section, reading.Tokens[i].Start, reading.WordsOf(i, end), "keyword", reading.SentenceTextOf(i)));
            }

            i = end - 1;
        }
    }

    private (int Node, int End) Longest(TextReading reading, int at)
    {
        var best = (PhraseTrie.None, at);
        var node = PhraseTrie.Root;
        for (var i = at; i < reading.Tokens.Length; i++)
        {
            node = _trie.Step(node, reading.Tokens[i].Hash);
            if (node == PhraseTrie.None)
            {
                break;
            }

            if (_hits[node] is not null)
            {
                best = (node, i + 1);
            }
        }

        return best;
    }

    // A topic between two countries, or of one body, is nearer when they are what the story is about.
    private static double WeightOfActors(TaggingDraft draft, List<Actor> actors)
    {
        var main = actors.Count(actor => draft.Saliences.TryGetValue(actor, out var salience) && salience == Salience.Main);
        return actors.Count > 0 && main == actors.Count ? 1.5 : 0;
    }

    // People of two countries at the front of one story have met, or are about to.
    private bool IsMeeting(TaggingDraft draft) =>
        draft.Saliences.Where(pair => pair.Value == Salience.Main && pair.Key.Kind == ActorKind.Person)
            .Select(pair => _gazetteer.CountryOf(pair.Key)).Distinct().Count(country => country is not null) > 1;

    private List<Actor> ActorsOf(Topic topic)
    {
        var reading = TextReading.Of(TextSection.Body, $"{topic.Name}. {topic.Definition}");
        var actors = new List<Actor>();
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (_gazetteer.Aliases.Longest(reading, i) is { Actor.Kind: ActorKind.Country } match && !actors.Contains(match.Actor))
            {
                actors.Add(match.Actor);
            }
        }

        return actors;
    }

    private static Dictionary<string, double> PhrasesOf(Topic topic)
    {
        var phrases = topic.Keywords.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(word => word, _ => 1.0, StringComparer.OrdinalIgnoreCase);
        foreach (var family in TopicThesaurus.Families)
        {
            var shared = family.Count(word => topic.Keywords.Contains(word, StringComparer.OrdinalIgnoreCase));
            if (shared >= 3 || (shared == 2 && topic.Keywords.Count <= 6))
            {
                foreach (var word in family)
                {
                    phrases.TryAdd(word, Related);
                }
            }
        }

        return phrases;
    }

    private static string[] FormsOf(string phrase)
    {
        // "Koreas" has no singular that means the same.
        if (char.IsUpper(phrase[phrase.LastIndexOf(' ') + 1]))
        {
            return [phrase];
        }

        var isPlural = phrase.EndsWith('s') && !phrase.EndsWith("ss", StringComparison.Ordinal) && !phrase.EndsWith("is", StringComparison.Ordinal);
        return isPlural ? [phrase, phrase[..^1]]
            : phrase.EndsWith('y') && phrase.Length > 3 ? [phrase, $"{phrase[..^1]}ies"]
            : [phrase, $"{phrase}s"];
    }
}
