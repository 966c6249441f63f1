using System.Text;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordMessageTests
{
    private static readonly string Long = new('x', 5000);

    public static TheoryData<string, string, string> Malformed => new()
    {
        { $$"""{"content":"{{Long[..2001]}}"}""", "content", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"title":"{{Long[..257]}}"}]}""", "embeds.0.title", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"description":"{{Long[..4097]}}"}]}""", "embeds.0.description", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"fields":[{"name":"{{Long[..257]}}","value":"v"}]}]}""", "embeds.0.fields.0.name", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"fields":[{"name":"n","value":"{{Long[..1025]}}"}]}]}""", "embeds.0.fields.0.value", "BASE_TYPE_MAX_LENGTH" },
        { """{"embeds":[{"fields":[{"name":"n","value":" "}]}]}""", "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED" },
        { $$"""{"embeds":[{"footer":{"text":"{{Long[..2049]}}"} }]}""", "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"author":{"name":"{{Long[..257]}}"} }]}""", "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"description":"{{Long[..4000]}}"},{"description":"{{Long[..2001]}}"}]}""", "embeds.1", "MAX_EMBED_SIZE_EXCEEDED" },
        { $$"""{"embeds":[{{string.Join(',', Enumerable.Repeat("""{"title":"t"}""", 11))}}]}""", "embeds", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"embeds":[{"title":"t","fields":[{{string.Join(',', Enumerable.Repeat("""{"name":"n","value":"v"}""", 26))}}]}]}""", "embeds.0.fields", "BASE_TYPE_MAX_LENGTH" },
        { """{"embeds":[{"title":"t","url":"javascript:x"}]}""", "embeds.0.url", "URL_TYPE_INVALID_SCHEME" },
        { """{"content":"x","nonce":"12345678901234567890123456"}""", "nonce", "NONCE_TYPE_TOO_LONG" },
        { """{"content":"x","enforce_nonce":true}""", "nonce", "BASE_TYPE_REQUIRED" },
        { """{"content":"x","flags":64}""", "flags", "MESSAGE_FLAGS_INVALID" },
        { """{"content":"x","flags":32768,"components":[{"type":10,"content":"t"}]}""", "flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" },
        { """{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}""", "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE" },
        { $$"""{"content":"x","components":[{{Row($$"""{"type":2,"style":1,"label":"{{Long[..81]}}","custom_id":"a"}""")}}]}""", "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"content":"x","components":[{{Row($$"""{"type":2,"style":1,"label":"l","custom_id":"{{Long[..101]}}"}""")}}]}""", "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH" },
        { $$"""{"content":"x","components":[{{Row("""{"type":2,"style":1,"label":"l"}""")}}]}""", "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED" },
        { $$"""{"content":"x","components":[{{Row(Button("a"))}},{{Row(Button("a"))}}]}""", "components.1.components.0.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED" },
        { $$"""{"content":"x","components":[{{Row(string.Join(',', "abcdef".Select(id => Button($"{id}"))))}}]}""", "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED" },
        { $$"""{"content":"x","components":[{{string.Join(',', "abcdef".Select(id => Row(Button($"{id}"))))}}]}""", "components", "BASE_TYPE_MAX_LENGTH" },
        { $$"""{"content":"x","components":[{{Row($$"""{"type":2,"style":5,"label":"l","url":"https://x.example/{{Long[..500]}}"}""")}}]}""", "components.0.components.0.url", "BASE_TYPE_BAD_LENGTH" },
        { $$"""{"content":"x","components":[{{Row($$"""{"type":3,"custom_id":"s","options":[{{string.Join(',', Enumerable.Range(0, 26).Select(n => $$"""{"label":"l","value":"{{n}}"}"""))}}]}""")}}]}""", "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_message_is_refused_at_its_field(string body, string field, string code)
    {
        await using var caller = await DiscordCaller.StartAsync();

        var answer = await caller.PostAsync(caller.Messages, body);

        answer.Is(400, 50035);
        Assert.Equal(code, answer.FieldCode(field));
        Assert.Empty(caller.Discord.Messages(caller.Discord.ChannelId));
    }

    [Fact]
    public async Task Limits_are_counted_after_trimming_and_in_whole_characters()
    {
        await using var caller = await DiscordCaller.StartAsync();

        var answer = await caller.PostAsync(caller.Messages, $$"""{"content":"{{string.Concat(Enumerable.Repeat("😀", 2000))}}      "}""");

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"content":"   "}""")]
    [InlineData("""{"content":"","embeds":[]}""")]
    public async Task An_empty_message_is_refused(string body)
    {
        await using var caller = await DiscordCaller.StartAsync();

        (await caller.PostAsync(caller.Messages, body)).Is(400, 50006);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        await using var caller = await DiscordCaller.StartAsync();

        (await caller.PostAsync(caller.Messages, "{")).Is(400, 50109);
        (await caller.SendContentAsync("POST", caller.Messages, new StringContent("content=x", Encoding.UTF8, "text/plain"))).Is(400, 50035);
    }

    [Fact]
    public async Task A_request_of_more_than_25_MiB_is_too_large()
    {
        await using var caller = await DiscordCaller.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[25 * 1024 * 1024]), "files[0]", "big.bin" } };

        (await caller.SendContentAsync("POST", caller.Messages, form)).Is(413, 40005);
    }

    [Fact]
    public async Task A_nonce_gives_the_first_message_back_until_its_window_closes()
    {
        await using var caller = await DiscordCaller.StartAsync();
        const string body = """{"content":"once","nonce":"n1","enforce_nonce":true}""";

        var first = await caller.PostAsync(caller.Messages, body);
        caller.Clock.Advance(TimeSpan.FromMinutes(2));
        var repeat = await caller.PostAsync(caller.Messages, body);
        var elsewhere = await caller.PostAsync(caller.Messages, """{"content":"once","nonce":"n1"}""");
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await caller.PostAsync(caller.Messages, body);

        Assert.Equal(first.Id, repeat.Id);
        Assert.Equal(3, new[] { first.Id, elsewhere.Id, late.Id }.Distinct().Count());
        Assert.Equal(3, caller.Discord.Messages(caller.Discord.ChannelId).Count);
    }

    [Fact]
    public async Task A_nonce_of_a_deleted_message_is_an_unknown_message()
    {
        await using var caller = await DiscordCaller.StartAsync();
        const string body = """{"content":"once","nonce":"n1","enforce_nonce":true}""";
        var first = await caller.PostAsync(caller.Messages, body);

        await caller.SendAsync("DELETE", $"{caller.Messages}/{first.Id}", null);

        (await caller.PostAsync(caller.Messages, body)).Is(404, 10008);
    }

    [Theory]
    [InlineData("", true, 1, 1)]
    [InlineData(""","allowed_mentions":{"parse":[]}""", false, 0, 0)]
    [InlineData(""","allowed_mentions":{"parse":["everyone"]}""", true, 0, 0)]
    [InlineData(""","allowed_mentions":{"parse":["roles"],"users":["1100000000000000003"]}""", false, 1, 1)]
    public async Task Mentions_are_those_that_are_allowed(string allowed, bool everyone, int users, int roles)
    {
        await using var caller = await DiscordCaller.StartAsync();
        var body = $$"""{"content":"@everyone <@1100000000000000003> <@&77>"{{allowed}}}""";

        var made = await caller.PostAsync(caller.Messages, body);
        var edited = await caller.SendAsync("PATCH", $"{caller.Messages}/{made.Id}", body);

        Assert.All([made.Json!, edited.Json!], message => Assert.Equal(
            (everyone, users, roles), (message["mention_everyone"]!.GetValue<bool>(), message["mentions"]!.AsArray().Count, message["mention_roles"]!.AsArray().Count)));
    }

    [Fact]
    public async Task An_edit_without_allowed_mentions_notifies_again()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var made = await caller.PostAsync(caller.Messages, """{"content":"@everyone","allowed_mentions":{"parse":[]}}""");

        var edited = await caller.SendAsync("PATCH", $"{caller.Messages}/{made.Id}", """{"embeds":[{"title":"t"}]}""");

        Assert.True(edited.Json!["mention_everyone"]!.GetValue<bool>());
        Assert.Equal("@everyone", edited.Json!["content"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("limit=2", "e d")]
    [InlineData("after={1}&limit=2", "d c")]
    [InlineData("before={3}&limit=2", "c b")]
    [InlineData("around={2}&limit=3", "d c b")]
    public async Task Messages_are_listed_in_pages_newest_first(string query, string expected)
    {
        await using var caller = await DiscordCaller.StartAsync();
        var ids = new List<string>();
        foreach (var letter in "abcde")
        {
            ids.Add((await caller.SayAsync($"{letter}"))["id"]!.GetValue<string>());
        }

        var asked = ids.Index().Aggregate(query, (text, id) => text.Replace($"{{{id.Index}}}", id.Item, StringComparison.Ordinal));
        var answer = await caller.GetAsync($"{caller.Messages}?{asked}");

        Assert.Equal(expected, string.Join(' ', answer.Json!.AsArray().Select(message => message!["content"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Uploaded_files_come_back_byte_for_byte()
    {
        await using var caller = await DiscordCaller.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"content":"a picture","attachments":[{"id":0,"filename":"chart.png","description":"A chart"}]}""", Encoding.UTF8, "application/json"), "payload_json" },
            { new ByteArrayContent([1, 2, 3, 0, 255]), "files[0]", "chart.png" },
        };

        var answer = await caller.SendContentAsync("POST", caller.Messages, form);
        var attachment = answer.Json!["attachments"]![0]!;

        Assert.Equal(("chart.png", "A chart", 5), (attachment["filename"]!.GetValue<string>(), attachment["description"]!.GetValue<string>(), attachment["size"]!.GetValue<int>()));
        Assert.Equal([1, 2, 3, 0, 255], await caller.DownloadAsync(attachment["url"]!.GetValue<string>()));
        Assert.Equal(["chart.png"], caller.Discord.Requests[^1].Files);
    }

    [Fact]
    public async Task Edits_of_old_messages_are_limited()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var path = $"{caller.Messages}/{(await caller.SayAsync("v0"))["id"]!.GetValue<string>()}";
        caller.Clock.Advance(TimeSpan.FromMinutes(61));
        for (var at = 0; at < 3; at++)
        {
            Assert.Equal(200, (await caller.SendAsync("PATCH", path, """{"content":"v1"}""")).Status);
        }

        var refused = await caller.SendAsync("PATCH", path, """{"content":"v2"}""");
        caller.Clock.Advance(TimeSpan.FromMinutes(61));

        refused.Is(429, 30046);
        Assert.Equal(200, (await caller.SendAsync("PATCH", path, """{"content":"v3"}""")).Status);
    }

    [Fact]
    public async Task Only_own_messages_are_edited()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var id = caller.Discord.PostHumanMessage("mine");

        (await caller.SendAsync("PATCH", $"{caller.Messages}/{id}", """{"content":"yours"}""")).Is(403, 50005);
        (await caller.SendAsync("DELETE", $"{caller.Messages}/{id}", null)).Is(403, 50013);
    }

    private static string Row(string items) => $$"""{"type":1,"components":[{{items}}]}""";

    private static string Button(string id) => $$"""{"type":2,"style":1,"label":"l","custom_id":"{{id}}"}""";
}
