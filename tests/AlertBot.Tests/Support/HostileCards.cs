using AlertBot.Platforms;
using CsCheck;

namespace AlertBot.Tests.Support;

/// <summary>Cards made of what feeds and people might send to make the bot say something that it should not.</summary>
internal static class HostileCards
{
    private static readonly string[] Bits =
    [
        "@everyone", "@here", "@EveryOne", "@\u202Eeveryone", "@\u200Beveryone", "<@123>", "<@!123>", "<@&1>", "<#1>", "<t:1:R>", "<:a:1>", "<a:b:22>", "</who:1>", "<id:home>", "<a@b.example>",
        "[a](https://evil.example)", "[a](<https://evil.example>)", "[[", "]", "](", "(", ")", "[x](", "**", "*", "***", "__", "_", "~~", "||", "`", "```", "\\", "\\\\", "# ", "## ", "-# ", "- ", "+ ", "> ", ">>> ", "1. ", "23) ",
        "https://evil.example/a_b", "http://evil.example", "<https://evil.example>", ":smile:", ":", "<", ">", "\"", "'", "\u202E", "\u2066", "\u200F", "\0", "\u0007", "\u009B", "\r\n", "\n", "\u2028", "\t", "   ",
        "👨‍👩‍👧‍👦", "🇰🇷", "e\u0301\u0323", "*\u0301", "\u0600*", "\u0600@here", "\uD83D", "\uDE00", "\uFEFF", "\uFFFF", "한국 ", "각", "word ", "North Korea ", ". ", "x",
    ];

    private static readonly string?[] Links =
    [
        null, "", "https://site.example/story", "https://site.example/a)b(c", "https://site.example/a>b <@1>", "https://site.example/?q=[x]|`*_~\\", "https://뉴스.example/기사", "https://user:secret@site.example/", "javascript:alert(1)", "ftp://site.example/", "/story", "https://", "http://[::1]/x",
        "https://site.example/" + new string('a', 3000), "https://site.example/ \"title\")", "https://site.example/\u202E\uD83D",
    ];

    public static Gen<string> Text { get; } = Gen.Frequency(
        (8, Gen.OneOfConst(Bits).Array[0, 12].Select(b => string.Concat(b))),
        (1, Gen.Select(Gen.OneOfConst(Bits), Gen.OneOfConst(Bits), Gen.Int[1, 600], (a, b, n) => string.Concat(Enumerable.Repeat(a + b, n)))),
        (1, Gen.String));

    public static Gen<string?> Link { get; } = Gen.OneOfConst(Links);

    public static Gen<Card> Card { get; } = Gen.Select(
        Text,
        Block().Array[0, 8],
        Gen.Select(Text, Link, Gen.OneOfConst("", "sanctions", "missiles"), Gen.Bool, Gen.Enum<CardTone>()),
        Action().Array[0, 40],
        Gen.Select(Text, Action().Array[0, 40]),
        (title, blocks, more, actions, menu) => new Card(title)
        {
            Blocks = blocks,
            Footer = more.Item1,
            Link = more.Item2,
            Topic = more.Item3,
            At = more.Item4 ? DateTimeOffset.UnixEpoch : null,
            Image = more.Item4 ? new CardImage([1], more.Item1) : null,
            Tone = more.Item5,
            Actions = actions,
            Menu = new CardMenu(menu.Item1, menu.Item2),
        });

    public static Gen<CardForm> Form { get; } = Gen.Select(
        Text,
        Text,
        Gen.Select(Gen.OneOfConst("url", "title", "hours", "x", "y", "z", "w"), Text, Text, Gen.Bool, Gen.Int[1, 9000], (option, label, value, isLong, most) => new FormField(option, label, value) { Multiline = isLong, Required = isLong, MaxLength = most }).Array[1, 8],
        (title, line, fields) => new CardForm(title, "/feed set " + line, fields));

    private static Gen<CardAction> Action() =>
        Gen.Select(Text, Text, Gen.Bool, (label, line, replaces) => new CardAction(label, line.Length % 7 == 0 ? line : "/who " + line) { Detail = label, Replaces = replaces });

    private static Gen<CardBlock> Block() => Gen.OneOf<CardBlock>(
        Text.Select(t => (CardBlock)new CardBlock.Paragraph(t)),
        Gen.Select(Text, Gen.Int[-2, 60], Gen.Int[-2, 60], (t, start, length) => (CardBlock)new CardBlock.Excerpt(t, start, length)),
        Gen.Select(Text, Text, (l, v) => new CardFact(l, v)).Array[0, 20].Select(f => (CardBlock)new CardBlock.Facts(f)),
        Gen.Select(Text, Gen.Select(Text, Link, Text, Gen.Bool, (t, l, d, at) => new CardItem(t, l, d, at ? DateTimeOffset.UnixEpoch : null)).Array[0, 30], (h, i) => (CardBlock)new CardBlock.Items(h, i)));
}
