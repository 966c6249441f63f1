using System.Net;
using System.Text.Json;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Lookups.Answers;

/// <summary>Answers that a model writes, and what becomes of them where it does badly.</summary>
public sealed class ModelTests
{
    private const string Question = "/ask how many beds does the hospital in Pyongyang have?";

    private static readonly RssItem News = new(
        "Kim Jong Un opens a hospital in Pyongyang", "https://two.example/2", "a2", "Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday. North Korea had built it in nine months.", "Sun, 05 May 2024 01:00:00 GMT");

    [Fact]
    public async Task A_model_writes_from_the_passages_and_what_they_do_not_say_is_dropped()
    {
        using var model = new ScriptedModel(_ => "The hospital in Pyongyang has 500 beds [1]. It cost the hospital 3 million dollars [1].");
        await using var bot = await WithAsync(model);
        var card = await bot.SayAsync(Question);

        Assert.Equal(["The hospital in Pyongyang has 500 beds [1]"], AskTests.Said(card));
        Assert.Equal("Written by scripted from these sources and checked against them · 1 outlet", card.Footer);
        Assert.Contains("Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday.", ScriptedModel.Passages(model.Sent.Single()));

        // The sentence itself, on demand; the model is not asked twice.
        var shown = await bot.SayAsync(card.Actions[0].Command);
        Assert.Equal("Test Wire: “Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday.”", AskTests.Sources(shown).Single().Detail);
        Assert.Single(model.Sent);
    }

    [Fact]
    public async Task A_model_that_finds_nothing_says_so()
    {
        using var model = new ScriptedModel(_ => "NOTHING");
        await using var bot = await WithAsync(model);

        Assert.Equal(["The archive does not say."], AskTests.Said(await bot.SayAsync(Question)));
    }

    [Theory]
    [InlineData("The hospital is on the moon [1].")]
    [InlineData("")]
    public async Task Where_nothing_holds_the_outlets_own_sentences_are_shown(string written)
    {
        using var model = new ScriptedModel(_ => written);
        await using var bot = await WithAsync(model);

        Assert.StartsWith("Kim Jong Un opened a hospital with 500 beds", AskTests.Said(await bot.SayAsync(Question))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_done_without()
    {
        using var model = new ScriptedModel(_ => throw new HttpRequestException("down"));
        await using var bot = await WithAsync(model);

        Assert.StartsWith("The outlets' own sentences", (await bot.SayAsync(Question)).Footer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_too_long_is_not_waited_for()
    {
        using var model = new ScriptedModel(_ => "The hospital in Pyongyang has 500 beds [1].") { Delay = new TaskCompletionSource().Task };
        await using var bot = await WithAsync(model);
        var asked = bot.SayAsync(Question);
        while (model.Sent.Count == 0)
        {
            await Task.Yield();
        }

        bot.Time.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(asked.IsCompleted);
        bot.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.StartsWith("The outlets' own sentences", (await asked).Footer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_protocol_is_the_one_that_servers_of_models_speak()
    {
        await using var server = await ModelServer.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Model:Name"] = "llama3.1", ["Model:Endpoint"] = $"{server.Address}v1", ["Model:Key"] = "s3cret" });
        await bot.AddFeedAsync("/feed", Rss.Feed(News));
        await bot.TurnAsync();

        Assert.Equal(["The hospital in Pyongyang has 500 beds [1]"], AskTests.Said(await bot.SayAsync(Question)));
        Assert.Equal(("/v1/chat/completions", "Bearer s3cret", "llama3.1"), (server.Path, server.Authorization, server.Body.GetProperty("model").GetString()));

        server.Status = 500;
        bot.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.StartsWith("The outlets' own sentences", (await bot.SayAsync("/ask who opened a hospital in Pyongyang?")).Footer, StringComparison.Ordinal);
        // A model that is down is asked once.
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData("", "", true, "Model:Key")]
    [InlineData("ftp://x.example/", "", true, "Model:Endpoint")]
    [InlineData("http://localhost:11434/v1", "", false, "")]
    public void A_model_that_can_not_be_reached_is_told_before_the_start(string endpoint, string key, bool isFault, string names)
    {
        var settings = new Microsoft.Extensions.Configuration.ConfigurationManager { ["Model:Name"] = "m", ["Model:Key"] = key };
        if (endpoint.Length > 0)
        {
            settings["Model:Endpoint"] = endpoint;
        }

        var faults = Settings.Faults(settings).Where(f => f.Contains("Model", StringComparison.Ordinal)).ToList();
        Assert.Equal(isFault, faults.Count > 0);
        Assert.Contains(names, string.Join('\n', faults), StringComparison.Ordinal);
    }

    private static async Task<BotHarness> WithAsync(IChatClient model)
    {
        var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Model:Name"] = "scripted", ["Model:Endpoint"] = "http://127.0.0.1:9/v1" }, configure: services => services.AddSingleton(model));
        await bot.AddFeedAsync("/feed", Rss.Feed(News));
        await bot.TurnAsync();
        return bot;
    }

    /// <summary>https://platform.openai.com/docs/api-reference/chat/create, as Ollama and others have it, too.</summary>
    private sealed class ModelServer(WebApplication app) : IAsyncDisposable
    {
        public Uri Address { get; private set; } = null!;

        public int Status { get; set; } = 200;

        public int Requests { get; private set; }

        public string Path { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        public JsonElement Body { get; private set; }

        public static async Task<ModelServer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var server = new ModelServer(app);
            app.MapPost("/{**path}", server.AnswerAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);
            server.Address = new Uri(app.Urls.Single());
            return server;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            Requests++;
            (Path, Authorization) = (context.Request.Path, context.Request.Headers.Authorization.ToString());
            Body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
            context.Response.StatusCode = Status;
            await context.Response.WriteAsJsonAsync(new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1,
                model = "llama3.1",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = "The hospital in Pyongyang has 500 beds [1]." } } },
                usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
            });
        }
    }
}
