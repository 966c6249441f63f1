namespace AlertBot.Stories.Events;

/// <summary>A word of a story.</summary>
/// <param name="Written">As it stands, in small letters and without marks.</param>
/// <param name="Stem">What it is compared by.</param>
/// <param name="IsCapital">It begins with a capital.</param>
/// <param name="StartsSentence">There a capital says nothing.</param>
internal readonly record struct Word(string Written, string Stem, bool IsCapital, bool StartsSentence)
{
    public bool IsNumber => char.IsAsciiDigit(Stem[0]);
}
