using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack.Wire;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackCardRendererTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset At = new(2024, 6, 3, 18, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void An_alert_is_blocks_with_its_buttons() => Approved.Text("slack-message.json", Pretty(SlackCards.Renderer.Message(
        new Card("Kim <visits> *plant*")
        {
            Tone = CardTone.Alert,
            Link = "https://site.example/a?b=1&c=2",
            At = At,
            Image = new CardImage([1], "Stories per day"),
            Footer = "Daily *News* · because this channel follows missiles",
            Blocks =
            [
                new CardBlock.Paragraph("One.\n\nTwo: /latest."),
                new CardBlock.Excerpt("The leader Kim Yung-ho spoke.", 11, 11),
                new CardBlock.Items("Latest", [new CardItem("[단독] A_b", "https://site.example/1", "Daily", At), new CardItem("No link")]),
                new CardBlock.Facts([new CardFact("Office", "President"), new CardFact("Born", "1984")]),
            ],
            Menu = new CardMenu("Which Kim?", [new CardAction("Kim A", "/who kim-a") { Detail = "President" }, new CardAction("Kim B", "/who kim-b") { Replaces = true }]),
            Actions = [new CardAction("Who: Kim", "/who kim"), new CardAction("Next", "/latest kim 2") { Replaces = true }, new CardAction("Again", "/who kim")],
        },
        "F1")));

    [Fact]
    public void A_problem_says_that_it_is_one_and_spells_our_commands_as_Slack_does()
    {
        var message = SlackCards.Renderer.Message(Card.Problem("/feed add was not run", new CardBlock.Paragraph("See /feed list.")), null);

        Assert.Equal(":warning: /alertbot feed add was not run – See /alertbot feed list.", message.Text);
        Assert.Equal(":warning: \u200B*/alertbot feed add was not run*\u200B", Assert.IsType<Block.Section>(message.Blocks[0]).Text!.Text);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_said()
    {
        var message = SlackCards.Renderer.Message(Card.Answer("Long", new CardBlock.Items(null, [.. Enumerable.Range(0, 100).Select(i => new CardItem(new string('x', 200)))])) with { Footer = "Page 1" }, null);

        var note = Assert.IsType<Block.Context>(message.Blocks[^2]);
        Assert.Matches("^… [0-9]+ more lines left out$", note.Elements[0].Text);
        Assert.Equal("Page 1", Assert.IsType<Block.Context>(message.Blocks[^1]).Elements[0].Text);
    }

    [Fact]
    public void A_line_too_long_for_a_menu_is_a_button_and_one_too_long_for_a_button_is_left_out()
    {
        var longer = "/who " + new string('x', 150);
        var message = SlackCards.Renderer.Message(Card.Answer("A") with
        {
            Menu = new CardMenu("Which?", [new CardAction("Short", "/who x"), new CardAction("Longer", longer)]),
            Actions = [new CardAction("Too long", "/who " + new string('x', 2000))],
        }, null);

        var rows = message.Blocks.OfType<Block.Actions>().ToList();
        Assert.Equal("/who x", Assert.Single(Assert.IsType<Element.StaticSelect>(Assert.Single(rows[0].Elements)).Options).Value);
        Assert.Equal(longer, Assert.IsType<Element.Button>(Assert.Single(rows[1].Elements)).Value);
    }

    [Fact]
    public void A_forms_fields_bear_the_names_of_their_options()
    {
        var command = new CommandDescription("setup", "Sets up", new CommandOption("pack", "A pack") { Suggest = _ => [] }, new CommandOption("to", "A channel", OptionKind.Channel), new CommandOption("role", "A role", OptionKind.Role)) { Example = "setup" };
        var form = new CardForm("Set up", "/setup", [new FormField("pack", "Pack", "korea") { Required = true }, new FormField("to", "Channel", "slack:T1/C1"), new FormField("role", "Role"), new FormField("about", "About", "x") { Multiline = true, MaxLength = 9000 }]);

        var view = SlackCards.Renderer.Form(form, command, "meta", Card.Problem("No such pack"));

        Assert.Equal(("modal", "form", "meta"), (view.Type, view.CallbackId, view.PrivateMetadata));
        Assert.StartsWith(":warning:", Assert.IsType<Block.Section>(view.Blocks[0]).Text!.Text, StringComparison.Ordinal);
        var inputs = view.Blocks.OfType<Block.Input>().ToList();
        Assert.Equal(["pack", "to", "role", "about"], inputs.Select(i => i.BlockId));
        Assert.Equal([false, true, true, true], inputs.Select(i => i.Optional));
        Assert.Equal("korea", Assert.IsType<Element.ExternalSelect>(inputs[0].Element).InitialOption!.Value);
        Assert.Equal("C1", Assert.IsType<Element.ConversationsSelect>(inputs[1].Element).InitialConversation);
        Assert.Null(Assert.IsType<Element.ExternalSelect>(inputs[2].Element).InitialOption);
        Assert.Equal(new Element.TextInput("about", true, 3000) { InitialValue = "x" }, inputs[3].Element);
    }

    [Fact]
    public void No_id_is_twice_on_a_Home_tab()
    {
        var card = Card.Answer("A") with { Actions = [new CardAction("Who", "/who x"), new CardAction("Latest", "/latest")] };

        var view = SlackCards.Renderer.Home([.. Enumerable.Repeat(card, 60)]);

        Assert.InRange(view.Blocks.Count, 90, 100);
        var rows = view.Blocks.OfType<Block.Actions>().ToList();
        Assert.Distinct(rows.Select(r => r.BlockId));
        Assert.Distinct(rows.SelectMany(r => r.Elements).Select(e => e.ActionId));
        Assert.Contains(view.Blocks, b => b is Block.Divider);
    }

    private static string Pretty(SlackMessage message) =>
        JsonSerializer.Serialize(JsonSerializer.SerializeToElement(message, SlackJson.Default.SlackMessage), Readable) + "\n";
}
