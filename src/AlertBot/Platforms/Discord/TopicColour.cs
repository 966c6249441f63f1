using System.Text;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// The colour of a card's edge. A topic has the same one for ever: do not reorder the palette, nor change the hash. All
/// stand out from Discord's dark and its light ground.
/// </summary>
internal static class TopicColour
{
    public const int Answer = 0x5865F2;
    public const int Alert = 0xB7701B;
    public const int Problem = 0xDA373C;

    public static readonly IReadOnlyList<int> Palette =
    [
        0xA1790E, 0x728B10, 0x3C9412, 0x139645, 0x12926F, 0x128D94, 0x1B86C1, 0x4E7DE8, 0x7B72EA, 0x9B66E8, 0xC04FDB, 0xDC3FA8,
    ];

    public static int Of(Card card) => card switch
    {
        { Tone: CardTone.Problem } => Problem,
        { Topic: { Length: > 0 } topic } => Palette[(int)(Hash(topic) % (uint)Palette.Count)],
        { Tone: CardTone.Alert } => Alert,
        _ => Answer,
    };

    // FNV-1a.
    private static uint Hash(string text) => Encoding.UTF8.GetBytes(text).Aggregate(2166136261, (hash, b) => unchecked((hash ^ b) * 16777619));
}
