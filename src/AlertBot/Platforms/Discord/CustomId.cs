using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// What a button, a choice or a form carries: a command line if it fits into Discord's 100 characters, else the key of
/// one. Whatever comes back is untrusted: the line is no more than what a person could have typed.
/// </summary>
/// <param name="Text">The line, or the key of a <see cref="LongCommand"/>.</param>
internal sealed record CustomId(CustomIdUse Use, string Text, bool IsKey)
{
    public const int MaxLength = 100;
    private const int KeyLength = 22;
    private const string Prefixes = "cufCUF";

    /// <summary>The id for a line, and the line to keep if it is too long for an id.</summary>
    public static (CustomId Id, LongCommand? Long) Of(CustomIdUse use, string line)
    {
        var text = DiscordText.Clean(line).Trim();
        if (text.Length + 2 <= MaxLength)
        {
            return (new CustomId(use, text, IsKey: false), null);
        }

        var key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..KeyLength];
        return (new CustomId(use, key, IsKey: true), new LongCommand(key, text));
    }

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static CustomId? Parse(string? id)
    {
        if (id is not { Length: > 2 and <= MaxLength } || id[1] != ':' || Prefixes.IndexOf(id[0], StringComparison.Ordinal) is not (>= 0 and var prefix))
        {
            return null;
        }

        var (use, isKey, text) = ((CustomIdUse)(prefix % 3), prefix >= 3, id[2..]);
        var sound = isKey ? text.Length == KeyLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') : DiscordText.Clean(text).Trim() == text;
        return sound ? new CustomId(use, text, isKey) : null;
    }

    public override string ToString() => $"{Prefixes[(int)Use + (IsKey ? 3 : 0)]}:{Text}";
}

internal enum CustomIdUse
{
    /// <summary>The answer is a message of its own.</summary>
    Answer,

    /// <summary>The answer takes the place of the message that was pressed.</summary>
    Replace,

    /// <summary>The fields of the form complete the line.</summary>
    Form,
}

/// <summary>A command line that is too long for an id, and the key that stands for it there.</summary>
internal sealed record LongCommand(string Key, string Line);
