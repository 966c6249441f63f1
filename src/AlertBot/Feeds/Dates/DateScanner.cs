namespace AlertBot.Feeds.Dates;

/// <summary>A place in a date's text that moves forward over digits, words and signs.</summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    public int At { get; private set; }

    public readonly bool IsAtEnd => At >= _text.Length;

    public readonly char Current => IsAtEnd ? '\0' : _text[At];

    public readonly ReadOnlySpan<char> Rest => _text[At..];

    public void Skip(int count = 1) => At = Math.Min(At + count, _text.Length);

    public bool Skip(char c)
    {
        if (Current != c)
        {
            return false;
        }

        At++;
        return true;
    }

    public void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Current))
        {
            At++;
        }
    }

    /// <summary>How many ASCII digits stand here.</summary>
    public readonly int DigitCount()
    {
        var count = Rest.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? Rest.Length : count;
    }

    /// <summary>Reads exactly so many digits, of which there must be as many.</summary>
    public int Digits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            value = (value * 10) + (_text[At++] - '0');
        }

        return value;
    }

    /// <summary>Reads from <paramref name="least"/> to <paramref name="most"/> digits; negative where there are fewer.</summary>
    public int Number(int least, int most)
    {
        var count = DigitCount();
        return count < least ? -1 : Digits(Math.Min(count, most));
    }

    public ReadOnlySpan<char> Word()
    {
        var start = At;
        while (!IsAtEnd && (char.IsLetter(Current) || char.GetUnicodeCategory(Current) == System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            At++;
        }

        return _text[start..At];
    }
}
