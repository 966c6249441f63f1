using System.Text;
using System.Text.Json;
using AlertBot.Emulators;

namespace AlertBot.Tests.Emulators;

public sealed class ControlPlaneTests
{
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler { UseProxy = false });

    [Fact]
    public async Task Another_program_plays_Discords_side_by_it()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller);

        var info = await AskAsync(caller, "GET", "info");
        var made = await AskAsync(caller, "POST", "interactions", """{"kind":"command","name":"follow","options":{"subject":"Ada","urgent":true},"user_id":"7"}""");
        var id = made.GetProperty("id").GetString();
        var payload = await socket.EventAsync("INTERACTION_CREATE");
        await caller.SendAsync("POST", $"interactions/{id}/{made.GetProperty("token").GetString()}/callback", """{"type":4,"data":{"content":"following"}}""", token: null);
        var seen = await AskAsync(caller, "GET", $"interactions/{id}");

        Assert.Equal((caller.Discord.Token, caller.Discord.PublicKeyHex), (info.GetProperty("token").GetString(), info.GetProperty("public_key").GetString()));
        Assert.Equal((id, "7"), (payload.GetProperty("id").GetString(), payload.GetProperty("member").GetProperty("user").GetProperty("id").GetString()));
        Assert.Equal((4, "following"), (seen.GetProperty("callback").GetProperty("type").GetInt32(), seen.GetProperty("messages")[0].GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Faults_are_set_and_cleared_by_it()
    {
        await using var caller = await DiscordCaller.StartAsync();

        await AskAsync(caller, "POST", "faults", """{"method":"POST","path":"/messages$","accept_then":"status","status":502}""");
        var lost = await caller.PostAsync(caller.Messages, """{"content":"x"}""");
        await AskAsync(caller, "POST", "faults", """{"rate":1,"seed":3,"status":500}""");
        var failed = new[] { await caller.GetAsync("users/@me"), await caller.GetAsync("users/@me") };
        await AskAsync(caller, "DELETE", "faults");
        await AskAsync(caller, "POST", "faults", """{"body":"wrong_type"}""");
        var spoiled = await caller.GetAsync("users/@me");
        await AskAsync(caller, "POST", "faults", """{"outage":"503"}""");
        var down = await caller.GetAsync("users/@me");
        await AskAsync(caller, "DELETE", "faults");

        Assert.Equal((502, "500 500", "text/plain", 503, 200), (lost.Status, string.Join(' ', failed.Select(answer => answer.Status)), spoiled.Type, down.Status, (await caller.GetAsync("users/@me")).Status));
        Assert.Equal("x", (await AskAsync(caller, "GET", "messages"))[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Guilds_channels_and_people_come_and_go_by_it()
    {
        await using var caller = await DiscordCaller.StartAsync();

        var guild = (await AskAsync(caller, "POST", "guilds", """{"name":"Elsewhere"}""")).GetProperty("id").GetString();
        var channel = (await AskAsync(caller, "POST", "channels", $$"""{"guild_id":"{{guild}}","type":15,"tags":["a"],"tag_required":true,"permissions":"1024"}""")).GetProperty("id").GetString();
        var there = await caller.GetAsync($"channels/{channel}");
        await AskAsync(caller, "DELETE", $"channels/{channel}");
        var person = (await AskAsync(caller, "POST", "users", """{"name":"shy","refuses_messages":true}""")).GetProperty("id").GetString();
        await AskAsync(caller, "POST", "message", """{"content":"hello"}""");

        Assert.Equal(15, there.Json!["type"]!.GetValue<int>());
        (await caller.GetAsync($"channels/{channel}")).Is(404, 10003);
        Assert.Equal(200, (await caller.GetAsync($"users/{person}")).Status);
        Assert.Equal("hello", caller.Discord.Messages(caller.Discord.ChannelId)[0].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("GET", "nothing", null, 501)]
    [InlineData("PUT", "info", null, 501)]
    [InlineData("GET", "interactions/1", null, 404)]
    [InlineData("POST", "interactions", """{"kind":"dance"}""", 400)]
    [InlineData("POST", "interactions", """{"kind":"button","custom_id":"x"}""", 400)]
    [InlineData("POST", "deliver", "{}", 400)]
    [InlineData("POST", "faults", "{", 400)]
    public async Task What_it_does_not_offer_or_understand_it_says(string method, string path, string? body, int status)
    {
        await using var caller = await DiscordCaller.StartAsync();

        Assert.Equal(status, (await SendAsync(caller, method, path, body)).Status);
    }

    [Fact]
    public void The_command_line_takes_names_with_values_only()
    {
        var arguments = new CommandArguments(["--port", "5711", "--check-user-agent", "false", "--prot", "1"]);

        Assert.Equal((5711, false, "text"), (arguments.Number("port", 1), arguments.Flag("check-user-agent", true), arguments.Text("token") ?? "text"));
        Assert.Equal(["prot"], arguments.Left);
        Assert.Throws<FormatException>(() => new CommandArguments(["--port"]));
        Assert.Throws<FormatException>(() => new CommandArguments(["port", "1"]));
    }

    private static async Task<JsonElement> AskAsync(DiscordCaller caller, string method, string path, string? body = null)
    {
        var (status, text) = await SendAsync(caller, method, path, body);
        Assert.True(status == 200, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<(int Status, string Text)> SendAsync(DiscordCaller caller, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{caller.Discord.ControlBase}/{path}") { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
