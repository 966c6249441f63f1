namespace AlertBot.Tests.Support;

/// <summary>A message of the bot, or a form, as a person sees it.</summary>
/// <param name="Title">As plain text.</param>
/// <param name="Text">All text that it shows or leads to, the title included.</param>
/// <param name="Labels">Of its buttons and of the choices of its menus.</param>
/// <param name="Source">The message or form in the platform's own shape, for acting on it.</param>
internal sealed record ChatAnswer(string Title, string Text, IReadOnlyList<string> Labels, object Source)
{
    /// <summary>Only the one who asked sees it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>There are fields to fill in.</summary>
    public bool HasForm { get; init; }

    /// <summary>It took the place of the message whose button was pressed.</summary>
    public bool Replaced { get; init; }

    /// <summary>Runs of ASCII letters and digits, whatever marks a platform puts between them.</summary>
    public IEnumerable<string> Words => WordsOf(Title);

    public static IEnumerable<string> WordsOf(string text) =>
        new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
