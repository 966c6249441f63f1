using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Wire;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Platforms.Discord;

/// <summary>Whatever a card says, Discord takes the message, and nothing in it acts but what the renderer put there.</summary>
public sealed partial class HostileCardTests
{
    [Fact]
    public void Every_message_keeps_all_limits() =>
        HostileCards.Card.Sample(card => Assert.Empty(DiscordLimits.FaultsOf(DiscordCardRenderer.Render(card).Message)), iter: 300);

    [Fact]
    public void Every_form_keeps_all_limits() =>
        HostileCards.Form.Sample(form => Assert.Empty(DiscordLimits.FaultsOf(DiscordCardRenderer.Render(form).Modal)), iter: 300);

    [Fact]
    public void Nothing_acts_in_foreign_text() =>
        Gen.Select(HostileCards.Text, Gen.Int[1, 300]).Sample((text, most) => Assert.Empty(DiscordMarkdown.ActsOf(DiscordText.Markdown(text).Cut(most))), iter: 5000);

    [Fact]
    public void Foreign_text_is_cut_between_whole_characters_and_their_escapes() =>
        Gen.Select(HostileCards.Text, Gen.Int[1, 300]).Sample((text, most) =>
        {
            var whole = Shown(DiscordText.Plain(text).Cut(int.MaxValue));
            var cut = DiscordText.Markdown(text).Cut(most);
            Assert.True(cut.Length <= most);

            var shown = Shown(Escapes().Replace(cut.EndsWith('…') ? cut[..^1] : cut, "$1"));
            Assert.StartsWith(shown, whole, StringComparison.Ordinal);
            Assert.Contains(shown.Length, StringInfo.ParseCombiningCharacters(whole).Append(whole.Length));
        }, iter: 5000);

    [Fact]
    public void Only_what_the_renderer_put_into_a_card_acts() =>
        HostileCards.Card.Sample(card =>
        {
            var embed = DiscordCardRenderer.Render(card).Message.Embeds[0];

            Assert.Empty(DiscordMarkdown.ActsOf(embed.Title!));
            Assert.Empty((embed.Fields ?? []).SelectMany(f => DiscordMarkdown.ActsOf(f.Name).Concat(DiscordMarkdown.ActsOf(f.Value))));
            Assert.All(DiscordMarkdown.ActsOf(embed.Description ?? ""), act => Assert.Matches(@"^(bold|list|quote|small|time <t:0:R>|link https?://(site|xn--[a-z0-9]+)\.example/.*|link http://\[::1\]/x)$", act));
            Assert.Equal(embed.Description?.Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal)) ?? 0, DiscordMarkdown.ActsOf(embed.Description ?? "").Count(a => a == "list"));
        }, iter: 300);

    [Fact]
    public void No_message_calls_everybody_or_turns_the_reading_direction() =>
        HostileCards.Card.Sample(card =>
        {
            var texts = Texts(JsonSerializer.SerializeToElement(DiscordCardRenderer.Render(card).Message with { Components = [] }, MessageJson.Default.DiscordMessage)).ToList();

            Assert.NotEmpty(texts);
            Assert.DoesNotContain(texts, t => t.Contains("@everyone", StringComparison.OrdinalIgnoreCase) || t.Contains("@here", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(texts, t => t.Any(ForeignCharacters.TurnsDirection));
        }, iter: 300);

    [Fact]
    public void Every_id_reads_back_as_the_command_that_it_stands_for() =>
        HostileCards.Card.Sample(card =>
        {
            var rendered = DiscordCardRenderer.Render(card);
            var components = rendered.Message.Components.Cast<ActionRow>().SelectMany(r => r.Components).ToList();
            var lines = card.Actions.Concat(card.Menu!.Choices).Select(a => DiscordText.Clean(a.Command).Trim()).ToHashSet();
            var ids = components.OfType<Button>().Select(b => b.CustomId).Concat(components.OfType<SelectMenu>().SelectMany(m => m.Options.Select(o => o.Value)));

            Assert.All(ids.Select(CustomId.Parse), id => Assert.Contains(id!.IsKey ? rendered.LongCommands.Single(l => l.Key == id.Text).Line : id.Text, lines));
        }, iter: 300);

    [Fact]
    public void Any_address_gives_a_link_that_keeps_within_its_brackets_or_none() =>
        Gen.OneOf(Gen.Const("https://__\uAC01"), HostileCards.Link.Select(l => l ?? ""), HostileCards.Text.Select(t => "https://site.example/" + t), HostileCards.Text.Select(t => "https://" + t), Gen.String.Select(t => "http://" + t)).Sample(address =>
        {
            var link = WebLink.Of(address);
            Assert.True(link is null || (Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && link.All(c => c is > ' ' and < '\u007F' and not ('(' or ')' or '<' or '>' or '"' or '\\'))));
        }, iter: 5000);

    [Theory]
    [InlineData("@everyone")]
    [InlineData("a <@1>")]
    [InlineData("<t:1:R>")]
    [InlineData("</who:1>")]
    [InlineData("<:a:1>")]
    [InlineData(":smile:")]
    [InlineData("[a](https://evil.example)")]
    [InlineData(@"[a](<https://site.example>) \](https://evil.example)")]
    [InlineData("https://evil.example")]
    [InlineData("**a**")]
    [InlineData("a\n- b")]
    [InlineData("> a")]
    [InlineData("-# a")]
    [InlineData("`a`")]
    [InlineData("||a||")]
    public void What_acts_is_seen_where_it_is_not_made_harmless(string text)
    {
        Assert.NotEmpty(DiscordMarkdown.ActsOf(text));
        Assert.Empty(DiscordMarkdown.ActsOf(DiscordText.Markdown(text).Cut(200)));
    }

    [Fact]
    public void A_message_that_breaks_the_limits_is_caught()
    {
        var fact = new EmbedField("n", new string('x', 1000), null);
        var button = new Button(ButtonStyle.Secondary, "", "c:/who");
        var message = new DiscordMessage
        {
            Embeds = [new Embed { Title = new string('x', 257), Description = " ", Fields = [.. Enumerable.Repeat(fact, 26)] }],
            Components = [.. Enumerable.Repeat(new ActionRow([.. Enumerable.Repeat(button, 6)]), 6)],
        };

        var faults = DiscordLimits.FaultsOf(message).ToList();
        List<string> expected = ["title of 257", "description of 1", "26 fields", "26284 characters", "6 rows", "6 in a row", "c:/who is there twice", "label of 0"];
        Assert.All(expected, e => Assert.Contains(faults, f => f.StartsWith(e, StringComparison.Ordinal)));
    }

    private static string Shown(string text) => text.Replace("\u200B", "", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    [GeneratedRegex(@"\\([^0-9A-Za-z\s])")]
    private static partial Regex Escapes();
}
