using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/who: a person, organisation or country: names, offices now and before, people, how often and with whom it is in the news, the latest words and stories.</summary>
internal sealed class WhoCommand(KnowledgeBase knowledge, TagStore tags, QuoteStore quotes, StoryStore stories, TimeProvider time) : IChatCommand
{
    private const int MostNames = 8;
    private const int MostInScript = 3;
    private const int MostWords = 3;
    private const int MostStories = 5;

    public CommandDescription Description { get; } = new("who", "Show a person, organisation or country: offices, company kept, latest stories", NameOption.Actor(knowledge))
    {
        Example = "who kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (found, problem) = NameOption.FindActor(invocation[NameOption.Name], knowledge, today, name => $"/who {name.Slug}");
        var snapshot = knowledge.Current;
        return found is not null && snapshot.FindActor(found.Tag.Slug) is { } actor ? found.Tell(await DescribeAsync(found, actor, snapshot, today, cancellationToken)) : problem!;
    }

    private async Task<Card> DescribeAsync(NamedTag named, Actor actor, KnowledgeSnapshot snapshot, DateOnly today, CancellationToken cancellationToken)
    {
        var mentions = await Mentions.ReadAsync(named, today, knowledge, tags, cancellationToken);
        var words = await quotes.LatestOfAsync(actor.Slug, 2 * MostWords, cancellationToken);
        var latest = await stories.NewestTaggedAsync(TagStore.KindOf(TagKind.Actor), actor.Slug, MostStories, cancellationToken);
        return Card.Answer(
            actor.Name,
            [
                new CardBlock.Facts([.. Facts(actor, snapshot), .. Offices.Affiliations(actor, snapshot, today)]),
                .. Offices.Of(actor, snapshot, today),
                Offices.PeopleOf(actor, snapshot, today, mentions.With),
                new CardBlock.Facts([.. mentions.Facts(knowledge)]),
                new CardBlock.Items("Latest words", [.. FoldedQuote.Of(words).Take(MostWords).Select(q => new CardItem($"“{q.Words.Text}”", q.Words.Link, q.Words.Source, q.At))]),
                StoryList.Of("Latest stories", latest),
            ]) with
        {
            At = mentions.Newest,
            Image = mentions.Chart,
            Topic = mentions.MainTopic,
            Actions =
            [
                new CardAction($"Follow {actor.Name}", $"/follow {actor.Slug}"), new CardAction("Quotes", $"/quotes {actor.Slug}"),
                new CardAction("Timeline", $"/timeline {actor.Slug}"), new CardAction("Stories", $"/latest {actor.Slug}"),
            ],
        };
    }

    private static IEnumerable<CardFact> Facts(Actor actor, KnowledgeSnapshot knowledge)
    {
        yield return new CardFact("Is", actor.Kind.ToString().ToLowerInvariant());
        // Spellings that differ in marks and spaces alone are one.
        var names = actor.Aliases.Concat(actor.Demonyms).DistinctBy(NameKey.Of).Where(n => NameKey.Of(n) != NameKey.Of(actor.Name)).ToLookup(n => Scripts.Of(n) is { } script && script != Scripts.Of(actor.Name));
        var scripts = Offices.CountriesOf(actor, knowledge).SelectMany(c => c.Scripts).ToHashSet();
        foreach (var some in names[true].GroupBy(n => scripts.Contains(Scripts.Of(n)!)).OrderByDescending(g => g.Key))
        {
            yield return new CardFact(some.Key ? "Native name" : "In other scripts", string.Join("; ", some.GroupBy(Scripts.Of).Select(s => $"{Offices.Some([.. s], MostInScript)} ({s.Key})")));
        }

        if (names[false].Any())
        {
            yield return new CardFact("Also called", Offices.Some([.. names[false]], MostNames));
        }

        if (actor.Capital is { } capital)
        {
            yield return new CardFact("Capital", capital);
        }
    }
}
