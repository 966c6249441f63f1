using System.Text.RegularExpressions;

namespace AlertBot.Knowledge;

/// <summary>An actor as read, with the places in the files that later checks must be able to point at.</summary>
/// <param name="Ids">What the actor is called in the registers that it came from, such as wikidata: Q123.</param>
internal sealed record ActorEntry(
    Actor Actor, string File, int Line, IReadOnlyList<YamlText> Names, IReadOnlyList<YamlText> Offices, IReadOnlyList<(string Register, string Id)> Ids);

/// <summary>A topic as read, with its place.</summary>
internal sealed record TopicEntry(Topic Topic, string File, int Line);

/// <summary>Turns the YAML of one file into actors and topics, and reports what does not fit.</summary>
internal sealed partial class KnowledgeEntries(string file, PhraseBook book, List<KnowledgeFault> faults, List<KnowledgeFault> warnings)
{
    private static readonly string[] FileKeys = ["actors", "topics"];

    private static readonly string[] ActorKeys =
        ["slug", "name", "kind", "surname", "aliases", "roles", "demonyms", "capital", "metonyms", "scripts", "ids"];

    private static readonly string[] RoleKeys = ["title", "of", "from", "to"];

    private static readonly string[] TopicKeys = ["slug", "name", "definition", "keywords", "phrases", "threshold", "matters", "severity"];

    public List<ActorEntry> Actors { get; } = [];

    public List<TopicEntry> Topics { get; } = [];

    public void Read(YamlValue root)
    {
        if (root is not YamlMapping mapping)
        {
            faults.Add(new KnowledgeFault(file, root.Line, "the file must be a mapping with 'actors:' and 'topics:'"));
            return;
        }

        var fields = new YamlFields(file, mapping, FileKeys, faults);
        foreach (var item in fields.List("actors"))
        {
            if (Fields(item, "an actor", ActorKeys, warnings) is { } actor)
            {
                ReadActor(actor);
            }
        }

        foreach (var item in fields.List("topics"))
        {
            if (Fields(item, "a topic", TopicKeys) is { } topic)
            {
                ReadTopic(topic);
            }
        }
    }

    private YamlFields? Fields(YamlValue item, string what, string[] keys, List<KnowledgeFault>? warned = null)
    {
        if (item is YamlMapping mapping)
        {
            return new YamlFields(file, mapping, keys, faults, warned);
        }

        faults.Add(new KnowledgeFault(file, item.Line, $"{what} must be a mapping with {string.Join(", ", keys.Take(3))}"));
        return null;
    }

    private void ReadActor(YamlFields fields)
    {
        var slug = ReadSlug(fields);
        var name = fields.Required("name");
        var kind = ReadKind(fields);
        var surname = fields.Optional("surname");
        if (surname is not null && kind is ActorKind.Organization or ActorKind.Country)
        {
            fields.Fault(fields.LineOf("surname"), "only persons have a surname: remove it or make the kind 'person'");
        }

        var aliases = fields.Texts("aliases");
        var demonyms = fields.Texts("demonyms");
        var metonyms = fields.Texts("metonyms");
        var offices = new List<YamlText>();
        var roles = ReadRoles(fields, offices);
        var actor = new Actor(
            slug, name, kind ?? ActorKind.Person, surname, Plain(aliases), roles, Plain(demonyms), fields.Optional("capital"), Plain(metonyms))
        {
            Scripts = ReadScripts(fields, kind),
        };
        (string, string)[] ids = [.. fields.Pairs("ids").Select(pair => (pair.Key, pair.Text.Text))];
        var named = new YamlText(fields.LineOf("name"), name, true);
        Actors.Add(new ActorEntry(actor, file, fields.LineOf("slug"), [named, .. aliases, .. demonyms, .. metonyms], offices, ids));
    }

    private static string[] ReadScripts(YamlFields fields, ActorKind? kind)
    {
        var scripts = fields.Texts("scripts");
        if (scripts.Count > 0 && kind is ActorKind.Person or ActorKind.Organization)
        {
            fields.Fault(fields.LineOf("scripts"), "only countries have scripts: remove them or make the kind 'country'");
        }

        foreach (var script in scripts.Where(s => !Scripts.All.Contains(s.Text)))
        {
            fields.Fault(script.Line, $"'{script.Text}' is no script that is known: write {string.Join(", ", Scripts.All)}");
        }

        return Plain(scripts);
    }

    private static string[] Plain(IReadOnlyList<YamlText> texts) => [.. texts.Select(text => text.Text.Trim()).Distinct(StringComparer.Ordinal)];

    private List<Role> ReadRoles(YamlFields actor, List<YamlText> offices)
    {
        var roles = new List<Role>();
        foreach (var item in actor.List("roles"))
        {
            if (Fields(item, "a role", RoleKeys) is not { } fields)
            {
                continue;
            }

            var role = new Role(fields.Required("title"), fields.Required("of"), fields.Day("from"), fields.Day("to"));
            if (role.From > role.To)
            {
                fields.Fault(fields.LineOf("from"), "'from' lies after 'to': swap or correct the days");
            }

            if (role.Of.Length > 0)
            {
                offices.Add(new YamlText(fields.LineOf("of"), role.Of, true));
            }

            roles.Add(role);
        }

        return roles;
    }

    private void ReadTopic(YamlFields fields)
    {
        var keywords = fields.Texts("keywords");
        if (keywords.Count == 0 && !fields.Has("phrases"))
        {
            fields.Fault(fields.LineOf("keywords"), "'keywords' is empty: add at least one phrase, or nothing is ever found on this topic");
        }

        var topic = new Topic(ReadSlug(fields), fields.Required("name"), fields.Optional("definition") ?? "", Plain(keywords))
        {
            Phrases = new PhraseEntries(file, book.Grammar, book.Scale.Keyword, faults).Read(fields, "phrases"),
            Threshold = fields.Number("threshold", TopicScale.Largest),
            Matters = fields.Has("matters") ? ReadMatters(fields) : null,
            Severity = ReadSeverity(fields),
        };
        Topics.Add(new TopicEntry(topic, file, fields.LineOf("slug")));
    }

    private List<string> ReadMatters(YamlFields fields)
    {
        var matters = fields.Texts("matters");
        foreach (var unknown in matters.Where(matter => !book.Matters.Any(known => known.Name == matter.Text)))
        {
            var nearest = book.Matters.Select(known => known.Name).MinBy(name => EditDistance.Between(name, unknown.Text));
            fields.Fault(unknown.Line, $"'{unknown.Text}' is no matter of the phrase book: did you mean '{nearest}'?");
        }

        return [.. matters.Select(matter => matter.Text)];
    }

    private static Severity? ReadSeverity(YamlFields fields)
    {
        var text = fields.Optional("severity");
        var severity = text is null ? null : Severities.Parse(text);
        if (text is not null && severity is null)
        {
            fields.Fault(fields.LineOf("severity"), $"severity '{text}' is unknown: use {string.Join(", ", Severities.Words)}");
        }

        return severity;
    }

    private static string ReadSlug(YamlFields fields)
    {
        var slug = fields.Required("slug");
        if (slug.Length > 0 && !Slug().IsMatch(slug))
        {
            fields.Fault(fields.LineOf("slug"), $"slug '{slug}' must be small letters, digits and single hyphens, at most 100, e.g. kim-yung-ho");
        }

        return slug;
    }

    private static ActorKind? ReadKind(YamlFields fields)
    {
        var kind = fields.Required("kind");
        switch (kind)
        {
            case "person":
                return ActorKind.Person;
            case "organization":
                return ActorKind.Organization;
            case "country":
                return ActorKind.Country;
            case "":
                return null;
            default:
                fields.Fault(fields.LineOf("kind"), $"kind '{kind}' is unknown: use person, organization or country");
                return null;
        }
    }

    [GeneratedRegex("^(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
