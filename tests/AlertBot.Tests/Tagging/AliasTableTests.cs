using AlertBot.Knowledge;
using AlertBot.Tagging;
using AlertBot.Tagging.Reading;
using CsCheck;

namespace AlertBot.Tests.Tagging;

public sealed class AliasTableTests
{
    // Few words, so that names meet, begin alike and differ in case alone.
    private static readonly Gen<string> Words = Gen.OneOfConst("Kim", "Lee", "kim", "Jong-un", "Jongun", "UN", "un", "North", "the", "김", "中", "U.N.", "J.");

    private static readonly Gen<string> Names = Words.Array[1, 3].Select(words => string.Join(' ', words));

    private static readonly Gen<Actor> Actors = Gen.Select(
        Gen.Enum<ActorKind>(), Names, Names.Array[0, 3], Names.Array[0, 1], Names.Array[0, 1],
        (kind, name, aliases, demonyms, metonyms) => new Actor(name, name, kind, null, aliases, [], demonyms, null, metonyms));

    [Fact]
    public void A_table_that_was_changed_finds_what_one_built_anew_finds() =>
        Gen.Select(Actors.Array[1, 8], Actors.Array[1, 8], Gen.Int[0, 8].Array[0, 4], Words.Array[1, 30], Gen.Bool).Sample((actors, others, edited, words, isAnother) =>
        {
            var changed = actors.Select((actor, i) => !edited.Contains(i) || i >= others.Length ? actor : isAnother ? others[i] : Both(others[i], actor)).Concat(others.Skip(actors.Length)).ToList();
            var text = string.Join(' ', words);
            var before = new AliasTable(actors);
            var found = Described(before, text);

            return Described(before.With(changed), text) == Described(new AliasTable(changed), text) && Described(before, text) == found;
        });

    [Fact]
    public void An_actor_that_is_gone_from_the_middle_is_not_found()
    {
        var table = new AliasTable([Named("Ada Lovelace"), Named("Grace Hopper"), Named("Alan Turing")]).With([Named("Ada Lovelace"), Named("Alan Turing")]);

        Assert.Equal(["ada-lovelace", "alan-turing"], Found(table, "Ada Lovelace, Grace Hopper and Alan Turing").Select(match => match.Actor.Slug));
    }

    [Fact]
    public void So_many_names_as_a_thousand_changes_are_all_found()
    {
        var actors = Enumerable.Range(0, 3_000).Select(i => Named($"Actor{i}")).ToList();
        var table = new AliasTable(actors);
        foreach (var count in new[] { 1, 999, 1_000, 1_001, 3_000 })
        {
            var changed = actors.Select((actor, i) => i < count ? Named($"Changed{i}") : actor).ToList();

            var found = Found(table.With(changed), string.Join(' ', changed.Concat(actors.Take(count)).Select(actor => actor.Name)));

            Assert.Equal(changed, found.Select(match => match.Actor));
        }
    }

    private static Actor Both(Actor one, Actor other) =>
        one with { Aliases = [.. one.Aliases, .. other.Aliases, other.Name], Demonyms = [.. other.Demonyms, .. one.Demonyms], Metonyms = [.. one.Metonyms, .. other.Metonyms] };

    private static Actor Named(string name) =>
        new(name.ToLowerInvariant().Replace(' ', '-'), name, ActorKind.Person, null, [], [], [], null, []);

    private static string Described(AliasTable table, string text) =>
        string.Join('\n', Found(table, text).Select(match => $"{string.Join(", ", match.Others.Prepend(match).Select(name => $"{name.Actor.Slug} {name.Kind}"))} to {match.End}"));

    private static List<AliasMatch> Found(AliasTable table, string text)
    {
        var reading = TextReading.Of(TextSection.Body, text);
        return [.. Enumerable.Range(0, reading.Tokens.Length).Select(i => table.Longest(reading, i)).OfType<AliasMatch>()];
    }
}
