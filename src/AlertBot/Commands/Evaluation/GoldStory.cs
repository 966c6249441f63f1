using AlertBot.Tagging;

namespace AlertBot.Commands.Evaluation;

/// <summary>A story with what people found in it.</summary>
/// <param name="Text">Null where it was not asked for.</param>
internal sealed record GoldStory(StoryLabels Labels, string Title, IReadOnlyList<string> Traps, StoryText? Text)
{
    /// <summary>Gives the fault of a line that holds no such story.</summary>
    public static string? Read(string line, bool withText, out GoldStory? gold)
    {
        gold = null;
        StoryText? text = null;
        if (StoryLine.Read<Line>(line, out var read) is { } fault)
        {
            return fault;
        }

        if (read?.Id is null)
        {
            return "'id' is missing";
        }

        if (withText && new StoryLine(read.Id, read.Title, read.Body, read.Published).Read(out text) is { } wrong)
        {
            return wrong;
        }

        if (read is { Actors: null, Topics: null, Mentions: null, Quotes: null })
        {
            return "the story has no labels: give it 'actors', 'topics', 'mentions' or 'quotes'";
        }

        if (read.Mentions?.Any(mention => mention.Start is null) == true || read.Quotes?.Any(quote => quote.Start is null || quote.Text is null) == true)
        {
            return "a mention or quote lacks its 'start' or 'text'";
        }

        gold = new GoldStory(new StoryLabels(read.Id, read.Actors, read.Topics, read.Mentions, read.Quotes), read.Title ?? "", read.Traps ?? [], text);
        return null;
    }

    private sealed record Line(
        string? Id,
        string? Title,
        string? Body,
        string? Published,
        IReadOnlyList<string>? Traps,
        IReadOnlyList<ActorLabel>? Actors,
        IReadOnlyList<string>? Topics,
        IReadOnlyList<MentionLabel>? Mentions,
        IReadOnlyList<QuoteLabel>? Quotes);
}
