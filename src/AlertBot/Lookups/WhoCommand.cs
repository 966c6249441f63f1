using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/who: a person, organisation or country, the offices held, the company kept, the latest words and stories.</summary>
internal sealed class WhoCommand(KnowledgeBase knowledge, TagStore tags, QuoteStore quotes, StoryStore stories, TimeProvider time) : IChatCommand
{
    private const int MostOften = 5;

    public CommandDescription Description { get; } = new("who", "Show a person, organisation or country: offices, company kept, latest stories", NameOption.Actor(knowledge))
    {
        Example = "who kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[NameOption.Name].Trim();
        return knowledge.ResolveActors(typed) switch
        {
            [] => NameOption.Unknown(typed, [.. knowledge.DidYouMean(typed, 10).Where(s => s.Kind == TagKind.Actor)], Command),
            [var actor] => await DescribeAsync(actor, cancellationToken),
            var several => NameOption.Ambiguous(typed, several, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), Command),
        };

        static string Command(TagName name) => $"/who {name.Slug}";
    }

    private async Task<Card> DescribeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var name = new TagName(TagKind.Actor, actor.Slug);
        var (count, newest) = await tags.CountAsync(name, cancellationToken);
        var company = await tags.OftenWithAsync(name, count, cancellationToken);
        var words = await quotes.LatestOfAsync(actor.Slug, 3, cancellationToken);
        var latest = await stories.NewestTaggedAsync(TagStore.KindOf(TagKind.Actor), actor.Slug, 5, cancellationToken);
        return Card.Answer(
            actor.Name,
            new CardBlock.Facts([.. Facts(actor), new CardFact("In the archive", count == 0 ? "no story yet" : StoryList.Count(count))]),
            new CardBlock.Items("Most often with", [.. company.Where(c => c.Name.Kind == TagKind.Actor).Take(MostOften).Select(Item)]),
            new CardBlock.Items("Topics", [.. company.Where(c => c.Name.Kind == TagKind.Topic).Take(MostOften).Select(Item)]),
            new CardBlock.Items("Latest words", [.. words.Select(q => new CardItem($"“{q.Text}”", q.Link, q.Source, q.At))]),
            StoryList.Of("Latest stories", latest)) with
        {
            At = newest,
            Topic = company.FirstOrDefault(c => c.Name.Kind == TagKind.Topic)?.Name.Slug,
            Actions = [new CardAction($"Follow {actor.Name}", $"/follow {actor.Slug}"), new CardAction("More stories", $"/latest {actor.Slug}")],
        };
    }

    private IEnumerable<CardFact> Facts(Actor actor)
    {
        yield return new CardFact("Is", actor.Kind.ToString().ToLowerInvariant());
        foreach (var (title, dates) in Offices.Of(actor, knowledge))
        {
            yield return new CardFact(title, dates.Length > 0 ? dates : "undated");
        }

        if (actor.Capital is { } capital)
        {
            yield return new CardFact("Capital", capital);
        }

        var aliases = actor.Aliases.Where(a => a != actor.Name).Concat(actor.Demonyms).ToList();
        if (aliases.Count > 0)
        {
            yield return new CardFact("Also called", string.Join(", ", aliases));
        }
    }

    private CardItem Item(TagCount count) => new(knowledge.NameOf(count.Name), Detail: StoryList.Count(count.Stories));
}
