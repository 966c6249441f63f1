using System.Text.Json;
using AlertBot.Emulators;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Schemas;

namespace AlertBot.Tests.Emulators;

public sealed class OpenApiFileTests
{
    private static readonly OpenApiFile Small = new(
        JsonSerializer.Deserialize<JsonElement>("""
            {"paths":{
              "/users/@me":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}}}},"204":{},"4XX":{"$ref":"#/components/responses/Error"}}}},
              "/users/{user_id}":{
                "parameters":[{"name":"user_id","in":"path","schema":{"type":"string"}}],
                "get":{"parameters":[{"name":"limit","in":"query","schema":{"type":"integer","maximum":100}}],"responses":{}},
                "post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"string"}}}}}},"responses":{}}}},
             "components":{"responses":{"Error":{"content":{"application/json":{"schema":{"type":"object","properties":{"code":{"type":"integer"}}}}}}}}}
            """),
        SpecDeviations.None,
        SpecDeviations.None);

    [Theory]
    [InlineData("GET", "/users/7", "", null, null)]
    [InlineData("GET", "/users/7", "limit=5", null, null)]
    [InlineData("GET", "/users/7", "limit=500", null, "?limit must be <= 100")]
    [InlineData("GET", "/users/7", "limit=many", null, "?limit must be integer")]
    [InlineData("GET", "/users/7", "limt=5", null, "?limt unknown query parameter")]
    [InlineData("GET", "/users/7/friends", "", null, "undocumented route")]
    [InlineData("PUT", "/users/7", "", null, "undocumented route")]
    [InlineData("GET", "/users/7", "", "{}", "this route takes no body")]
    [InlineData("POST", "/users/7", "", null, "a body is required")]
    [InlineData("POST", "/users/7", "", """{"nam":"x"}""", "/nam unknown property")]
    public void Requests_are_held_to_the_file(string method, string path, string query, string? body, string? fault)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create(pair.Split('=')[0], pair.Split('=')[1]));

        Assert.Equal(fault is null ? [] : [fault], Small.CheckRequest(method, path, pairs, body is null ? null : JsonSerializer.Deserialize<JsonElement>(body)));
    }

    [Theory]
    [InlineData(200, """{"id":"1"}""", null)]
    [InlineData(200, """{"id":1}""", "/id must be string")]
    [InlineData(200, null, "status 200 must have a body")]
    [InlineData(204, null, null)]
    [InlineData(204, "{}", "status 204 has no body")]
    [InlineData(404, """{"code":"x"}""", "/code must be integer")]
    [InlineData(302, null, "undocumented status 302")]
    public void Answers_are_held_to_the_file(int status, string? body, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], Small.CheckAnswer("GET", "/users/@me", status, body is null ? null : JsonSerializer.Deserialize<JsonElement>(body)));

    [Theory]
    [InlineData("POST", "/channels/1/messages", """{"content":"x","allowed_mentions":{"parse":[]},"nonce":"n","enforce_nonce":true}""", null)]
    [InlineData("POST", "/channels/1/messages", """{"embed":{"title":"x"}}""", "/embed unknown property")]
    [InlineData("POST", "/channels/1/messages", """{"embeds":[{"titel":"x"}]}""", "/embeds/0/titel unknown property")]
    [InlineData("POST", "/channels/1/messages", """{"components":[{"type":1,"components":[{"type":2,"style":1,"labl":"x","custom_id":"a"}]}]}""", "/components/0/components/0/labl unknown property")]
    [InlineData("PUT", "/applications/1/commands", """[{"name":"a","description":"b","default_member_permissions":"32"}]""", null)]
    [InlineData("PUT", "/applications/1/commands", """[{"name":"a","description":"b","default_member_permissions":"many"}]""", "/0/default_member_permissions must be integer or null")]
    [InlineData("POST", "/interactions/1/t/callback", """{"type":4,"data":{"contents":"x"}}""", "/data/contents unknown property")]
    [InlineData("PATCH", "/webhooks/1/t/messages/@original", """{"content":"x"}""", null)]
    public void The_published_description_of_Discord_finds_what_is_misspelt(string method, string path, string body, string? fault)
    {
        var file = SharedFiles.Find("specs", "discord-openapi.json");
        Assert.SkipWhen(file is null, "Discord's description (shared/specs) is not beside this repository");
        var discord = DiscordSpecDeviations.Read(file!);

        Assert.Equal(fault is null ? [] : [fault], discord.CheckRequest(method, path, [], JsonSerializer.Deserialize<JsonElement>(body)));
    }
}
