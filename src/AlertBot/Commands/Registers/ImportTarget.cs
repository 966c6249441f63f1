using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>Where an import goes: a file that is replaced as a whole, or nowhere.</summary>
/// <param name="Path">Null for standard output.</param>
/// <param name="Beside">The folder whose other files count as known; null where there is none.</param>
internal sealed record ImportTarget(string? Path, string? Beside)
{
    public static ImportTarget? Of(string? into, string register, out string wrong)
    {
        wrong = "";
        if (into is null)
        {
            return new ImportTarget(null, null);
        }

        var isFolder = Directory.Exists(into);
        var path = isFolder ? System.IO.Path.Combine(into, $"imported-{register}.yaml") : into;
        if (!isFolder && System.IO.Path.GetExtension(path) is not (".yaml" or ".yml"))
        {
            wrong = $"'{into}' is no folder, and no file that ends in .yaml.";
            return null;
        }

        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            wrong = $"There is no folder '{folder}': make it first.";
            return null;
        }

        if (File.Exists(path) && File.ReadLines(path).FirstOrDefault() != KnowledgeYaml.Mark)
        {
            wrong = $"'{path}' was not written by an import, and its comments and order would be lost. Name another file; or put this as its first line if you mean it:{Environment.NewLine}{KnowledgeYaml.Mark}";
            return null;
        }

        return new ImportTarget(path, isFolder ? into : null);
    }

    public KnowledgeReading ReadKnown() =>
        Beside is not null && Directory.EnumerateFiles(Beside).Any(file => System.IO.Path.GetExtension(file) is ".yaml" or ".yml") ? KnowledgeFile.Read(Beside)
        : Path is not null && File.Exists(Path) ? KnowledgeFile.Read(Path)
        : new KnowledgeReading([], [], [], []);

    /// <summary>Replaces the file, once it is proven that the new one can be read. A power cut leaves the old or the new one.</summary>
    /// <returns>The faults for which nothing was written.</returns>
    public IReadOnlyList<KnowledgeFault> Write(string yaml)
    {
        var next = Path + ".next";
        try
        {
            using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
            {
                using var text = new StreamWriter(file, leaveOpen: true);
                text.Write(yaml);
                text.Flush();
                file.Flush(flushToDisk: true);
            }

            if (KnowledgeFile.Read(next).Faults is { Count: > 0 } faults)
            {
                return faults;
            }

            File.Move(next, Path!, overwrite: true);
            return [];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [new KnowledgeFault(Path!, 1, $"the file cannot be written: {failed.Message}")];
        }
        finally
        {
            File.Delete(next);
        }
    }
}
