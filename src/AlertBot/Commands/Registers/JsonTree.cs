using System.Text.Json;

namespace AlertBot.Commands.Registers;

/// <summary>
/// Reads the objects that stand under one path of a JSON text, one after the other, in memory that a single object needs.
/// </summary>
/// <param name="path">The names of the properties on the way; none for the items of the outermost list; null for texts of several values.</param>
internal sealed class JsonTree(Stream stream, string[]? path)
{
    private readonly List<string?> _open = [];
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isEnd;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, AllowMultipleValues = path is null });
    private string? _name;

    /// <exception cref="JsonException">The text is no JSON, with the line where it ends to be.</exception>
    public IEnumerable<JsonDocument> Objects()
    {
        Fill();
        _start = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? 3 : 0;
        while (true)
        {
            if (Next() is { } value)
            {
                yield return value;
            }
            else if (_isEnd)
            {
                yield break;
            }
            else
            {
                Fill();
            }
        }
    }

    /// <summary>The next object; null where more of the text is needed.</summary>
    private JsonDocument? Next()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnd, _state);
        JsonDocument? value = null;
        while (value is null)
        {
            var before = reader;
            if (!reader.Read())
            {
                break;
            }

            if (reader.TokenType == JsonTokenType.StartObject && IsThere())
            {
                if (!JsonDocument.TryParseValue(ref reader, out value))
                {
                    reader = before;
                    break;
                }
            }
            else
            {
                Step(ref reader);
            }
        }

        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return value;
    }

    private void Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString();
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _open.Add(_name);
                _name = null;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.RemoveAt(_open.Count - 1);
                break;
        }
    }

    private bool IsThere() => path is null ? _open.Count == 0 : _open.Count == path.Length + 1 && _open.Skip(1).SequenceEqual(path);

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isEnd = read == 0;
    }
}
