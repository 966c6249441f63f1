using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Emulators;

/// <summary>An emulator with a clock that the test moves, and a plain client of its REST routes.</summary>
internal sealed class DiscordCaller : IAsyncDisposable
{
    private const string Agent = "DiscordBot (https://alertbot.example, 1.0)";

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });

    private DiscordCaller(DiscordEmulator discord, FakeTimeProvider clock)
    {
        Discord = discord;
        Clock = clock;
    }

    public DiscordEmulator Discord { get; }

    public FakeTimeProvider Clock { get; }

    public string Messages => $"channels/{Discord.ChannelId}/messages";

    /// <param name="change">What is not usual; the clock and generous limits are set before it.</param>
    public static async Task<DiscordCaller> StartAsync(Func<DiscordEmulatorOptions, DiscordEmulatorOptions>? change = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        var options = new DiscordEmulatorOptions { Clock = clock, MessagesPerWindow = 1000, OtherRequestsPerWindow = 1000, GlobalPerSecond = 1000 };
        return new DiscordCaller(await DiscordEmulator.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken), clock);
    }

    public Task<DiscordAnswer> GetAsync(string path) => SendAsync("GET", path, null);

    public Task<DiscordAnswer> PostAsync(string path, string json) => SendAsync("POST", path, json);

    /// <param name="token">Null sends no Authorization header.</param>
    /// <param name="agent">Null sends no User-Agent.</param>
    public Task<DiscordAnswer> SendAsync(string method, string path, string? json, string? token = "Bot emulated.bot.token", string? agent = Agent) =>
        SendContentAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), token, agent);

    public async Task<DiscordAnswer> SendContentAsync(string method, string path, HttpContent? content, string? token = "Bot emulated.bot.token", string? agent = Agent)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Discord.ApiBase + "/v10/" + path)) { Content = content };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new DiscordAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Posts a message that must succeed.</summary>
    public async Task<JsonNode> SayAsync(string content, string? channelId = null)
    {
        var answer = await PostAsync($"channels/{channelId ?? Discord.ChannelId}/messages", new JsonObject { ["content"] = content }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return answer.Json!;
    }

    public async Task<byte[]> DownloadAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The emulator's own answers must keep to the published description.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Discord.DisposeAsync();
        Assert.DoesNotContain(Discord.Violations, violation => violation.StartsWith("answer:", StringComparison.Ordinal));
    }
}

internal sealed record DiscordAnswer(int Status, string Text, HttpResponseHeaders Headers, string? Type)
{
    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);

    public int Code => Json!["code"]!.GetValue<int>();

    public string Id => Json!["id"]!.GetValue<string>();

    public string Header(string name) => string.Join(",", Headers.GetValues(name));

    /// <summary>The first code of a field of a refused form.</summary>
    /// <param name="path">Its parts parted by dots.</param>
    public string? FieldCode(string path) =>
        path.Split('.').Aggregate(Json!["errors"], (at, part) => at?[part])?["_errors"]?[0]?["code"]?.GetValue<string>();

    public void Is(int status, int code) => Assert.Equal((status, code, Text), (Status, JsonSerializer.Deserialize<JsonElement>(Text).GetProperty("code").GetInt32(), Text));
}
