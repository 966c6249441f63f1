using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>The phrases of one story that count, each with what it weighs where it stands.</summary>
internal sealed class TopicWeighing
{
    private const int FurthestNegation = 2;

    private readonly TaggingDraft _draft;
    private readonly TopicTable _table;
    private readonly TopicScale _scale;
    private readonly HashSet<long> _near = [];
    private readonly HashSet<int> _inStory = [];
    private readonly List<PhraseHit>?[] _phrases;
    private readonly int _lead;

    public TopicWeighing(TaggingDraft draft, TopicTable table, TopicScale scale, List<Actor>[] countries)
    {
        (_draft, _table, _scale) = (draft, table, scale);
        _lead = SalienceStage.LeadOf(draft.Body);
        _phrases = new List<PhraseHit>?[table.Targets.Count];
        var (inTitle, cuesInTitle) = table.Read(draft.Title);
        var (inBody, cuesInBody) = table.Read(draft.Body);
        NoteContexts(draft.Title, cuesInTitle);
        NoteContexts(draft.Body, cuesInBody);
        Keep(inTitle, cuesInTitle, countries);
        Keep(inBody, cuesInBody, countries);

        foreach (var phrases in _phrases)
        {
            if (phrases is not null)
            {
                KeepBest(phrases);
            }
        }
    }

    /// <summary>What was found of one target, in the order of the text; no two overlap.</summary>
    public IReadOnlyList<PhraseHit> PhrasesOf(int target) => _phrases[target] ?? [];

    public double ScoreOf(int target)
    {
        var seen = new HashSet<int>();
        var (front, paragraphs) = (0.0, new Dictionary<int, double>());
        foreach (var sentence in PhrasesOf(target).GroupBy(hit => (hit.Reading, hit.Sentence)))
        {
            var first = sentence.First();
            var weight = sentence.Sum(hit => hit.Use.Phrase.Weight * (seen.Add(hit.Use.Text) ? 1 : _scale.Repeated));
            var score = Math.Min(weight, Math.Max(_scale.Sentence, sentence.Max(hit => hit.Use.Phrase.Weight))) * PlaceOf(first);
            if (first.Reading.Section == TextSection.Title || ParagraphOf(first) <= _lead)
            {
                front += score;
            }
            else
            {
                paragraphs[ParagraphOf(first)] = paragraphs.GetValueOrDefault(ParagraphOf(first)) + score;
            }
        }

        var fullest = paragraphs.Values.DefaultIfEmpty().Max();
        return front + fullest + ((paragraphs.Values.Sum() - fullest) * _scale.Scattered);
    }

    private static int ParagraphOf(PhraseHit hit) => hit.Reading.Sentences[hit.Sentence].Paragraph;

    public List<Evidence> EvidenceOf(int target) => [.. PhrasesOf(target).Select(EvidenceFor)];

    private Evidence EvidenceFor(PhraseHit hit)
    {
        var rule = string.Create(CultureInfo.InvariantCulture, $"{hit.Use.Rule}, weight {hit.Use.Phrase.Weight:0.##} × {PlaceOf(hit):0.##}");
        return new Evidence(hit.Reading.Section, hit.Reading.Tokens[hit.First].Start, hit.Reading.WordsOf(hit.First, hit.End), rule, hit.Reading.SentenceTextOf(hit.First));
    }

    private double PlaceOf(PhraseHit hit)
    {
        if (hit.Reading.Section == TextSection.Title)
        {
            return _scale.Headline;
        }

        var sentence = hit.Reading.Sentences[hit.Sentence];
        var isFirst = hit.Sentence == 0 || hit.Reading.Sentences[hit.Sentence - 1].Paragraph != _lead;
        var place = sentence.Paragraph > _lead ? _scale.Body : isFirst ? _scale.FirstSentence : _scale.Lead;
        return IsBackground(hit, sentence) ? place * _scale.Background : place;
    }

    // "In 2010" in a story of 2017, "three years ago", "has long".
    private bool IsBackground(PhraseHit hit, Sentence sentence)
    {
        if (_near.Contains(KeyOf(hit.Reading, hit.Sentence, _table.Background)))
        {
            return true;
        }

        for (var i = sentence.First; i < sentence.End && _draft.Text.Published is not null; i++)
        {
            if (hit.Reading.Tokens[i] is { Kind: TokenKind.Number, Length: 4 } token
                && int.TryParse(hit.Reading.Text.AsSpan(token.Start, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                && year is > 1800 && year < _draft.Day.Year)
            {
                return true;
            }
        }

        return false;
    }

    private void Keep(List<PhraseHit> hits, List<CueHit> cues, List<Actor>[] countries)
    {
        var negations = cues.FindAll(cue => cue.Context == _table.Negation || cue.Context == _table.NegationAfter);
        foreach (var hit in hits)
        {
            if (Counts(hit, countries) && !IsNegated(hit, negations))
            {
                (_phrases[hit.Use.Target] ??= []).Add(hit);
            }
        }
    }

    private void NoteContexts(TextReading reading, List<CueHit> cues)
    {
        foreach (var cue in cues)
        {
            _near.Add(KeyOf(reading, cue.Sentence, cue.Context));
            _inStory.Add(cue.Context);
        }

        foreach (var sentence in _draft.Findings.Where(finding => finding.Counts && finding.Actor is not null && finding.Reading == reading).GroupBy(finding => finding.Sentence))
        {
            foreach (var context in KindsOf([.. sentence.Select(finding => finding.Actor!).Distinct()]).SelectMany(kind => _table.ContextsOfActors.GetValueOrDefault(kind) ?? []))
            {
                _near.Add(KeyOf(reading, sentence.Key, context));
                _inStory.Add(context);
            }
        }
    }

    /// <summary>The kinds of actors that act in a sentence, by their number in <see cref="PhraseGrammar.Actors"/>.</summary>
    private static IEnumerable<int> KindsOf(List<Actor> actors) =>
        new[] { ActorKind.Person, ActorKind.Country }.SelectMany((kind, i) => Enumerable.Range(i * 2, Math.Min(2, actors.Count(actor => actor.Kind == kind))));

    private bool Counts(PhraseHit hit, List<Actor>[] countries)
    {
        var (use, phrase) = (hit.Use, hit.Use.Phrase);
        return (use.Near == 0 || IsNear(hit, use.Near))
            && (use.Not == 0 || !IsNear(hit, use.Not))
            && (!phrase.NeedsCountries || (countries[use.Target].Count > 0 && countries[use.Target].TrueForAll(country => Names(hit, country))))
            && !IsName(hit);
    }

    private bool Names(PhraseHit hit, Actor country) => hit.Use.Phrase.Within == PhraseScope.Story
        ? _draft.Saliences.ContainsKey(country)
        : _draft.Findings.Exists(finding => finding.Counts && finding.Reading == hit.Reading && finding.Sentence == hit.Sentence && (finding.Actor == country || finding.Country == country));

    // Park, King and Moon are people where they stand for people.
    private static bool IsName(PhraseHit hit)
    {
        for (var i = hit.First; i < hit.End; i++)
        {
            if (hit.Reading.FoundAt[i] is not { Kind: FindingKind.Name or FindingKind.Surname } finding || finding.Actor is { Kind: not ActorKind.Person })
            {
                return false;
            }
        }

        return hit.Use.Capitals == 0;
    }

    private static long KeyOf(TextReading reading, int sentence, int context) => ((((long)sentence << 1) + (reading.Section == TextSection.Title ? 1 : 0)) << 24) + context;

    private bool IsNear(PhraseHit hit, int context) =>
        hit.Use.Phrase.Within == PhraseScope.Story ? _inStory.Contains(context) : _near.Contains(KeyOf(hit.Reading, hit.Sentence, context));

    private bool IsNegated(PhraseHit hit, List<CueHit> negations) =>
        negations.Exists(cue => cue.Sentence == hit.Sentence
            && ((cue.Context == _table.Negation && cue.End <= hit.First && hit.First - cue.End <= FurthestNegation && AreWords(hit.Reading, cue.End, hit.First))
                || (cue.Context == _table.NegationAfter && cue.First >= hit.End && cue.First - hit.End <= FurthestNegation && AreWords(hit.Reading, hit.End, cue.First))));

    private static bool AreWords(TextReading reading, int from, int to) => Array.TrueForAll(reading.Tokens[from..to], token => token.IsWord);

    // Of phrases that overlap the weightier counts, then the longer.
    private static void KeepBest(List<PhraseHit> phrases)
    {
        var kept = new List<PhraseHit>();
        foreach (var hit in phrases.OrderByDescending(hit => hit.Use.Phrase.Weight).ThenByDescending(hit => hit.End - hit.First))
        {
            if (!kept.Exists(other => other.Reading == hit.Reading && other.First < hit.End && hit.First < other.End))
            {
                kept.Add(hit);
            }
        }

        phrases.Clear();
        phrases.AddRange(kept.OrderBy(hit => hit.Reading.Section).ThenBy(hit => hit.First));
    }
}
