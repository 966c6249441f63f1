using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/quotes: what somebody said, word for word, each with its outlet, time and link; the same words in several outlets are one.</summary>
internal sealed class QuotesCommand(KnowledgeBase knowledge, QuoteStore quotes, TimeProvider time) : IChatCommand
{
    private const string Topic = "topic";
    private const string About = "about";
    private const int PageSize = 6;
    private const int MostRead = 500;
    private const int MostOutlets = 5;

    public CommandDescription Description { get; } = new(
        "quotes",
        "Show what somebody said, word for word, with outlet, time and link",
        NameOption.Actor(knowledge),
        new CommandOption(Topic, "Only words in stories of this topic") { Suggest = typed => knowledge.SuggestNames(typed, 50).Where(s => s.Kind == TagKind.Topic).Select(s => new Choice(s.Slug, s.Label)) },
        new CommandOption(About, "Only words that name this actor") { Suggest = typed => knowledge.SuggestNames(typed, 50).Where(s => s.Kind == TagKind.Actor).Select(s => new Choice(s.Slug, s.Label)) },
        Period.SinceOption,
        Period.UntilOption,
        Pages.PageOption)
    {
        Example = "quotes kim-yung-ho about:north-korea since:2024",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (period, wrong) = Period.Of(invocation, now);
        var (topic, noTopic) = Given(invocation, Topic) is { } t ? NameOption.Find($"topic:{Bare(t)}", knowledge, today, n => Line(invocation, (Topic, n.Slug))) : default;
        var (about, noAbout) = Given(invocation, About) is { } a ? NameOption.FindActor(a, knowledge, today, n => Line(invocation, (About, n.Slug))) : default;
        var (speaker, nobody) = NameOption.FindActor(invocation[NameOption.Name], knowledge, today, n => Line(invocation, (NameOption.Name, n.Slug)));
        if ((nobody ?? noTopic ?? noAbout ?? wrong) is { } problem)
        {
            return problem;
        }

        var found = await quotes.FindAsync(new QuoteQuery(speaker!.Tag.Slug, period.From, period.To) { Topic = topic?.Tag.Slug, About = about?.Tag.Slug }, MostRead, cancellationToken);
        var folded = FoldedQuote.Of(found);
        var title = $"{speaker.Name}{(about is null ? "" : $" about {about.Name}")}{(topic is null ? "" : $" on {topic.Name}")}";
        CardAction[] next = [new CardAction($"Who is {speaker.Name}?", $"/who {speaker.Tag.Slug}"), new CardAction("Stories", $"/latest {speaker.Tag.Slug}")];
        if (folded.Count == 0)
        {
            return Told(Card.Answer(title, new CardBlock.Paragraph(
                $"The archive has no words of {speaker.Name}{(about is null && topic is null && period.IsAlways ? "" : " that fit")}. Only what outlets gave in quotation marks counts.")) with { Actions = next });
        }

        return Told(Pages.Show(Line(invocation), Pages.Of(invocation), PageSize, folded, Pages.Count(folded.Count, "quote", found.Count < MostRead), shown => Card.Answer(
            title, new CardBlock.Items("Newest first", [.. shown.Select(Item)])) with { Topic = topic?.Tag.Slug, Actions = next }));

        Card Told(Card card) => new[] { speaker, about, topic }.OfType<NamedTag>().Aggregate(card, (told, of) => of.Tell(told));
    }

    private static CardItem Item(FoldedQuote quote)
    {
        var also = quote.Also.Take(MostOutlets).ToList();
        var more = quote.Also.Count - also.Count;
        return new CardItem(
            $"“{quote.Words.Text}”", quote.Words.Link, also.Count == 0 ? quote.Words.Source : $"{quote.Words.Source}, also in {string.Join(", ", also)}{(more > 0 ? $" and {more} more" : "")}", quote.At);
    }

    private static string Line(CommandInvocation invocation, params (string Option, string Value)[] instead) =>
        Pages.Line("/quotes", [.. ((string[])[NameOption.Name, Topic, About, Period.Since, Period.Until]).Select(o => (o, instead.FirstOrDefault(i => i.Option == o).Value ?? invocation.Find(o)))]);

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;

    private static string Bare(string topic) => topic.StartsWith("topic:", StringComparison.OrdinalIgnoreCase) ? topic["topic:".Length..] : topic;
}
