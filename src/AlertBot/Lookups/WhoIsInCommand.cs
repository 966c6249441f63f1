using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/who-is-in: reads any text as a story of today and shows its actors, topics and quotes with what led to them. Nothing is stored.</summary>
internal sealed class WhoIsInCommand(KnowledgeBase knowledge, StoryTagger tagger, TimeProvider time) : IChatCommand
{
    private const string Text = "text";
    private const int LongestText = 6000;
    private const int LongestTitle = 150;
    private const int MostEvidence = 3;
    private const int MostQuotes = 5;
    private const int LongestQuote = 300;

    public CommandDescription Description { get; } = new(
        "who-is-in",
        "Show the actors, topics and quotes of any text, and what led to each",
        new CommandOption(Text, "The text; its first line is read as the headline where more follows", OptionKind.Rest) { Required = true })
    {
        Private = true,
        MessageMenu = "Who is in this?",
        Example = "who-is-in Kim Yung-ho, the unification minister, flew to Tokyo on Monday.",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var text = invocation[Text].ReplaceLineEndings("\n").Trim();
        return Task.FromResult(
            text.Length > LongestText ? Card.Problem("The text is too long", new CardBlock.Paragraph($"It has {text.Length} characters; at most {LongestText} are read at once. Send a part of it."))
            : !text.Any(char.IsLetter) ? Card.Problem("There are no words in it", new CardBlock.Paragraph("Send the text of a story or a message: a sentence or more."))
            : Describe(tagger.Tag(Read(text))));
    }

    private StoryText Read(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end is > 0 and <= LongestTitle
            ? new StoryText(text[..end].TrimEnd(), text[end..].Trim(), time.GetUtcNow())
            : new StoryText("", text, time.GetUtcNow());
    }

    private Card Describe(TaggedText tagged)
    {
        if (tagged.Tags.Count == 0 && tagged.Quotes.Count == 0)
        {
            return Card.Answer("Nobody known is in this text", new CardBlock.Paragraph("No actor, topic or quote was found in it. /who and the first letters of a name show whom the bot knows."));
        }

        var actors = tagged.Tags.Where(t => t.Name.Kind == TagKind.Actor).ToList();
        var topics = tagged.Tags.Where(t => t.Name.Kind == TagKind.Topic).OrderByDescending(t => t.Salience).ToList();
        return Card.Answer(
            $"In this text: {Count(actors.Count, "actor")}, {Count(topics.Count, "topic")}, {Count(tagged.Quotes.Count, "quote")}",
            [
                .. Block("It is about", actors.Where(t => t.Salience == Salience.Main).Select(Item)),
                .. Block("It mentions", actors.Where(t => t.Salience == Salience.Mentioned).Select(Item)),
                .. Block("Topics", topics.Select(Item)),
                .. Block(tagged.Quotes.Count > MostQuotes ? $"The first {MostQuotes} quotes" : "Quotes", tagged.Quotes.Take(MostQuotes).Select(q => Item(q, "“", "”"))),
                .. Block(tagged.Statements.Count > MostQuotes ? $"The first {MostQuotes} statements, in the story's words" : "Statements, in the story's words", tagged.Statements.Take(MostQuotes).Select(q => Item(q, "", ""))),
            ]) with
        {
            Topic = topics.FirstOrDefault()?.Name.Slug,
            Actions = [.. actors.Take(3).Select(t => new CardAction($"Who: {knowledge.NameOf(t.Name)}", $"/who {t.Name.Slug}"))],
        };
    }

    private static IEnumerable<CardBlock> Block(string heading, IEnumerable<CardItem> items)
    {
        if (items.ToList() is { Count: > 0 } rows)
        {
            yield return new CardBlock.Items(heading, rows);
        }
    }

    // The same words by the same rule are told once.
    private CardItem Item(Tag tag)
    {
        var because = tag.Evidence.Select(e => $"“{e.Text}” ({e.Rule})").Distinct().ToList();
        var more = because.Count > MostEvidence ? $" and {because.Count - MostEvidence} more" : "";
        return new CardItem(knowledge.NameOf(tag.Name), Detail: string.Join(", ", because.Take(MostEvidence)) + more);
    }

    private CardItem Item(Quote quote, string open, string close) => new(
        $"{open}{(quote.Text.Length <= LongestQuote ? quote.Text : quote.Text[..LongestQuote].TrimEnd() + "…")}{close}",
        Detail: (quote.Speaker is { } slug ? knowledge.FindActor(slug)?.Name : null) ?? quote.SpeakerName ?? "speaker unknown");

    private static string Count(int count, string what) => count switch
    {
        0 => $"no {what}",
        1 => $"1 {what}",
        _ => $"{count} {what}s",
    };
}
