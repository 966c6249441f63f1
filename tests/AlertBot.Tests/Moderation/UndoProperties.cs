using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Moderation;

public sealed class UndoProperties
{
    private static readonly Gen<string> Slug = Gen.OneOfConst("kim-yung-ho", "moon-jae-in", "hong-gil-dong", "pak-mun-su");

    private static readonly Gen<string> Edit = Gen.OneOf(
        Gen.Select(Slug, Gen.Int[1, 3], (slug, n) => $"/actor alias {slug} add:Nickname {slug[..2]} {n} apply:yes"),
        Gen.Select(Slug, Gen.Int[1, 3], (slug, n) => $"/actor alias {slug} remove:Nickname {slug[..2]} {n} apply:yes"),
        Gen.Select(Slug, Gen.Int[1, 3], (slug, n) => $"/actor set {slug} name:\"Name {slug[..2]} {n}\" apply:yes"),
        Gen.OneOfConst("/actor add \"Hong Gil-dong\" aliases:Hong Gil Dong apply:yes", "/actor add \"Pak Mun-su\" surname:Pak apply:yes"),
        Slug.Select(slug => $"/actor remove {slug} apply:yes"),
        Gen.Select(Slug, Slug, (from, into) => $"/actor merge {from} {into} apply:yes"),
        Gen.Int[1, 9].Select(n => $"/topics set sanctions threshold:{n}"),
        Gen.Int[1, 3].Select(n => $"/topics phrase sanctions add:asset grab {n} apply:yes"),
        Gen.OneOfConst("/topics remove sanctions", "/topics add Whaling phrases:whaling"));

    // Undoing comes as often as editing; what it means is settled by what is there then.
    private static readonly Gen<(string? Edit, int Undo)[]> Story = Gen.OneOf(Edit.Select(e => ((string?)e, 0)), Gen.Int[0, 1000].Select(n => ((string?)null, n))).Array[5, 24];

    [Fact]
    public void After_any_edits_and_undos_what_is_known_is_what_the_remaining_edits_give() => Story.Sample(
        story => KnownAfterAsync(story).GetAwaiter().GetResult(), iter: 12, threads: 1);

    private static async Task<bool> KnownAfterAsync((string? Edit, int Undo)[] story)
    {
        await using var bot = await BotHarness.StartAsync();
        var lines = new SortedDictionary<long, string>();
        foreach (var (edit, undo) in story)
        {
            var before = await LastAsync(bot);
            await bot.SayAsync(edit ?? $"/undo {undo % (before + 1)} apply:yes");
            if (edit is not null && await LastAsync(bot) > before)
            {
                lines.Add(before + 1, edit);
            }
        }

        var remaining = new List<string>();
        foreach (var (number, line) in lines)
        {
            if ((await bot.Get<ChangeLog>().FindAsync(number, null, bot.Token))!.Stands)
            {
                remaining.Add(line);
            }
        }

        var known = Written(bot);
        await bot.RestartAsync();
        Assert.Equal(known, Written(bot));

        await using var other = await BotHarness.StartAsync();
        foreach (var line in remaining)
        {
            var card = await other.SayAsync(line);
            Assert.True(card.Tone == CardTone.Answer, $"{line}: {card.Text()}");
        }

        Assert.Equal(Written(other), known);
        return true;
    }

    // In whatever order the actors stand.
    private static string Written(BotHarness bot)
    {
        var known = bot.Get<KnowledgeBase>().Current;
        return new KnowledgeSnapshot([.. known.Actors.OrderBy(a => a.Slug, StringComparer.Ordinal)], [.. known.Topics.OrderBy(t => t.Slug, StringComparer.Ordinal)]).Hash
            + string.Join(' ', known.Merged.OrderBy(m => m.Key, StringComparer.Ordinal));
    }

    private static async Task<long> LastAsync(BotHarness bot) => (await bot.QueryAsync<long>("SELECT COALESCE(MAX(id), 0) FROM changes"))[0];
}
