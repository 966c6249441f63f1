using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/actor add: an actor of one's own, in force for the next story. Without a name it shows a form.</summary>
internal sealed class ActorAddCommand(KnowledgeBase knowledge, ActorEditor editor) : IChatCommand
{
    private const string Kind = "kind";
    private const string Country = "country";
    private const string Office = "office";

    private static readonly Choice[] Kinds = [new("person", "A person"), new("organisation", "An organisation"), new("country", "A country")];

    public CommandDescription Description { get; } = new(
        "actor add",
        "Add a person, organisation or country, in a form or at once; new stories are tagged with it",
        new CommandOption(ActorSetCommand.Name, "What news calls it most often; a form asks if left out"),
        new CommandOption(Kind, "person, organisation or country; a person if left out") { Suggest = typed => Kinds.Where(k => k.Value.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)) },
        new CommandOption(ActorSetCommand.Surname, "The bare surname, by which a story goes on; persons only"),
        new CommandOption(Country, "The country or body that it belongs to") { Suggest = ActorOption.Of(knowledge, OptionKind.Text).Suggest },
        new CommandOption(Office, "The office that a person holds there, such as foreign minister"),
        new CommandOption(ActorSetCommand.Aliases, "Other names, with ; between them or one on each line", OptionKind.Rest),
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor add \"Hong Gil-dong\" kind:person surname:Hong country:south-korea aliases:Hong Gil Dong; 홍길동",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var name = TypedNames.OneLine(invocation.Find(ActorSetCommand.Name) ?? "");
        if (name.Length == 0)
        {
            return Ask(invocation);
        }

        var faults = new List<string>();
        var (kind, of) = (KindOf(Given(invocation, Kind), faults), CountryOf(Given(invocation, Country), faults));
        var (surname, office) = (Given(invocation, ActorSetCommand.Surname), Given(invocation, Office));
        var aliases = TypedNames.ListOf(invocation.Find(ActorSetCommand.Aliases));
        faults.AddRange(FaultsOf(kind, of, office));
        var slug = SlugOf([name, .. aliases], faults);
        if (faults.Count > 0)
        {
            return ActorChange.Refused($"{name} was not added", faults);
        }

        var fields = new ActorFields(name, surname, aliases) { Kind = kind, Roles = of is null ? [] : [new Role(kind == ActorKind.Person ? office : "body", of.Slug, null, null)] };
        return await editor.ChangeAsync(invocation, (Description, Typed(fields, of, office)), (slug, fields), ("Added", $"{name} was not added"), cancellationToken);
    }

    private static ActorKind KindOf(string typed, List<string> faults)
    {
        switch (typed.ToLowerInvariant())
        {
            case "" or "person":
                return ActorKind.Person;
            case "organisation" or "organization":
                return ActorKind.Organization;
            case "country":
                return ActorKind.Country;
            default:
                faults.Add($"“{typed}” is no kind: write person, organisation or country.");
                return ActorKind.Person;
        }
    }

    private Actor? CountryOf(string typed, List<string> faults)
    {
        if (typed.Length == 0)
        {
            return null;
        }

        var found = knowledge.ResolveActors(typed).Where(a => a.Kind != ActorKind.Person).ToList();
        if (found is [var of])
        {
            return of;
        }

        var close = knowledge.DidYouMean(typed, 10).Where(s => knowledge.FindActor(s.Slug) is { Kind: not ActorKind.Person }).Take(3).ToList();
        faults.Add(found.Count > 1 ? $"“{typed}” names several: write one of {string.Join(", ", found.Select(a => a.Slug))}."
            : $"“{typed}” is no country or organisation that is known{(close.Count > 0 ? $": did you mean {string.Join(", ", close.Select(s => s.Slug))}?" : ". Add it first.")}");
        return null;
    }

    private static IEnumerable<string> FaultsOf(ActorKind kind, Actor? of, string office)
    {
        if (kind == ActorKind.Country && of is not null)
        {
            yield return "A country belongs to no other: leave the country out, or add it as an organisation.";
        }

        if (office.Length > 0 && (of is null || kind != ActorKind.Person))
        {
            yield return of is null ? "An office needs the country or body that it belongs to: write country: too." : "Only persons hold an office: leave it out.";
        }
    }

    private string SlugOf(IReadOnlyList<string> names, List<string> faults)
    {
        var slug = names.Select(name => Slugs.Of(name)).FirstOrDefault(slug => slug.Length > 1) ?? "";
        if (slug.Length == 0)
        {
            faults.Add("The name needs letters from a to z, since its slug is made of them: write it in Latin letters and the other name as an alias.");
        }
        else if (knowledge.FindActor(slug) is { } there)
        {
            faults.Add(there.Slug != slug ? $"{slug} was merged into {there.Name} ({there.Slug}): take that back first, or choose another name."
                : $"There is {there.Name} ({there.Slug}): give it further names with /actor alias {there.Slug}, or choose a name that tells the two apart.");
        }

        return slug;
    }

    private static IEnumerable<(string Option, string Value)> Typed(ActorFields fields, Actor? of, string office) => new[]
    {
        (ActorSetCommand.Name, fields.Name!), (Kind, Kinds[(int)fields.Kind!].Value), (ActorSetCommand.Surname, fields.Surname!), (Country, of?.Slug ?? ""), (Office, office),
        (ActorSetCommand.Aliases, string.Join("; ", fields.Aliases!)),
    }.Where(o => o.Item2.Length > 0);

    private static string Given(CommandInvocation invocation, string option) => TypedNames.ValueOf(invocation.Find(option) ?? "");

    private Card Ask(CommandInvocation invocation) => Card.Answer(
        "Add an actor",
        new CardBlock.Paragraph($"Type its name and what else is known of it: /{Description.Example}. What it would match in the archive is shown before anything is changed.")) with
    {
        Form = new CardForm(
            "Add an actor",
            $"/{Description.Name}",
            [
                new FormField(ActorSetCommand.Name, "Name") { Required = true, MaxLength = 100 },
                new FormField(Kind, "Kind: person, organisation or country", Given(invocation, Kind) is { Length: > 0 } kind ? kind : "person") { MaxLength = 20 },
                new FormField(ActorSetCommand.Surname, "Surname, for persons", Given(invocation, ActorSetCommand.Surname)) { MaxLength = 100 },
                new FormField(Country, "Country or body that it belongs to", Given(invocation, Country)) { MaxLength = 100 },
                new FormField(ActorSetCommand.Aliases, "Other names, one on each line", string.Join('\n', TypedNames.ListOf(invocation.Find(ActorSetCommand.Aliases)))) { Multiline = true, MaxLength = 4000 },
            ]),
    };
}
