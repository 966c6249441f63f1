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

            var finding = new Finding(reading, i, match.End, match.Kind, match.Actor, RuleOf(match.Kind));
            draft.Add(finding);
            if (token.Zone != Zone.Story)
            {
                finding.Dismiss($"in a {token.Zone.ToString().ToLowerInvariant()}");
            }
            else if (match.Actor.Kind == ActorKind.Person)
            {
                finding.Person = draft.PersonOf(match.Actor);
                finding.Person.TimesNamed++;
                if (match.End - i > 1 && !FamilyName.IsFamilyFirst(reading.Tokens.AsSpan(i, match.End - i)))
                {
                    finding.Person.AlsoBears(reading.Tokens[match.End - 1].Hash);
                }
            }

            i = match.End;
        }
    }

    private static string RuleOf(FindingKind kind) => kind switch
    {
        FindingKind.Demonym => "demonym",
        FindingKind.Metonym => "metonym",
        _ => "alias",
    };
}
