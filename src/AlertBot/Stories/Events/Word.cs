namespace AlertBot.Stories.Events;

/// <summary>A word of a story, where it stands.</summary>
/// <param name="StartsSentence">There a capital says nothing.</param>
internal readonly record struct Word(WordForm Form, bool StartsSentence)
{
    public string Written => Form.Written;

    public string Stem => Form.Stem;

    public bool IsCapital => Form.IsCapital;

    public bool IsNumber => Form.IsNumber;
}

/// <summary>A word as it is written, and what follows from that wherever it stands.</summary>
internal sealed class WordForm
{
    public WordForm(string written, string stem, bool isCapital)
    {
        Written = written;
        Stem = stem;
        IsCapital = isCapital;
        IsNumber = char.IsAsciiDigit(stem[0]);
        Id = TermHash.Of(stem);
        Share = IsNumber ? Numbers.ShareOf(stem) : TermCounts.ShareOf(stem);
        IsRare = WordFrequencies.Of(stem) < 4;
        IsDay = HappeningDays.IsDayWord(this);
    }

    /// <summary>In small letters and without marks.</summary>
    public string Written { get; }

    /// <summary>What it is compared by.</summary>
    public string Stem { get; }

    /// <summary>It begins with a capital.</summary>
    public bool IsCapital { get; }

    public bool IsNumber { get; }

    /// <summary>The stem as a number.</summary>
    public uint Id { get; }

    /// <summary>The share of stories that have it, by what is known of English at large.</summary>
    public double Share { get; }

    /// <summary>English at large hardly has it.</summary>
    public bool IsRare { get; }

    /// <summary>A weekday or a month is no word to compare by: which one it is says <see cref="HappeningDays"/>.</summary>
    public bool IsDay { get; }
}
