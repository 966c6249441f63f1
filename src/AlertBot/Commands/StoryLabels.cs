using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Commands;

/// <summary>
/// What a story is about, as one JSON line says it: the answer of <c>alertbot tag</c> and the labels of a gold set alike. A list
/// that is null is not said. Offsets count Unicode code points in the body.
/// </summary>
internal sealed record StoryLabels(
    string? Id,
    IReadOnlyList<ActorLabel>? Actors,
    IReadOnlyList<string>? Topics,
    IReadOnlyList<MentionLabel>? Mentions,
    IReadOnlyList<QuoteLabel>? Quotes,
    IReadOnlyList<QuoteLabel>? Statements = null,
    IReadOnlyList<EvidenceLabel>? Evidence = null)
{
    public static StoryLabels Of(string id, StoryText story, TaggedText tagged)
    {
        var points = new CodePoints(story.Body);
        var titlePoints = new CodePoints(story.Title);
        return new StoryLabels(
            id,
            [
                .. tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Actor)
                    .Select(tag => new ActorLabel(tag.Name.Slug, tag.Salience == Tagging.Salience.Main ? ActorLabel.Main : "mentioned")),
            ],
            [.. tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Topic).Select(tag => tag.Name.Slug)],
            [
                .. tagged.Mentions.Where(mention => mention.Section == TextSection.Body)
                    .Select(mention => new MentionLabel(points.At(mention.Start), points.At(mention.Start + mention.Text.Length), mention.Text, mention.Slug, mention.Rule, mention.Candidates.Count > 0 ? mention.Candidates : null)),
            ],
            QuotesOf(tagged.Quotes),
            QuotesOf(tagged.Statements),
            [.. tagged.Tags.SelectMany(tag => tag.Evidence, (tag, evidence) => EvidenceOf(tag, evidence))]);

        List<QuoteLabel> QuotesOf(IReadOnlyList<Quote> quotes) =>
        [
            .. quotes.Where(quote => quote.Section == TextSection.Body)
                .Select(quote => new QuoteLabel(points.At(quote.Start), points.At(quote.Start + quote.Text.Length), quote.Text, quote.Speaker, quote.SpeakerName, quote.Rule)),
        ];

        EvidenceLabel EvidenceOf(Tag tag, Evidence evidence)
        {
            var of = evidence.Section == TextSection.Title ? titlePoints : points;
            return new EvidenceLabel(tag.Name.Slug, evidence.Section == TextSection.Title ? "title" : "body", of.At(evidence.Start), of.At(evidence.Start + evidence.Text.Length), evidence.Text, evidence.Rule);
        }
    }

    /// <summary>Turns offsets in UTF-16 units into offsets in code points.</summary>
    private sealed class CodePoints(string text)
    {
        private readonly int[] _lowSurrogates = [.. Enumerable.Range(0, text.Length).Where(i => char.IsLowSurrogate(text[i]))];

        public int At(int offset)
        {
            var before = Array.BinarySearch(_lowSurrogates, offset);
            return offset - (before < 0 ? ~before : before);
        }
    }
}

/// <summary>An actor of a story. Read from a bare slug, too.</summary>
/// <param name="Salience">Null where it is not said.</param>
[JsonConverter(typeof(ActorLabelReader))]
internal sealed record ActorLabel(string Slug, string? Salience)
{
    public const string Main = "main";
}

/// <summary>A stretch of the body that may name an actor.</summary>
/// <param name="Slug">Null where it names none.</param>
/// <param name="Candidates">Who else was weighed; null where there was no doubt.</param>
internal sealed record MentionLabel(
    int? Start,
    int? End,
    string? Text,
    string? Slug,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rule = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Candidate>? Candidates = null);

/// <summary>Words of somebody in the body.</summary>
/// <param name="Speaker">The slug; null where it is no known actor.</param>
internal sealed record QuoteLabel(
    int? Start,
    int? End,
    string? Text,
    string? Speaker,
    string? SpeakerName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rule = null);

/// <summary>The characters that made a tag.</summary>
/// <param name="Tag">The slug of the actor or topic.</param>
/// <param name="Section">title or body: which text the offsets count in.</param>
internal sealed record EvidenceLabel(string Tag, string Section, int Start, int End, string Text, string Rule);

internal sealed class ActorLabelReader : JsonConverter<ActorLabel>
{
    public override ActorLabel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ActorLabel(reader.GetString()!, null);
        }

        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object && TextOf(json.RootElement, "slug") is { } slug
            ? new ActorLabel(slug, TextOf(json.RootElement, "salience"))
            : throw new JsonException();

        static string? TextOf(JsonElement of, string key) => of.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    public override void Write(Utf8JsonWriter writer, ActorLabel value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("slug", value.Slug);
        writer.WriteString("salience", value.Salience);
        writer.WriteEndObject();
    }
}
