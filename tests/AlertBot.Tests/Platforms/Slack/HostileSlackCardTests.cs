using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Wire;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Whatever a card says, Slack takes the message, and nothing in it acts but what the renderer put there.</summary>
public sealed partial class HostileSlackCardTests
{
    private const int MostBlockText = 9500;

    [Fact]
    public void Every_message_keeps_all_limits() => HostileCards.Card.Sample(
        card =>
        {
            var message = Json(SlackCards.Renderer.Message(card, card.Image is null ? null : "F1"));

            Assert.Null(MessageRules.Check(message));
            Assert.InRange(message["text"]!.GetValue<string>().Length, 1, 4000);
            Assert.InRange(MessageRules.BlockText(message["blocks"]), 1, MostBlockText);
        },
        iter: 300);

    [Fact]
    public void Every_modal_and_every_Home_tab_keeps_all_limits() => HostileCards.Card.Array[1, 12].Sample(
        cards =>
        {
            Assert.Empty(ViewRules.Check(Json(SlackCards.Renderer.Modal(cards[0]))));
            Assert.Empty(ViewRules.Check(Json(SlackCards.Renderer.Home(cards))));
        },
        iter: 100);

    [Fact]
    public void Every_form_keeps_all_limits() => Gen.Select(HostileCards.Form, HostileCards.Card).Sample(
        (form, problem) =>
        {
            var command = new CommandDescription("feed set", "Sets", new CommandOption("url", "A feed") { Suggest = _ => [] }, new CommandOption("x", "A channel", OptionKind.Channel), new CommandOption("y", "A role", OptionKind.Role)) { Example = "feed set" };

            Assert.Empty(ViewRules.Check(Json(SlackCards.Renderer.Form(form, command, "meta"))));
            Assert.Empty(ViewRules.Check(Json(SlackCards.Renderer.Form(form, command, "meta", problem))));
        },
        iter: 300);

    [Fact]
    public void Nothing_acts_in_foreign_text() => Gen.Select(HostileCards.Text, Gen.Int[1, 300]).Sample(
        (text, most) =>
        {
            var shown = SlackText.Markup(text).Cut(most);

            Assert.Empty(TextRules.ActsOf(shown));
            Assert.True(shown.Length <= most);
            Assert.DoesNotMatch(NoEntity(), shown);
            Assert.DoesNotContain(shown.EnumerateRunes(), r => r.Value == 0 || (r.IsBmp && ForeignCharacters.TurnsDirection((char)r.Value)));
        },
        iter: 5000);

    [Fact]
    public void Only_what_the_renderer_put_into_a_card_acts() => HostileCards.Card.Sample(
        card => Assert.All(
            Marked(Json(SlackCards.Renderer.Message(card, null))).SelectMany(t => TextRules.ActsOf(t)),
            act => Assert.Matches(@"^(bold|quote|emoji :warning:|time <!date\^0\^[^<>|]*\|1970-01-01 00:00 UTC>|link https?://(site|xn--[a-z0-9]+)\.example/[^<>|]*|link http://\[::1\]/x)( in bold)?$", act)),
        iter: 300);

    private static JsonNode Json(SlackMessage message) => JsonSerializer.SerializeToNode(message, SlackJson.Default.SlackMessage)!;

    private static JsonNode Json(SlackView view) => JsonSerializer.SerializeToNode(view, SlackJson.Default.SlackView)!;

    private static IEnumerable<string> Marked(JsonNode? node) => node switch
    {
        JsonObject map when map["type"]?.GetValue<string>() == "mrkdwn" => [map["text"]!.GetValue<string>()],
        JsonObject map => map.SelectMany(p => Marked(p.Value)),
        JsonArray list => list.SelectMany(Marked),
        _ => [],
    };

    // An ampersand that begins none.
    [GeneratedRegex("&(?!amp;|lt;|gt;)")]
    private static partial Regex NoEntity();
}
