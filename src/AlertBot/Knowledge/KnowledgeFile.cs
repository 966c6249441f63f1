using System.Text;
using YamlDotNet.Core;

namespace AlertBot.Knowledge;

/// <summary>Reads actors and topics from YAML: one file, or all files of a folder in the order of their names.</summary>
internal static class KnowledgeFile
{
    private const int MaxBytes = 256 * 1024 * 1024;

    // A guess looks at every slug: a register without its countries must not take minutes.
    private const int MostGuesses = 20;

    /// <param name="warn">Takes what is suspicious, but stops nothing.</param>
    /// <exception cref="KnowledgeException">Something is wrong in the files; it lists all of it.</exception>
    public static KnowledgeBase Load(string fileOrFolder, Action<KnowledgeFault>? warn = null)
    {
        var reading = Read(fileOrFolder);
        if (reading.Faults.Count > 0)
        {
            throw new KnowledgeException(reading.Faults);
        }

        foreach (var warning in warn is null ? [] : reading.Warnings)
        {
            warn!(warning);
        }

        return new KnowledgeBase([.. reading.Actors.Select(entry => entry.Actor)], [.. reading.Topics.Select(entry => entry.Topic)]);
    }

    public static KnowledgeReading Read(string fileOrFolder)
    {
        var reading = new KnowledgeReading([], [], [], []);
        foreach (var file in FilesOf(fileOrFolder, reading.Faults))
        {
            var entries = new KnowledgeEntries(file, PhraseBook.Shipped, reading.Faults, reading.Warnings);
            if (ReadFile(file, reading.Faults) is { } root)
            {
                entries.Read(root);
            }

            reading.Actors.AddRange(entries.Actors);
            reading.Topics.AddRange(entries.Topics);
        }

        CheckSlugs(reading.Actors.Select(entry => (entry.Actor.Slug, entry.File, entry.Line)), "actor", reading.Faults);
        CheckSlugs(reading.Topics.Select(entry => (entry.Topic.Slug, entry.File, entry.Line)), "topic", reading.Faults);
        CheckOffices(reading.Actors, reading.Warnings);
        return reading;
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
                faults.Add(new KnowledgeFault(file, 1, "the file is larger than 256 MB: split it"));
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

    private static void CheckOffices(List<ActorEntry> actors, List<KnowledgeFault> warnings)
    {
        var slugs = actors.Select(entry => entry.Actor.Slug).ToHashSet(StringComparer.Ordinal);
        var hints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in actors)
        {
            foreach (var office in entry.Offices.Where(office => !slugs.Contains(office.Text)))
            {
                if (!hints.TryGetValue(office.Text, out var hint))
                {
                    hints.Add(office.Text, hint = hints.Count < MostGuesses ? Guess(office.Text, slugs) : "");
                }

                warnings.Add(new KnowledgeFault(
                    entry.File, office.Line, $"a role of {entry.Actor.Slug} is of '{office.Text}', which is no actor: {hint}add that actor or correct the slug"));
            }
        }
    }

    private static string Guess(string unknown, HashSet<string> slugs)
    {
        var nearest = slugs.MinBy(slug => EditDistance.Between(slug, unknown));
        return nearest is not null && EditDistance.Between(nearest, unknown) <= 2 ? $"did you mean '{nearest}'? Else " : "";
    }
}

/// <summary>All that the files hold, each with its place, and what is wrong (it stops everything) or suspicious (it stops nothing).</summary>
internal sealed record KnowledgeReading(
    List<ActorEntry> Actors, List<TopicEntry> Topics, List<KnowledgeFault> Faults, List<KnowledgeFault> Warnings);
