using System.Text;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// The middle of an embed, filled from top to bottom until Discord's limits are reached. What comes later gives way;
/// the reader is told how many lines of it are left out.
/// </summary>
/// <param name="total">Characters that title and footer leave to it.</param>
internal sealed class EmbedBody(int total)
{
    public const int MaxDescription = 4096;
    public const int MaxFields = 25;
    public const int MaxFieldName = 256;
    public const int MaxFieldValue = 1024;

    // Below it, a beginning of a text says nothing.
    private const int LeastText = 40;
    private const int NoticeRoom = 48;
    private const int ShortName = 40;
    private const int ShortValue = 48;

    private readonly StringBuilder _text = new();
    private readonly List<EmbedField> _fields = [];
    private int _total = total - NoticeRoom;
    private int _description = Math.Min(total, MaxDescription) - NoticeRoom;
    private int _leftOut;
    private string _ending = "";
    private bool _gap;
    private bool _full;

    public IReadOnlyList<EmbedField>? Fields => _fields.Count > 0 ? _fields : null;

    public string? Description
    {
        get
        {
            var notice = _leftOut switch
            {
                0 => "",
                1 => "-# … and 1 more line",
                _ => $"-# … and {_leftOut} more lines",
            };
            var text = string.Join('\n', new[] { _text.ToString(), notice, _ending }.Where(p => p.Length > 0));
            return text.Length > 0 ? text : null;
        }
    }

    /// <summary>Leaves a line empty before the next one.</summary>
    public void Gap() => _gap = _text.Length > 0;

    /// <summary>Its last line: the others get what room it leaves.</summary>
    public void End(string line)
    {
        _ending = line;
        _description -= line.Length + 1;
        _total -= line.Length + 1;
    }

    /// <summary>Running text, which may be cut.</summary>
    public void Text(string prefix, DiscordText line)
    {
        var whole = line.Cut(int.MaxValue);
        if (whole.Length > 0)
        {
            Append(prefix, line, Math.Min(whole.Length, LeastText));
        }
    }

    /// <summary>A line that is shown in full or not at all.</summary>
    public void Line(DiscordText line) => Append("", line, line.Cut(int.MaxValue).Length);

    public void Field(string name, string value)
    {
        if (_fields.Count == MaxFields || name.Length + value.Length > _total)
        {
            _total = 0;
            _leftOut++;
            return;
        }

        _fields.Add(new EmbedField(name, value, name.Length <= ShortName && value.Length <= ShortValue ? true : null));
        _total -= name.Length + value.Length;
    }

    private void Append(string prefix, DiscordText text, int least)
    {
        var separator = _text.Length == 0 ? "" : _gap ? "\n\n" : "\n";
        var room = Math.Min(_description, _total) - separator.Length - prefix.Length;
        if (_full || room < least)
        {
            _full = true;
            _leftOut++;
            return;
        }

        var line = text.Cut(room);
        _full = line.Length < text.Cut(int.MaxValue).Length;
        var written = separator.Length + prefix.Length + line.Length;
        _text.Append(separator).Append(prefix).Append(line);
        _description -= written;
        _total -= written;
        _gap = false;
    }
}
