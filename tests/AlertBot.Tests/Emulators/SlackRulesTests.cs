using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Rules;

namespace AlertBot.Tests.Emulators;

/// <summary>Good and bad blocks, views and messages, told apart as Slack tells them apart.</summary>
public sealed class SlackRulesTests
{
    private const string Label = """{"type":"plain_text","text":"L","emoji":false}""";
    private const string Choice = """{"text":{"type":"plain_text","text":"One"},"value":"1"}""";

    [Theory]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"*a*","verbatim":true},"block_id":"b"}""")]
    [InlineData("""{"type":"section","fields":[{"type":"mrkdwn","text":"a"}],"accessory":{"type":"image","image_url":"https://x.test/a.png","alt_text":"a"}}""")]
    [InlineData("""{"type":"header","text":LABEL}""")]
    [InlineData("""{"type":"context","elements":[{"type":"mrkdwn","text":"a"},{"type":"image","slack_file":{"id":"F1"},"alt_text":"a"}]}""")]
    [InlineData("""{"type":"divider"}""")]
    [InlineData("""{"type":"image","slack_file":{"id":"F1"},"alt_text":"a"}""")]
    [InlineData("""{"type":"image","image_url":"https://x.test/a.png","alt_text":"a","title":LABEL}""")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}""")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":LABEL,"value":"v","style":"danger"},{"type":"overflow","action_id":"b","options":[CHOICE]}]}""")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","action_id":"a","placeholder":LABEL,"options":[CHOICE],"initial_option":CHOICE}]}""")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"plain_text_input","action_id":"a","multiline":true,"max_length":3000,"initial_value":"x"},"optional":true,"hint":LABEL}""")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"external_select","action_id":"a","placeholder":LABEL,"min_query_length":0}}""")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"multi_conversations_select","action_id":"a","filter":{"include":["public"]}}}""")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"checkboxes","action_id":"a","options":[CHOICE]}}""")]
    public void Good_blocks_pass(string block) =>
        Assert.Empty(BlockRules.Check(Blocks(block), Surface.Message));

    [Theory]
    [InlineData("""{"type":"banner"}""", "unsupported type: banner [json-pointer:/blocks/0]")]
    [InlineData("""{"text":LABEL}""", "missing required field: type [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"section"}""", "must have text or fields [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"section","text":LABEL,"colour":"red"}""", "invalid additional property: colour [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"section","text":"a"}""", "missing required field: type [json-pointer:/blocks/0/text]")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":""}}""", "must be more than 0 characters [json-pointer:/blocks/0/text/text]")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"a","emoji":true}}""", "invalid additional property: emoji [json-pointer:/blocks/0/text]")]
    [InlineData("""{"type":"section","text":LABEL,"accessory":{"type":"plain_text_input","action_id":"a"}}""", "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]")]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"a"}}""", "unsupported type: mrkdwn [json-pointer:/blocks/0/text]")]
    [InlineData("""{"type":"context","elements":[]}""", "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]")]
    [InlineData("""{"type":"divider","block_id":7}""", "must provide a string [json-pointer:/blocks/0/block_id]")]
    [InlineData("""{"type":"image","image_url":"https://x.test/a.png"}""", "missing required field: alt_text [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"image","alt_text":"a"}""", "must have either image_url or slack_file [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":LABEL,"url":"feed"}]}""", "must be a valid URL [json-pointer:/blocks/0/elements/0/url]")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":LABEL,"style":"link"}]}""", "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":LABEL},{"type":"button","action_id":"a","text":LABEL}]}""", "action_id already exists: a [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"actions","elements":[{"type":"overflow","options":[]}]}""", "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select"}]}""", "must have either options or option_groups [json-pointer:/blocks/0/elements/0]")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[CHOICE],"initial_option":{"text":LABEL,"value":"1"}}]}""", "initial_option was not found in the options [json-pointer:/blocks/0/elements/0]")]
    [InlineData("""{"type":"actions","elements":[{"type":"conversations_select","response_url_enabled":true}]}""", "response_url_enabled is for modals [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"button","text":LABEL}}""", "unsupported type: button [json-pointer:/blocks/0/element]")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"plain_text_input","max_length":3001}}""", "must be a whole number from 1 to 3000 [json-pointer:/blocks/0/element/max_length]")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"plain_text_input","max_length":2,"initial_value":"abc"}}""", "must be from 0 to 2 characters [json-pointer:/blocks/0/element/initial_value]")]
    [InlineData("""{"type":"input","label":LABEL,"element":{"type":"plain_text_input"},"optional":"yes"}""", "must provide a boolean [json-pointer:/blocks/0/optional]")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"text","text":"a"}]}""", "unsupported type: text [json-pointer:/blocks/0/elements/0]")]
    public void Bad_blocks_are_named_with_their_place(string block, string fault) =>
        Assert.Equal([fault], BlockRules.Check(Blocks(block), Surface.Message));

    [Theory]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"TEXT"}}""", 3000)]
    [InlineData("""{"type":"section","fields":[{"type":"mrkdwn","text":"TEXT"}]}""", 2000)]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"TEXT"}}""", 150)]
    [InlineData("""{"type":"divider","block_id":"TEXT"}""", 255)]
    [InlineData("""{"type":"image","slack_file":{"id":"F1"},"alt_text":"TEXT"}""", 2000)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"TEXT"}}]}""", 75)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":LABEL,"value":"TEXT"}]}""", 2000)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":LABEL,"action_id":"TEXT"}]}""", 255)]
    [InlineData("""{"type":"actions","elements":[{"type":"external_select","placeholder":{"type":"plain_text","text":"TEXT"}}]}""", 150)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"text":{"type":"plain_text","text":"TEXT"},"value":"1"}]}]}""", 75)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[{"text":LABEL,"value":"TEXT"}]}]}""", 150)]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"TEXT"},"element":{"type":"plain_text_input"}}""", 2000)]
    public void A_text_may_be_just_so_long(string block, int most)
    {
        Assert.Empty(BlockRules.Check(Blocks(block.Replace("TEXT", new string('a', most), StringComparison.Ordinal)), Surface.Message));
        var fault = Assert.Single(BlockRules.Check(Blocks(block.Replace("TEXT", new string('a', most + 1), StringComparison.Ordinal)), Surface.Message));
        Assert.StartsWith($"must be less than {most + 1} characters [json-pointer:/blocks/0", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"section","fields":[ITEMS]}""", """{"type":"mrkdwn","text":"a"}""", 10)]
    [InlineData("""{"type":"context","elements":[ITEMS]}""", """{"type":"mrkdwn","text":"a"}""", 10)]
    [InlineData("""{"type":"actions","elements":[ITEMS]}""", """{"type":"button","text":LABEL}""", 25)]
    [InlineData("""{"type":"actions","elements":[{"type":"overflow","options":[ITEMS]}]}""", Choice, 5)]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[ITEMS]}]}""", Choice, 100)]
    [InlineData("ITEMS", """{"type":"divider"}""", 50)]
    public void A_list_may_be_just_so_long(string block, string item, int most)
    {
        Assert.Empty(BlockRules.Check(Blocks(Filled(block, item, most)), Surface.Message));
        var fault = Assert.Single(BlockRules.Check(Blocks(Filled(block, item, most + 1)), Surface.Message));
        Assert.StartsWith($"no more than {most} items allowed", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_id_names_one_block() =>
        Assert.Equal(
            ["block_id already exists: a [json-pointer:/blocks/1/block_id]"],
            BlockRules.Check(Blocks("""{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}"""), Surface.Message));

    [Theory]
    [InlineData("""{"type":"home","blocks":[{"type":"divider"}],"private_metadata":"m","callback_id":"c"}""")]
    [InlineData("""{"type":"modal","title":LABEL,"submit":LABEL,"close":LABEL,"blocks":[{"type":"input","label":LABEL,"element":{"type":"plain_text_input"}}],"notify_on_close":true}""")]
    [InlineData("""{"type":"modal","title":LABEL,"blocks":[{"type":"input","label":LABEL,"element":{"type":"conversations_select","response_url_enabled":true}}],"submit":LABEL}""")]
    public void Good_views_pass(string view) => Assert.Empty(ViewRules.Check(Json(view)));

    [Theory]
    [InlineData("""{"type":"page","blocks":[]}""", "must be one of: modal, home [json-pointer:/view/type]")]
    [InlineData("""{"type":"home"}""", "missing required field: blocks [json-pointer:/view]")]
    [InlineData("""{"type":"home","blocks":[],"title":LABEL}""", "invalid additional property: title [json-pointer:/view]")]
    [InlineData("""{"type":"modal","blocks":[]}""", "missing required field: title [json-pointer:/view]")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"1234567890123456789012345"},"blocks":[]}""", "must be less than 25 characters [json-pointer:/view/title/text]")]
    [InlineData("""{"type":"modal","title":LABEL,"blocks":[{"type":"input","label":LABEL,"element":{"type":"plain_text_input"}}]}""", "missing required field: submit, which a modal with inputs needs [json-pointer:/view]")]
    [InlineData("""{"type":"home","blocks":[{"type":"section"}]}""", "must have text or fields [json-pointer:/view/blocks/0]")]
    public void Bad_views_are_named_with_their_place(string view, string fault) => Assert.Equal([fault], ViewRules.Check(Json(view)));

    [Fact]
    public void A_view_holds_twice_what_a_message_holds_and_so_much_hidden_text()
    {
        Assert.Empty(ViewRules.Check(Json(Filled("""{"type":"home","blocks":[ITEMS]}""", """{"type":"divider"}""", 100))));
        Assert.Single(ViewRules.Check(Json(Filled("""{"type":"home","blocks":[ITEMS]}""", """{"type":"divider"}""", 101))));
        Assert.Empty(ViewRules.Check(new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray(), ["private_metadata"] = new string('a', 3000), ["callback_id"] = new string('a', 255) }));
        Assert.Equal(2, ViewRules.Check(new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray(), ["private_metadata"] = new string('a', 3001), ["callback_id"] = new string('a', 256) }).Count);
    }

    [Theory]
    [InlineData("""{"text":"a"}""", null)]
    [InlineData("""{"blocks":[{"type":"divider"}]}""", null)]
    [InlineData("{}", "no_text")]
    [InlineData("""{"text":"","blocks":[]}""", "no_text")]
    [InlineData("""{"blocks":"no list"}""", "invalid_blocks_format")]
    [InlineData("""{"text":"a","blocks":[{"type":"section"}]}""", "invalid_blocks")]
    public void A_message_says_something_in_sound_blocks(string message, string? error) => Assert.Equal(error, MessageRules.Check(Json(message))?.Error);

    [Theory]
    [InlineData(2640, null)]
    [InlineData(2641, "msg_blocks_too_long")]
    public void All_block_text_together_is_limited(int characters, string? error)
    {
        var section = $$$"""{"type":"section","text":{"type":"mrkdwn","text":"{{{new string('a', characters)}}}"}}""";

        Assert.Equal(error, MessageRules.Check(Json(Filled("""{"text":"a","blocks":[ITEMS]}""", section, 5)))?.Error);
    }

    [Theory]
    [InlineData("""{"text":"a","unfurl_links":false,"unfurl_media":false}""", 0)]
    [InlineData("""{"text":"a","unfurl_links":true,"unfurl_media":false}""", 1)]
    [InlineData("""{"text":" ","unfurl_links":false,"unfurl_media":false}""", 1)]
    [InlineData("""{"blocks":[{"type":"divider"}]}""", 3)]
    public void Our_own_messages_have_text_and_unfurl_nothing(string message, int faults) => Assert.Equal(faults, MessageRules.House(Json(message)).Count);

    [Theory]
    [InlineData("chat.postMessage", "chat:write", null)]
    [InlineData("chat.postMessage", "commands", "chat:write")]
    [InlineData("conversations.info", "groups:read", null)]
    [InlineData("conversations.info", "chat:write", "channels:read,groups:read,im:read,mpim:read")]
    [InlineData("views.open", "commands", null)]
    public void A_method_asks_for_its_scope(string method, string scope, string? needed) =>
        Assert.Equal(needed is null ? null : new MissingScope(needed, scope), ScopeRules.Check(method, [scope]));

    private static JsonNode Blocks(string blocks) => Json($"[{blocks}]");

    private static JsonNode Json(string json) =>
        JsonNode.Parse(json.Replace("LABEL", Label, StringComparison.Ordinal).Replace("CHOICE", Choice, StringComparison.Ordinal))!;

    private static string Filled(string block, string item, int count) =>
        block.Replace("ITEMS", string.Join(',', Enumerable.Repeat(item, count)), StringComparison.Ordinal);
}
