namespace AlertBot.Emulators;

/// <summary>Files that lie beside the repository in a folder named shared, where there is one.</summary>
public static class SharedFiles
{
    /// <summary>The full path of a file or folder under shared, found by walking up from the program; null where there is none.</summary>
    public static string? Find(params string[] parts)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine([at.FullName, "shared", .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
