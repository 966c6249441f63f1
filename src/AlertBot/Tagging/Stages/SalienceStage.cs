using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Tells the actors that a story is about from those in passing: by headline, lead, how often and how widely
/// they are named. A person at the front of a story brings his country forward.
/// </summary>
internal sealed class SalienceStage(Gazetteer gazetteer) : ITaggerStage
{
    // Fitted by logistic regression on labelled stories, then rounded; they stay good when a part is held out.
    private const double InTitle = 3.2;
    private const double InFirstSentence = 3.3;
    private const double Opens = 1.8;
    private const double InLead = 3.1;
    private const double InSecondParagraph = 1.7;
    private const double Frequency = 1.8;
    private const double Spread = 1.5;
    private const double Country = 0.3;
    private const double Organization = -0.2;
    private const double ItsPersonInTitle = 2.2;
    private const double ItsPersonInFirstSentence = 1.8;
    private const double Enough = 4.0;
    private const int Opening = 40;
    private const int ShortestLead = 80;

    public void Apply(TaggingDraft draft)
    {
        var lead = LeadOf(draft.Body);
        var presences = new Dictionary<Actor, Presence>();
        foreach (var finding in draft.Findings.Where(finding => finding.Counts))
        {
            Note(presences, finding.Actor, finding, lead);
            Note(presences, finding.Country, finding, lead);
        }

        var paragraphs = draft.Body.Sentences.Select(sentence => sentence.Paragraph).Distinct().Count();
        foreach (var (actor, presence) in presences)
        {
            var people = presences.Where(pair => pair.Key.Kind == ActorKind.Person && actor.Kind == ActorKind.Country && gazetteer.CountryOf(pair.Key) == actor)
                .Select(pair => pair.Value).ToList();
            draft.Saliences[actor] = Weight(actor, presence, people, paragraphs) >= Enough ? Salience.Main : Salience.Mentioned;
        }
    }

    private static double Weight(Actor actor, Presence presence, List<Presence> people, int paragraphs)
    {
        var weight = presence.Title > 0 ? InTitle : 0;
        weight += presence.FirstSentence > 0 ? InFirstSentence : 0;
        weight += presence.Opens ? Opens : 0;
        weight += presence.Lead > 0 ? InLead : 0;
        weight += presence.Second > 0 ? InSecondParagraph : 0;
        weight += Frequency * Math.Log(1 + presence.Second + presence.Rest);
        weight += paragraphs == 0 ? 0 : Spread * presence.Paragraphs.Count / paragraphs;
        weight += actor.Kind switch { ActorKind.Country => Country, ActorKind.Organization => Organization, _ => 0 };
        weight += people.Exists(person => person.Title > 0) ? ItsPersonInTitle : 0;
        return weight + (people.Exists(person => person.FirstSentence > 0) ? ItsPersonInFirstSentence : 0);
    }

    private static void Note(Dictionary<Actor, Presence> presences, Actor? actor, Finding finding, int lead)
    {
        if (actor is null)
        {
            return;
        }

        if (!presences.TryGetValue(actor, out var presence))
        {
            presences.Add(actor, presence = new Presence());
        }

        if (finding.Reading.Section == TextSection.Title)
        {
            presence.Title++;
            return;
        }

        var sentence = finding.Reading.SentenceOf(finding.First);
        presence.Paragraphs.Add(sentence.Paragraph);
        switch (sentence.Paragraph - lead)
        {
            case 0 when finding.Sentence == 0 || finding.Reading.Sentences[finding.Sentence - 1].Paragraph != lead:
                presence.FirstSentence++;
                presence.Opens |= finding.FirstToken.Start - finding.Reading.Tokens[sentence.First].Start < Opening;
                break;
            case 0:
                presence.Lead++;
                break;
            case 1:
                presence.Second++;
                break;
            default:
                presence.Rest++;
                break;
        }
    }

    // Bylines and captions before the story are no lead.
    internal static int LeadOf(TextReading body)
    {
        foreach (var paragraph in body.Sentences.GroupBy(sentence => sentence.Paragraph))
        {
            var (first, end) = (paragraph.First().First, paragraph.Last().End);
            if (body.Tokens[end - 1].Zone == Zone.Story && body.Tokens[end - 1].End - body.Tokens[first].Start >= ShortestLead)
            {
                return paragraph.Key;
            }
        }

        return 0;
    }

    /// <summary>Where an actor is named, and how often.</summary>
    private sealed class Presence
    {
        public int Title { get; set; }

        public int FirstSentence { get; set; }

        /// <summary>Among the first words of the story, mostly as their subject.</summary>
        public bool Opens { get; set; }

        public int Lead { get; set; }

        public int Second { get; set; }

        public int Rest { get; set; }

        public HashSet<int> Paragraphs { get; } = [];
    }
}
