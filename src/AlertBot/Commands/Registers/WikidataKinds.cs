using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>What kind of actor an entity of Wikidata is: by its classes, else by properties that only one kind has.</summary>
internal static class WikidataKinds
{
    // Sovereign state, country, island country, landlocked country, state with limited recognition, state.
    private static readonly HashSet<string> Countries = new(["Q3624078", "Q6256", "Q112099", "Q123480", "Q15634554", "Q7275"]);

    // Organization, business, company, party, agency, ministry, government, international and intergovernmental organization,
    // nonprofit, NGO, foundation, university, bank, central bank, newspaper, news agency, armed forces, army, navy, intelligence
    // and law enforcement agency, police, parliament, legislature, court, supreme court, union, football club, airline, broadcaster.
    private static readonly HashSet<string> Organizations = new(
    [
        "Q43229", "Q4830453", "Q6881511", "Q783794", "Q891723", "Q167037", "Q161726", "Q658255", "Q270791", "Q7278", "Q327333", "Q192350", "Q2659904", "Q7188",
        "Q484652", "Q245065", "Q163740", "Q79913", "Q157031", "Q3918", "Q31855", "Q22687", "Q66344", "Q11032", "Q192283", "Q1193236", "Q772547", "Q37726", "Q4508",
        "Q176799", "Q47913", "Q732717", "Q35535", "Q35749", "Q11204", "Q637846", "Q375928", "Q41487", "Q190752", "Q178790", "Q476028", "Q12973014", "Q46970",
        "Q1616075", "Q17127659", "Q15911314", "Q219577", "Q18388277", "Q1058914", "Q936518", "Q786820",
    ]);

    /// <summary>The seat, the legal form, the industry: things of organizations alone.</summary>
    private static readonly string[] OfOrganizations = ["P159", "P1454", "P452"];

    /// <summary>Null where it is none of them.</summary>
    public static ActorKind? Of(WikidataEntity entity)
    {
        var classes = entity.Items("P31");
        return classes.Contains("Q5") ? ActorKind.Person
            : classes.Exists(Countries.Contains) || entity.Has("P297") ? ActorKind.Country
            : classes.Exists(Organizations.Contains) || Array.Exists(OfOrganizations, entity.Has) ? ActorKind.Organization
            : null;
    }

    /// <summary>The same from words, as a query gives them.</summary>
    public static ActorKind? Of(string text)
    {
        var words = text.ToLowerInvariant();
        return words is "person" or "human" or "q5" ? ActorKind.Person
            : words is "country" or "sovereign state" || Countries.Contains(text) || words.EndsWith(" country", StringComparison.Ordinal) ? ActorKind.Country
            : words.Length > 0 ? ActorKind.Organization : null;
    }
}
