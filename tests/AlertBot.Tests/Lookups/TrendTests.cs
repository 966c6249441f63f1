using AlertBot.Knowledge;
using AlertBot.Lookups;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;
using SkiaSharp;

namespace AlertBot.Tests.Lookups;

public sealed class TrendTests
{
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#444444"];

    [Fact]
    public async Task It_draws_the_numbers_and_tells_them_in_words()
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        await using var bot = await BotHarness.StartAsync();
        await CountAsync(bot, "actor", "north-korea", 1, 3, 3, 40, 40, 40, 60);
        await CountAsync(bot, "topic", "sanctions", 2);
        var card = await bot.SayAsync("/trend north-korea vs sanctions");

        Assert.Equal("North Korea vs Sanctions: stories in 8 weeks", card.Title);
        var items = Items(card);
        Assert.Equal(["North Korea", "Sanctions"], items.Select(i => i.Text));
        Assert.Equal(["6 stories; most on 24 April 2024 (3); 3 in the last 7 days", "1 story; most on 1 June 2024 (1); 1 in the last 7 days"], items.Select(i => i.Detail));
        Assert.StartsWith("Stories per day from 9 April 2024 to 3 June 2024. North Korea: 6 stories; most on 24 April 2024 (3)", card.Image!.Description, StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(card.Image.Png);
        Assert.Equal((1000, 560), (picture.Width, picture.Height));
        Assert.All(Colours.Take(2), c => Assert.True(Has(picture, c), $"no {c} in the picture"));
        Assert.False(Has(picture, Colours[2]));
    }

    [Theory]
    [InlineData("/trend north-korea weeks:52", "Stories per week from 6 June 2023 to 3 June 2024. North Korea: 7 stories")]
    [InlineData("/trend weeks:52 north-korea", "Stories per week from 6 June 2023 to 3 June 2024. North Korea: 7 stories")]
    [InlineData("/trend north korea, NORTH KOREA versus 북한 weeks:1", "Stories per day from 28 May 2024 to 3 June 2024. North Korea: 3 stories")]
    [InlineData("/trend north korea 북한 weeks 1", "Stories per day from 28 May 2024 to 3 June 2024. North Korea: 3 stories")]
    public async Task Weeks_and_names_are_read_however_they_are_typed(string typed, string described)
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        await using var bot = await BotHarness.StartAsync();
        await CountAsync(bot, "actor", "north-korea", 1, 3, 3, 40, 40, 40, 60);

        Assert.StartsWith(described, (await bot.SayAsync(typed)).Image!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_archive_is_told_without_a_picture()
    {
        await using var bot = await BotHarness.StartAsync();
        await CountAsync(bot, "actor", "north-korea", 60);
        var card = await bot.SayAsync("/trend north-korea weeks:4");

        Assert.Null(card.Image);
        Assert.Contains("no story about it since 7 May 2024", Assert.Single(card.Blocks.OfType<CardBlock.Paragraph>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_can_not_be_drawn_are_answered()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal("No name is given", (await bot.SayAsync("/trend , ,")).Title);
        Assert.Equal("6 names are too many for one picture", (await bot.SayAsync("/trend china, japan, russia, india, nepal, pakistan")).Title);
        Assert.Equal("Nobody and nothing called 'qqqq' is known", (await bot.SayAsync("/trend china vs qqqq")).Title);
        Assert.Equal("/trend was not run", (await bot.SayAsync("/trend china weeks:53")).Title);
        var menu = (await bot.SayAsync("/trend china vs kim weeks:12")).Menu!;
        Assert.Contains("/trend china, kim-jong-un weeks:12", menu.Choices.Select(c => c.Command));
    }

    [Fact]
    public async Task A_suggestion_keeps_the_names_before_it()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Contains("/trend north-korea vs china", bot.Get<CommandRouter>().Complete("/trend north-korea vs chin").Select(c => c.Line));
        Assert.Contains("north-korea, china", bot.Get<CommandRouter>().Commands.Single(c => c.Name == "trend").Options[0].Suggest!("north-korea, chin").Select(c => c.Value));
    }

    [Fact]
    public void A_name_that_no_font_has_gives_way_to_one_that_can_be_written()
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        // Nobody has fonts for the private use area.
        Assert.Equal("Kim Yung-ho", ChartFonts.Writing(["\uE123\uE124", "Kim Yung-ho", "kim-yung-ho"]).Name);
        Assert.Equal("\uE123", ChartFonts.Writing(["\uE123"]).Name);
    }

    [Fact]
    public void A_Korean_name_is_written_where_a_font_has_it_and_else_in_English()
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        var (name, font) = ChartFonts.Writing(["김영호", "Kim Yung-ho"]);
        var canWriteKorean = SKFontManager.Default.FontFamilies.Any(f => SKFontManager.Default.MatchFamily(f).ContainsGlyphs("김영호"));

        Assert.Equal(canWriteKorean ? "김영호" : "Kim Yung-ho", name);
        Assert.True(font.ContainsGlyphs(name));
    }

    [Fact]
    public void A_picture_comes_out_the_same_on_any_thread()
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        var trends = Enumerable.Range(0, 5).Select(Sample).ToList();
        var first = TrendChart.Draw(trends, isWeekly: false);
        Parallel.For(0, 8, _ => Assert.Equal(first, TrendChart.Draw(trends, isWeekly: false)));
    }

    private static Trend Sample(int number) => new(
        new NamedTag(new TagName(TagKind.Actor, $"actor-{number}"), $"Actor {number}"), [number == 4 ? "김영호" : $"Actor number {number}", $"actor-{number}"], new DateOnly(2024, 4, 9),
        [.. Enumerable.Range(0, 56).Select(d => (long)((d * (number + 3)) % (7 + number)))]);

    // Stories with one tag, this many days before today.
    private static async Task CountAsync(BotHarness bot, string kind, string slug, params int[] daysAgo)
    {
        await bot.AddFeedAsync($"/{slug}", Rss.Feed());
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        foreach (var (i, days) in daysAgo.Index())
        {
            var at = bot.Time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
            var id = await connection.ExecuteScalarAsync<long>(
                "INSERT INTO stories (story_key, title, body, feed_id, source, first_seen_at, sorted_at) VALUES (@Key, 't', 'b', (SELECT MAX(id) FROM feeds), 's', @At, @At) RETURNING id", new { Key = $"{slug}-{i}", At = at });
            await connection.ExecuteAsync(
                "INSERT INTO tags (story_id, kind, slug, salience, evidence, sorted_at) VALUES (@Id, @Kind, @Slug, 'main', '[]', @At)", new { Id = id, Kind = kind, Slug = slug, At = at });
        }
    }

    private static bool Has(SKBitmap picture, string colour) => picture.Pixels.Contains(SKColor.Parse(colour));

    private static IReadOnlyList<CardItem> Items(Card card) => card.Blocks.OfType<CardBlock.Items>().Single().Rows;
}
