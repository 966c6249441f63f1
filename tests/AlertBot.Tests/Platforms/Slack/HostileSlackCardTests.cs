using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack.Wire;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Whatever a card says, Slack takes the message, and nothing in it acts but what the renderer put there.</summary>
public sealed partial class HostileSlackCardTests
{
    [Fact]
    public void Every_message_keeps_all_limits() => HostileCards.Card.Sample(
        card =>
        {
            var message = SlackCards.Renderer.Message(card, card.Image is null ? null : "F1");

            Assert.InRange(message.Blocks.Count, 1, 50);
            Assert.InRange(message.Text.Length, 1, 4000);
            Assert.InRange(Texts(JsonSerializer.SerializeToElement(message, SlackJson.Default.SlackMessage)).Skip(1).Sum(t => t.Length), 1, 9500);
            Assert.All(message.Blocks.OfType<Block.Section>(), s => Assert.True(s.Text is null ? s.Fields!.Count is > 0 and <= 10 : s.Text.Text.Length is > 0 and <= 3000));
            Assert.All(message.Blocks.OfType<Block.Section>().SelectMany(s => s.Fields ?? []), f => Assert.InRange(f.Text.Length, 1, 2000));
            Assert.All(message.Blocks.OfType<Block.Header>(), h => Assert.InRange(h.Text.Text.Length, 1, 150));
            Assert.All(message.Blocks.OfType<Block.Actions>(), a => Assert.InRange(a.Elements.Count, 1, 25));
            Assert.Distinct(message.Blocks.OfType<Block.Actions>().SelectMany(a => a.Elements).Select(e => e.ActionId));
        },
        iter: 300);

    [Fact]
    public void Only_what_the_renderer_put_into_a_card_acts() => HostileCards.Card.Sample(
        card =>
        {
            var texts = Marked(JsonSerializer.SerializeToElement(SlackCards.Renderer.Message(card, null), SlackJson.Default.SlackMessage)).ToList();

            Assert.All(texts.SelectMany(t => Act().Matches(t)).Select(m => m.Value), act => Assert.Matches(@"^(<https?://(site|xn--[a-z0-9]+)\.example/[^<>|]*\|[^<>|]*>|<http://\[::1\]/x\|[^<>|]*>|<!date\^0\^[^<>|]*\|1970-01-01 00:00 UTC>|:warning:)$", act));
            Assert.DoesNotContain(texts, t => t.Any(ForeignCharacters.TurnsDirection) || t.Contains('`', StringComparison.Ordinal));
            Assert.DoesNotContain(texts, t => Entity().IsMatch(t));
        },
        iter: 300);

    [Fact]
    public void Every_form_keeps_all_limits() => HostileCards.Form.Sample(
        form =>
        {
            var view = SlackCards.Renderer.Form(form, SlackCards.Commands[^1], "");

            Assert.InRange(view.Title!.Text.Length, 1, 24);
            Assert.All(view.Blocks.OfType<Block.Input>(), i =>
            {
                Assert.InRange(i.Label.Text.Length, 1, 2000);
                Assert.True(i.Element is not Element.TextInput text || (text.MaxLength is >= 1 and <= 3000 && (text.InitialValue?.Length ?? 0) <= text.MaxLength));
            });
        },
        iter: 300);

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p is { Name: "text", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : Texts(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<string> Marked(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("type", out var type) && type.ValueEquals("mrkdwn") => [json.GetProperty("text").GetString()!],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Marked(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Marked),
        _ => [],
    };

    [GeneratedRegex("<[^>]*>?|:[a-z0-9_+'-]+:", RegexOptions.IgnoreCase)]
    private static partial Regex Act();

    // An ampersand that begins none.
    [GeneratedRegex("&(?!amp;|lt;|gt;)")]
    private static partial Regex Entity();
}
