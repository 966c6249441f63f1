using System.Text;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// The middle of a message, filled from top to bottom until Slack's limits are reached. What comes later gives way; the
/// reader is told how many lines of it are left out.
/// </summary>
/// <param name="total">Characters that title, footer and buttons leave to it.</param>
/// <param name="mostBlocks">Blocks that they leave to it.</param>
internal sealed class SlackBody(int total, int mostBlocks)
{
    private const int MaxSection = 3000;
    private const int MaxFields = 10;

    // Below it, a beginning of a text says nothing.
    private const int LeastText = 40;
    private const int NoticeRoom = 48;

    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private int _total = total - NoticeRoom;
    private int _leftOut;

    private bool IsFull => _leftOut > 0;

    /// <summary>What comes next stands in a section of its own.</summary>
    public void Gap()
    {
        if (_text.Length > 0)
        {
            _blocks.Add(new Block.Section(new Mrkdwn(_text.ToString())));
            _text.Clear();
        }
    }

    /// <summary>A line that may be cut.</summary>
    public void Text(string prefix, SlackText line)
    {
        var whole = line.Cut(int.MaxValue).Length;
        if (whole > 0)
        {
            Append(prefix, line, Math.Min(whole, LeastText));
        }
    }

    /// <summary>A line that is shown in full or not at all.</summary>
    public void Line(SlackText line) => Append("", line, line.Cut(int.MaxValue).Length);

    /// <summary>Short values beside each other.</summary>
    public void Fields(IEnumerable<string> fields)
    {
        Gap();
        foreach (var ten in fields.Chunk(MaxFields))
        {
            var fitting = ten.TakeWhile(f => !IsFull && _blocks.Count < mostBlocks && (_total -= f.Length) >= 0).ToList();
            _leftOut += ten.Length - fitting.Count;
            if (fitting.Count > 0)
            {
                _blocks.Add(new Block.Section(null) { Fields = [.. fitting.Select(f => new Mrkdwn(f))] });
            }
        }
    }

    /// <summary>All sections, with a note where something is left out.</summary>
    public IReadOnlyList<Block> Close()
    {
        Gap();
        return IsFull
            ? [.. _blocks, new Block.Context([new PlainText(FormattableString.Invariant($"… {_leftOut} more {(_leftOut == 1 ? "line" : "lines")} left out"))])]
            : _blocks;
    }

    private void Append(string prefix, SlackText text, int least)
    {
        if (_text.Length > 0 && MaxSection - _text.Length - 1 - prefix.Length < Math.Min(text.Cut(int.MaxValue).Length, MaxSection / 2))
        {
            Gap();
        }

        var separator = _text.Length == 0 ? "" : "\n";
        var room = Math.Min(MaxSection - _text.Length, _total) - separator.Length - prefix.Length;
        if (IsFull || room < least || (_text.Length == 0 && _blocks.Count >= mostBlocks))
        {
            _leftOut++;
            return;
        }

        var line = text.Cut(room);
        _text.Append(separator).Append(prefix).Append(line);
        _total -= separator.Length + prefix.Length + line.Length;
    }
}
