namespace AlertBot.Platforms;

/// <summary>A file that came with a command. It is fetched when the command asks for it, so that nobody makes the bot fetch what he may not run.</summary>
/// <param name="Name">What the person calls it.</param>
/// <param name="ReadAsync">Gets the whole of it.</param>
internal sealed record GivenFile(string Name, Func<CancellationToken, Task<FileContent>> ReadAsync)
{
    /// <summary>No file is read that is larger, in bytes.</summary>
    public const int MostBytes = 5_000_000;

    /// <summary>A file that is here already.</summary>
    public static GivenFile Of(string name, byte[] bytes) => new(name, _ => Task.FromResult(FileContent.Of(bytes)));
}

/// <summary>What became of getting a file: a closed set.</summary>
internal abstract record FileContent
{
    private FileContent()
    {
    }

    public static Failed TooLarge { get; } = new($"it is larger than the {GivenFile.MostBytes / 1_000_000} MB that are read");

    public static FileContent Of(byte[] bytes) => bytes.Length <= GivenFile.MostBytes ? new Whole(bytes) : TooLarge;

    public sealed record Whole(byte[] Bytes) : FileContent;

    /// <param name="Why">The rest of a sentence that begins with the file.</param>
    public sealed record Failed(string Why) : FileContent;
}
