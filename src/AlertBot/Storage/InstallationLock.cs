namespace AlertBot.Storage;

/// <summary>
/// Held while the bot runs: no second process may use the same SQLite file. The system drops it when the process dies,
/// however it dies, so a start that gets it knows that every lease in the database is left over.
/// </summary>
internal sealed class InstallationLock : IDisposable
{
    private readonly FileStream _file;

    private InstallationLock(FileStream file) => _file = file;

    /// <exception cref="InvalidOperationException">Another process has it.</exception>
    public static InstallationLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new InstallationLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"Another AlertBot uses {databasePath}. Stop it, or name another file in Storage:Path.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
