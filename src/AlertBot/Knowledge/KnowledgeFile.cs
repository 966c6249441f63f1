using System.Text;
using YamlDotNet.Core;

namespace AlertBot.Knowledge;

/// <summary>Reads actors and topics from YAML: one file, or all files of a folder in the order of their names.</summary>
internal static class KnowledgeFile
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="KnowledgeException">Something is wrong in the files; it lists all of it.</exception>
    public static KnowledgeBase Load(string fileOrFolder)
    {
        var faults = new List<KnowledgeFault>();
        var actors = new List<ActorEntry>();
        var topics = new List<TopicEntry>();
        foreach (var file in FilesOf(fileOrFolder, faults))
        {
            var entries = new KnowledgeEntries(file, PhraseBook.Shipped, faults);
            if (ReadFile(file, faults) is { } root)
            {
                entries.Read(root);
            }

            actors.AddRange(entries.Actors);
            topics.AddRange(entries.Topics);
        }

        CheckSlugs(actors.Select(entry => (entry.Actor.Slug, entry.File, entry.Line)), "actor", faults);
        CheckSlugs(topics.Select(entry => (entry.Topic.Slug, entry.File, entry.Line)), "topic", faults);
        CheckNames(actors, faults);
        CheckOffices(actors, faults);
        return faults.Count == 0
            ? new KnowledgeBase([.. actors.Select(entry => entry.Actor)], [.. topics.Select(entry => entry.Topic)])
            : throw new KnowledgeException(faults);
    }

    internal static List<string> FilesOf(string path, List<KnowledgeFault> faults)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            faults.Add(new KnowledgeFault(path, 1, "there is no such file or folder: check the path"));
            return [];
        }

        var files = Directory.EnumerateFiles(path)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .ToList();
        if (files.Count == 0)
        {
            faults.Add(new KnowledgeFault(path, 1, "the folder holds no .yaml file: add one"));
        }

        return files;
    }

    internal static YamlValue? ReadFile(string file, List<KnowledgeFault> faults)
    {
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                faults.Add(new KnowledgeFault(file, 1, "the file is larger than 64 MB: split it"));
                return null;
            }

            using var text = new StreamReader(file, Encoding.UTF8);
            var root = YamlValue.Read(text);
            if (root is null)
            {
                faults.Add(new KnowledgeFault(file, 1, "the file is empty: add 'actors:' or 'topics:', or remove it"));
            }

            return root;
        }
        catch (YamlException broken)
        {
            faults.Add(new KnowledgeFault(file, (int)Math.Max(1, broken.Start.Line), $"this is no YAML that can be read: {broken.InnerException?.Message ?? broken.Message}"));
            return null;
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            faults.Add(new KnowledgeFault(file, 1, $"the file cannot be read: {unread.Message}"));
            return null;
        }
    }

    private static void CheckSlugs(IEnumerable<(string Slug, string File, int Line)> slugs, string what, List<KnowledgeFault> faults)
    {
        var first = new Dictionary<string, (string File, int Line)>(StringComparer.Ordinal);
        foreach (var (slug, file, line) in slugs.Where(entry => entry.Slug.Length > 0))
        {
            if (!first.TryAdd(slug, (file, line)))
            {
                var (where, at) = first[slug];
                faults.Add(new KnowledgeFault(file, line, $"{what} '{slug}' is already at {where}:{at}: rename or remove one"));
            }
        }
    }

    private static void CheckNames(List<ActorEntry> actors, List<KnowledgeFault> faults)
    {
        var owners = new Dictionary<string, ActorEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in actors)
        {
            foreach (var name in entry.Names.DistinctBy(name => name.Text.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                var text = name.Text.Trim();
                if (text.Length > 0 && !owners.TryAdd(text, entry) && owners[text].Actor.Slug != entry.Actor.Slug)
                {
                    var owner = owners[text];
                    faults.Add(new KnowledgeFault(
                        entry.File, name.Line, $"\"{text}\" already names {owner.Actor.Slug} ({owner.File}:{owner.Line}): keep it at one of the two"));
                }
            }
        }
    }

    private static void CheckOffices(List<ActorEntry> actors, List<KnowledgeFault> faults)
    {
        var slugs = actors.Select(entry => entry.Actor.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in actors)
        {
            foreach (var office in entry.Offices.Where(office => !slugs.Contains(office.Text)))
            {
                var nearest = slugs.MinBy(slug => EditDistance.Between(slug, office.Text));
                var hint = nearest is not null && EditDistance.Between(nearest, office.Text) <= 2 ? $"did you mean '{nearest}'?" : "add that actor or correct the slug";
                faults.Add(new KnowledgeFault(entry.File, office.Line, $"a role of {entry.Actor.Slug} is of '{office.Text}', which is no actor: {hint}"));
            }
        }
    }
}
