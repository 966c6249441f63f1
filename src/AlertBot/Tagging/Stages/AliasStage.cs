using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Finds every name, demonym and metonym, the longest first. Names in credits are kept as naming nobody.</summary>
internal sealed class AliasStage(Gazetteer gazetteer) : ITaggerStage
{
    public void Apply(TaggingDraft draft)
    {
        Find(draft, draft.Body);
        Find(draft, draft.Title);
    }

    private void Find(TaggingDraft draft, TextReading reading)
    {
        for (var i = 0; i < reading.Tokens.Length;)
        {
            ref var token = ref reading.Tokens[i];
            if (!token.IsWord || token.Zone == Zone.Boilerplate || gazetteer.Aliases.Longest(reading, i) is not { } match)
            {
                i++;
                continue;
            }

            if (IsBareName(match, token.Hash, i) && token.Zone == Zone.Story)
            {
                i = match.End;
                continue;
            }

            var actor = Meant(draft, match);
            var finding = new Finding(reading, i, match.End, match.Kind, actor, RuleOf(match.Kind));
            draft.Add(finding);
            if (token.Zone != Zone.Story)
            {
                finding.Dismiss($"in a {token.Zone.ToString().ToLowerInvariant()}");
            }
            else if (actor.Kind == ActorKind.Person)
            {
                finding.Person = draft.PersonOf(actor);
                finding.Person.TimesNamed++;
                if (match.End - i > 1 && !FamilyName.IsFamilyFirst(reading.Tokens.AsSpan(i, match.End - i)))
                {
                    finding.Person.AlsoBears(reading.Tokens[match.End - 1].Hash);
                }
            }

            i = match.End;
        }
    }

    // A single word that is somebody's surname, or the name of several people: the surnames' stage weighs who is meant.
    private bool IsBareName(AliasMatch match, ulong word, int at) =>
        match.End - at == 1 && match.Actor.Kind == ActorKind.Person && gazetteer.BearersOf(word).Count > (match.Others.Count > 0 ? 1 : 0) && gazetteer.BearersOf(word).Contains(match.Actor);

    // Of several who have the name: one whom the story has named, else one in office on the day, else the first.
    private static Actor Meant(TaggingDraft draft, AliasMatch match)
    {
        if (match.Others.Count == 0 || match.Actor.Kind != ActorKind.Person)
        {
            return match.Actor;
        }

        var bearers = match.Others.Select(other => other.Actor).Where(other => other.Kind == ActorKind.Person).Prepend(match.Actor).ToList();
        return bearers.Find(bearer => draft.Persons.Exists(person => person.Actor == bearer))
            ?? bearers.Find(bearer => bearer.Roles.Any(role => role.HeldOn(draft.Day)))
            ?? match.Actor;
    }

    private static string RuleOf(FindingKind kind) => kind switch
    {
        FindingKind.Demonym => "demonym",
        FindingKind.Metonym => "metonym",
        _ => "alias",
    };
}
