using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>What an import does to a knowledge file.</summary>
/// <param name="Actors">All that the file holds afterwards.</param>
/// <param name="Changed">Each with the names of the fields that differ.</param>
/// <param name="Kept">Those in the file that the register does not have, or no longer.</param>
/// <param name="Strangers">Countries and bodies of offices that are no actors, with the number of their offices.</param>
internal sealed record ImportPlan(
    IReadOnlyList<(Actor Actor, IReadOnlyList<(string Register, string Id)> Ids)> Actors,
    IReadOnlyList<Actor> Added,
    IReadOnlyList<(Actor Actor, string Fields)> Changed,
    int Unchanged,
    IReadOnlyList<Actor> Kept,
    IReadOnlyList<(string Of, int Offices)> Strangers);

/// <summary>
/// Puts the actors of a register beside those that are known. An actor known by one of its ids keeps its slug for ever; a new
/// one gets a slug of its name that nobody has. The order in which the register tells them does not matter.
/// </summary>
/// <param name="known">The file that is imported into, and the files beside it.</param>
/// <param name="target">The file that is imported into.</param>
internal sealed class RegisterMerge(KnowledgeReading known, string target, RegisterNotes notes)
{
    private readonly Dictionary<(string Register, string Id), string> _slugs = [];
    private readonly Dictionary<string, string> _slugsByName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _strangers = new(StringComparer.Ordinal);

    public ImportPlan Merge(IReadOnlyList<RegisterActor> actors)
    {
        var accepted = Accept(actors);
        var bodies = known.Actors.Select(entry => entry.Actor).Select(actor => (actor.Kind, actor.Slug, Names: actor.Aliases.Prepend(actor.Name)))
            .Concat(accepted.Select(pair => (pair.Actor.Kind, pair.Slug, Names: pair.Actor.Aliases.Prepend(pair.Actor.Name))));
        foreach (var (_, slug, names) in bodies.Where(body => body.Kind != ActorKind.Person).OrderByDescending(body => body.Kind).ThenBy(body => body.Slug, StringComparer.Ordinal))
        {
            foreach (var name in names.Prepend(slug))
            {
                _slugsByName.TryAdd(NameKey.Of(name), slug);
            }
        }

        var (added, changed, unchanged) = (new List<Actor>(), new List<(Actor, string)>(), 0);
        var after = new List<(Actor Actor, IReadOnlyList<(string, string)> Ids)>();
        foreach (var (read, slug, before) in accepted)
        {
            var actor = ActorOf(read, slug);
            var ids = Join(before?.Ids ?? [], read.Ids);
            after.Add((actor, ids));
            if (before is null)
            {
                added.Add(actor);
            }
            else if (Differences(KnowledgeYaml.Of(before.Actor, before.Ids), KnowledgeYaml.Of(actor, ids)) is { Length: > 0 } fields)
            {
                changed.Add((actor, fields));
            }
            else
            {
                unchanged++;
            }
        }

        var imported = accepted.Select(pair => pair.Slug).ToHashSet(StringComparer.Ordinal);
        var kept = known.Actors.Where(entry => entry.File == target && !imported.Contains(entry.Actor.Slug)).ToList();
        after.AddRange(kept.Select(entry => (entry.Actor, entry.Ids)));
        return new ImportPlan(
            after, added, changed, unchanged, kept.ConvertAll(entry => entry.Actor), [.. _strangers.OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))]);
    }

    private List<(RegisterActor Actor, string Slug, ActorEntry? Before)> Accept(IReadOnlyList<RegisterActor> actors)
    {
        var bySlug = known.Actors.ToDictionary(entry => entry.Actor.Slug, StringComparer.Ordinal);
        var byId = known.Actors.SelectMany(entry => entry.Ids.Select(id => (id, entry))).DistinctBy(pair => pair.id).ToDictionary(pair => pair.id, pair => pair.entry);
        var accepted = new List<(RegisterActor, string, ActorEntry?)>();
        var taken = bySlug.Keys.ToHashSet(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<RegisterActor>();
        foreach (var actor in actors)
        {
            var before = actor.Ids.Select(id => byId.GetValueOrDefault(id)).FirstOrDefault(entry => entry is not null)
                ?? (actor.Slug is null ? null : bySlug.GetValueOrDefault(actor.Slug));
            if (before is null)
            {
                unknown.Add(actor);
                continue;
            }

            Remember(actor, before.Actor.Slug);
            if (before.File != target)
            {
                notes.Skip($"kept by hand in {Path.GetFileName(before.File)}", $"{before.Actor.Slug} ({before.File}:{before.Line})");
            }
            else if (!done.Add(before.Actor.Slug))
            {
                notes.Skip("told twice: the first counts", $"{before.Actor.Slug} ({actor.Place})");
            }
            else
            {
                accepted.Add((actor, before.Actor.Slug, before));
            }
        }

        // Those with a slug of their own first, so that nobody takes it; the rest by id, whatever their order in the file.
        foreach (var actor in unknown.OrderBy(actor => actor.Slug is null).ThenBy(OrderOf).ThenBy(actor => actor.Slug ?? actor.Ids[0].Id, StringComparer.Ordinal))
        {
            if (actor.Ids.Any(_slugs.ContainsKey))
            {
                notes.Skip("told twice: the first counts", $"{actor.Name} ({actor.Place})");
                continue;
            }

            var slug = actor.Slug ?? Slugs.New([actor.Name, .. actor.Aliases], actor.Distinctions.Append(KindOf(actor)), string.Join('-', actor.Ids[0].Register, actor.Ids[0].Id), taken.Contains);
            if (!taken.Add(slug))
            {
                notes.Skip("told twice: the first counts", $"{slug} ({actor.Place})");
                continue;
            }

            Remember(actor, slug);
            accepted.Add((actor, slug, null));
        }

        return accepted;

        static int OrderOf(RegisterActor actor) => actor.Ids.Count == 0 ? 0 : actor.Ids[0].Id.Length;

        static string KindOf(RegisterActor actor) => actor.Kind.ToString().ToLowerInvariant();
    }

    private void Remember(RegisterActor actor, string slug)
    {
        foreach (var id in actor.Ids)
        {
            _slugs.TryAdd(id, slug);
        }
    }

    private Actor ActorOf(RegisterActor read, string slug)
    {
        var roles = new HashSet<Role>();
        foreach (var role in read.Roles)
        {
            if (SlugOf(role.Of, read) is not { } of)
            {
                notes.Skip("offices of a country or body without a name", $"{slug}: {role.Title}");
            }
            else if (of != slug)
            {
                roles.Add(new Role(role.Title, of, role.From, role.To));
            }
        }

        return new Actor(
            slug, read.Name, read.Kind, read.Surname, read.Aliases,
            [.. roles.OrderBy(role => role.From ?? DateOnly.MinValue).ThenBy(role => role.To ?? DateOnly.MaxValue).ThenBy(role => role.Title, StringComparer.Ordinal).ThenBy(role => role.Of, StringComparer.Ordinal)],
            read.Demonyms, read.Capital, read.Metonyms);
    }

    private string? SlugOf(RegisterRef of, RegisterActor read)
    {
        if (of.Id is not null && _slugs.TryGetValue((read.Ids[0].Register, of.Id), out var slug))
        {
            return slug;
        }

        if (of.Name is null)
        {
            return null;
        }

        if (_slugsByName.TryGetValue(NameKey.Of(of.Name), out slug))
        {
            return slug;
        }

        // Whoever imports that country later finds its offices waiting.
        var stranger = Slugs.Of(of.Name);
        if (stranger.Length == 0)
        {
            return null;
        }

        _strangers[stranger] = _strangers.GetValueOrDefault(stranger) + 1;
        return stranger;
    }

    private static IReadOnlyList<(string Register, string Id)> Join(IReadOnlyList<(string Register, string Id)> before, IReadOnlyList<(string Register, string Id)> read) =>
        [.. read.Concat(before).DistinctBy(id => id.Register).OrderBy(id => id.Register, StringComparer.Ordinal)];

    private static string Differences(string before, string after)
    {
        var (old, now) = (Fields(before), Fields(after));
        return string.Join(", ", old.Keys.Union(now.Keys).Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key)));

        static Dictionary<string, string> Fields(string yaml)
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            var key = "";
            foreach (var line in yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                key = line.StartsWith("      ", StringComparison.Ordinal) ? key : line.Trim(' ', '-').Split(':')[0];
                fields[key] = fields.GetValueOrDefault(key) + line;
            }

            return fields;
        }
    }
}
