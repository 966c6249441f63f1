using System.Globalization;
using System.Text;
using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>Writes actors as a knowledge file, in one form: the same actors give the same text.</summary>
internal static class KnowledgeYaml
{
    /// <summary>How a file begins that an import may write anew.</summary>
    public const string Mark = "# Written by alertbot knowledge import. The next import into this file writes it anew: keep your own entries in another file.";

    public static void Write(IEnumerable<(Actor Actor, IReadOnlyList<(string Register, string Id)> Ids)> actors, TextWriter output)
    {
        output.Write(Mark + "\nactors:\n");
        foreach (var (actor, ids) in actors.OrderBy(pair => pair.Actor.Slug, StringComparer.Ordinal))
        {
            output.Write(Of(actor, ids));
        }
    }

    /// <summary>One actor's entry.</summary>
    public static string Of(Actor actor, IReadOnlyList<(string Register, string Id)> ids)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"  - slug: {Quoted(actor.Slug)}\n");
        Field("name", Quoted(actor.Name));
        Field("kind", Quoted(actor.Kind.ToString().ToLowerInvariant()));
        Field("surname", actor.Surname is null ? "" : Quoted(actor.Surname));
        Field("ids", ids.Count == 0 ? "" : $"{{{string.Join(", ", ids.Select(id => $"{Quoted(id.Register)}: {Quoted(id.Id)}"))}}}");
        Field("aliases", List(actor.Aliases));
        foreach (var (role, i) in actor.Roles.Select((role, i) => (role, i)))
        {
            yaml.Append(i == 0 ? "    roles:\n" : "").Append("      - {\"title\": ").Append(Quoted(role.Title)).Append(", \"of\": ").Append(Quoted(role.Of));
            yaml.Append(Day("from", role.From)).Append(Day("to", role.To)).Append("}\n");
        }

        Field("demonyms", List(actor.Demonyms));
        Field("capital", actor.Capital is null ? "" : Quoted(actor.Capital));
        Field("metonyms", List(actor.Metonyms));
        Field("scripts", List(actor.Scripts));
        return yaml.ToString();

        void Field(string key, string value) => yaml.Append(value.Length == 0 ? "" : $"    {key}: {value}\n");
    }

    private static string List(IReadOnlyList<string> texts) => texts.Count == 0 ? "" : $"[{string.Join(", ", texts.Select(Quoted))}]";

    private static string Day(string key, DateOnly? day) => day is null ? "" : string.Create(CultureInfo.InvariantCulture, $", \"{key}\": \"{day:yyyy-MM-dd}\"");

    // YAML's double-quoted style: https://yaml.org/spec/1.2.2/#731-double-quoted-style
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (char.IsSurrogatePair(text, i < text.Length - 1 ? i : 0) && i < text.Length - 1)
            {
                quoted.Append(c).Append(text[++i]);
            }
            else if (!char.IsSurrogate(c))
            {
                quoted.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString());
            }
        }

        return quoted.Append('"').ToString();
    }
}
