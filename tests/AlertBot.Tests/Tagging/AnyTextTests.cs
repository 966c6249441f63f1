using AlertBot.Tagging;
using CsCheck;

namespace AlertBot.Tests.Tagging;

public sealed class AnyTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOfConst(
        "Kim", "Kim Jong Un", "“", "”", "\"", "said", "the North", "Seoul", "to", "from", "in", ",", ".", "'s", "President", "minister", "of", "South Korea",
        "U.S.", "'", "-", "—", "\n\n", "By", "©", "Park", "May", "Moon", "his", "told", "Georgia", "(", ")", "/", "🙂", "김정은은", "é", "prime minister-elect", "the", " ")
        .Array[0, 60].Select(Gen.Bool, (words, isSpaced) => string.Join(isSpaced ? " " : "", words));

    [Fact]
    public void Whatever_the_text_everything_found_stands_where_it_is_said_to_stand() =>
        Texts.Sample(body =>
        {
            var tagged = Tagged.Story(body, body);
            return tagged.Mentions.All(mention => IsAt(body, mention.Start, mention.Text))
                && tagged.Quotes.All(quote => IsAt(body, quote.Start, quote.Text))
                && tagged.Tags.All(tag => tag.Evidence.Count > 0 && tag.Evidence.All(evidence => IsAt(body, evidence.Start, evidence.Text) && evidence.Sentence.Contains(evidence.Text, StringComparison.Ordinal)));
        });

    [Fact]
    public void The_same_story_gets_the_same_answer() =>
        Texts.Sample(body => Described(Tagged.Story(body, body)) == Described(Tagged.Story(body, body)));

    [Fact]
    public void A_text_without_end_is_read_at_its_beginning_alone()
    {
        var tagged = Tagged.Body("Vladimir Putin left Japan. " + string.Concat(Enumerable.Repeat("Kim said to Seoul, \"a ", 20_000)));

        Assert.Contains(tagged.Tags, tag => tag.Name.Slug == "vladimir-putin");
        Assert.All(tagged.Mentions, mention => Assert.InRange(mention.Start, 0, 40_000));
    }

    private static bool IsAt(string text, int start, string words) => string.CompareOrdinal(text, start, words, 0, words.Length) == 0;

    private static string Described(TaggedText tagged) =>
        string.Join('\n', [.. tagged.Tags.Select(tag => $"{tag.Name} {tag.Salience} {tag.Evidence.Count}"), .. tagged.Mentions.Select(mention => mention.ToString()), .. tagged.Quotes.Select(quote => quote.ToString())]);
}
