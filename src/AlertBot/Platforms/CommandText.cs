namespace AlertBot.Platforms;

/// <summary>
/// The options of one typed line, such as <c>https://x title:"My feed"</c>. A word is put into the option that it
/// names, else into the next empty one; a <see cref="OptionKind.Rest"/> option takes all that is left as it was typed, up to
/// the name of another option that is still empty. Behind names, an option's name needs no colon, and a last word that can only be meant for
/// another option is put there.
/// </summary>
internal sealed class CommandText
{
    private const int MostEndingWords = 3;

    private static readonly (char Opening, char Closing)[] Marks = [('"', '"'), ('“', '”'), ('‘', '’'), ('\'', '\'')];

    private const string Mask = "•••";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];
    private readonly CommandDescription _command;
    private readonly string _text;
    private int _at;
    private bool _isBehindNames;

    private CommandText(CommandDescription command, string text)
    {
        _command = command;
        _text = text;
    }

    /// <summary>What was given, by option name; an option is left out unless something stands in it, if only empty quotation marks.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>What is wrong with the line, one sentence each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The option that is being typed at the end of the line.</summary>
    public OptionTail? Tail { get; private set; }

    public static CommandText Read(CommandDescription command, string text)
    {
        var line = new CommandText(command, text);
        while (line.ReadOption())
        {
        }

        line.TakeEnding();
        return line;
    }

    /// <summary>A value as one word that reads back to the same: in quotation marks where it needs them.</summary>
    public static string Quote(string value)
    {
        if (value.Length > 0 && !value.Any(char.IsWhiteSpace) && ClosingOf(value[0]).Length == 0)
        {
            return value;
        }

        var marks = Marks.Where(m => !Ends(value, m.Closing)).Select(m => $"{m.Opening}{value}{m.Closing}");
        return marks.FirstOrDefault() ?? $"\"{value.Replace('"', '\'')}\"";

        // A closing mark in front of a space would end the value early.
        static bool Ends(string value, char closing) =>
            value.Where((c, i) => c == closing && i + 1 < value.Length && char.IsWhiteSpace(value[i + 1])).Any();
    }

    /// <summary>A line with these values behind it, each under its option's name, as a person would type them.</summary>
    public static string Append(string line, CommandDescription command, IReadOnlyDictionary<string, string> values)
    {
        var given = command.Options.Where(o => values.ContainsKey(o.Name)).OrderBy(o => o.Kind == OptionKind.Rest);
        return string.Join(' ', given.Select(o => $"{o.Name}:{(o.Kind == OptionKind.Rest ? values[o.Name] : Quote(values[o.Name]))}").Prepend(line));
    }

    /// <summary>A typed line as it may be shown and kept: without the values of secret options and the logins in addresses.</summary>
    /// <param name="command">The command that it begins with; null if there is none.</param>
    public static string Masked(string line, (CommandDescription Command, string Options)? command)
    {
        if (command is var (description, options) && description.HasSecrets)
        {
            var values = Read(description, options).Values;
            line = Append($"/{description.Name}", description, description.Options.Where(o => values.ContainsKey(o.Name)).ToDictionary(o => o.Name, o => o.IsSecret ? Mask : values[o.Name]));
        }

        return WebLink.WithoutLogins(line, Mask);
    }

    private string Shown(string words) => _command.HasSecrets ? Mask : words;

    private bool ReadOption()
    {
        SkipSpaces();
        if (_at == _text.Length)
        {
            Tail ??= NextEmpty() is { } next ? new OptionTail(next, "", _at) : null;
            return false;
        }

        var isBare = false;
        if ((Named() ?? BareNamed(out isBare) ?? NextEmpty()) is not { } option)
        {
            _faults.Add($"There are too many words: “{Shown(_text[_at..].TrimEnd())}” is left over. Put several words into quotation marks.");
            return false;
        }

        var start = _at;
        var value = option.Kind == OptionKind.Rest || isBare ? TakeUntilNamed(option) : TakeWord();
        _isBehindNames |= option.HoldsNames;
        Tail = _at == _text.Length ? new OptionTail(option, value, start) : null;
        if (!_values.TryAdd(option.Name, value.Trim()))
        {
            _faults.Add($"{option.Name} is given twice.");
        }

        if (_at == start)
        {
            _values.Remove(option.Name);
        }

        return _at < _text.Length;
    }

    private CommandOption? NextEmpty() => _command.Options.FirstOrDefault(o => !_values.ContainsKey(o.Name));

    private CommandOption? Named()
    {
        foreach (var option in _command.Options)
        {
            if (Skip($"{option.Name}:") || Skip($"--{option.Name}=") || SkipWord($"--{option.Name}"))
            {
                SkipSpaces();
                return option;
            }
        }

        return null;
    }

    // "trump about kim jong un since last month"
    private CommandOption? BareNamed(out bool isBare)
    {
        var option = _isBehindNames ? _command.Options.FirstOrDefault(o => SkipWord(o.Name)) : null;
        SkipSpaces();
        isBare = option is not null && _at < _text.Length && ClosingOf(_text[_at]).Length == 0;
        return option;
    }

    private string TakeUntilNamed(CommandOption rest)
    {
        var others = _command.Options.Where(o => o != rest && !_values.ContainsKey(o.Name)).ToList();
        var end = _at;
        var isWordEnough = _isBehindNames || rest.HoldsNames;
        while (end < _text.Length && !(end > _at && char.IsWhiteSpace(_text[end - 1])
            && others.Any(o => StartsAt(end, $"{o.Name}:") || StartsAt(end, $"--{o.Name}=") || (isWordEnough && StartsAt(end, o.Name) && end + o.Name.Length < _text.Length && char.IsWhiteSpace(_text[end + o.Name.Length])))))
        {
            end++;
        }

        var value = _text[_at..end];
        _at = end;
        return value;
    }

    // "north-korea last week": the most words that fit.
    private void TakeEnding()
    {
        if (_command.Options.FirstOrDefault(o => o.HoldsNames) is not { } names || !_values.TryGetValue(names.Name, out var value) || NextEnding() is not { IsEnding: { } isEnding } option)
        {
            return;
        }

        var words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(MostEndingWords, words.Length); count > 0; count--)
        {
            if (isEnding(string.Join(' ', words[^count..])))
            {
                _values[option.Name] = string.Join(' ', words[^count..]);
                _values[names.Name] = string.Join(' ', words[..^count]);
                if (count == words.Length)
                {
                    _values.Remove(names.Name);
                }

                return;
            }
        }
    }

    private CommandOption? NextEnding() => _command.Options.FirstOrDefault(o => o.IsEnding is not null && !_values.ContainsKey(o.Name));

    private bool StartsAt(int position, string prefix) => _text.AsSpan(position).StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private bool SkipWord(string word)
    {
        var end = _at + word.Length;
        return (end >= _text.Length || char.IsWhiteSpace(_text[end])) && Skip(word);
    }

    private bool Skip(string prefix)
    {
        if (!StartsAt(_at, prefix))
        {
            return false;
        }

        _at += prefix.Length;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private string TakeRest()
    {
        var rest = _text[_at..];
        _at = _text.Length;
        return rest;
    }

    private string TakeWord()
    {
        var closing = _at < _text.Length ? ClosingOf(_text[_at]) : "";
        for (var i = _at + 1; closing.Length > 0 && i < _text.Length; i++)
        {
            if (closing.Contains(_text[i], StringComparison.Ordinal) && (i + 1 == _text.Length || char.IsWhiteSpace(_text[i + 1])))
            {
                var quoted = _text[(_at + 1)..i];
                _at = i + 1;
                return quoted;
            }
        }

        // A lone apostrophe belongs to the word; any other open mark is a slip of the fingers.
        if (closing.Length > 0 && _text[_at] is not ('\'' or '‘'))
        {
            _faults.Add($"A quotation mark is not closed: {Shown(_text[_at..].TrimEnd())}");
            _at++;
            return TakeRest();
        }

        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private static string ClosingOf(char opening) => opening switch
    {
        '"' => "\"",
        '\'' => "'",
        '“' => "”",
        '„' => "“”",
        '”' => "”",
        '‘' => "’",
        _ => "",
    };
}

/// <summary>The value at the end of a line that a person is still typing.</summary>
/// <param name="Start">Where it begins in the options' text, its quotation mark included.</param>
internal sealed record OptionTail(CommandOption Option, string Value, int Start);
