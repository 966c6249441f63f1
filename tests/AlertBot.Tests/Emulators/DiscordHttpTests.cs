using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Interactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NSec.Cryptography;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordHttpTests
{
    private static readonly InteractionSpec Brief = new(InteractionKind.Command) { Name = "brief" };

    [Theory]
    [InlineData(DeliveryFlaw.None, 200)]
    [InlineData(DeliveryFlaw.Stale, 200)]
    [InlineData(DeliveryFlaw.Forged, 401)]
    [InlineData(DeliveryFlaw.Changed, 401)]
    [InlineData(DeliveryFlaw.NotSigned, 401)]
    [InlineData(DeliveryFlaw.Garbled, 401)]
    public async Task Signatures_are_good_or_bad_as_asked(DeliveryFlaw flaw, int status)
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var endpoint = await Endpoint.StartAsync(caller.Discord.PublicKeyHex, """{"type":4,"data":{"content":"the news"}}""");

        var delivery = await caller.Discord.SendHttpInteractionAsync(endpoint.Address, Brief, flaw, TestContext.Current.CancellationToken);

        Assert.Equal(status, delivery.Status);
        Assert.Equal(status == 200 ? "the news" : null, delivery.Interaction!.Original?.GetProperty("content").GetString());
        Assert.Equal(flaw == DeliveryFlaw.Stale ? 600 : 0, endpoint.Age(caller.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_ping_is_answered_by_the_endpoint()
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var endpoint = await Endpoint.StartAsync(caller.Discord.PublicKeyHex, """{"type":1}""");

        var good = await caller.Discord.SendPingAsync(endpoint.Address, cancellationToken: TestContext.Current.CancellationToken);
        var bad = await caller.Discord.SendPingAsync(endpoint.Address, DeliveryFlaw.Forged, TestContext.Current.CancellationToken);

        Assert.Equal((200, """{"type":1}""", 401), (good.Status, good.Body, bad.Status));
    }

    [Theory]
    [InlineData("""{"type":8,"data":{"choices":[]}}""")]
    [InlineData("""{"type":4,"data":{"content":""}}""")]
    [InlineData("no json")]
    public async Task An_answer_that_Discord_would_not_take_is_told(string answer)
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var endpoint = await Endpoint.StartAsync(caller.Discord.PublicKeyHex, answer);

        var delivery = await caller.Discord.SendHttpInteractionAsync(endpoint.Address, Brief, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotNull(delivery.Refusal);
        Assert.Null(delivery.Interaction!.CallbackType);
    }

    /// <summary>An endpoint that verifies as Discord's documents say and always answers the same.</summary>
    private sealed class Endpoint(WebApplication app) : IAsyncDisposable
    {
        private long _timestamp;

        public Uri Address { get; private init; } = new(app.Urls.First());

        public static async Task<Endpoint> StartAsync(string publicKey, string answer)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            Endpoint? endpoint = null;
            app.Run(context => endpoint!.ServeAsync(context, publicKey, answer));
            await app.StartAsync(TestContext.Current.CancellationToken);
            return endpoint = new Endpoint(app);
        }

        public long Age(DateTimeOffset now) => _timestamp == 0 ? 0 : now.ToUnixTimeSeconds() - _timestamp;

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task ServeAsync(HttpContext context, string publicKey, string answer)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var good = Verifies(context.Request.Headers, publicKey, body) && JsonNode.Parse(body) is JsonObject;
            context.Response.StatusCode = good ? 200 : 401;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(good ? answer : "{}");
        }

        private bool Verifies(IHeaderDictionary headers, string publicKey, string body)
        {
            try
            {
                var timestamp = headers["X-Signature-Timestamp"].ToString();
                var key = PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(publicKey), KeyBlobFormat.RawPublicKey);
                var good = SignatureAlgorithm.Ed25519.Verify(key, Encoding.UTF8.GetBytes(timestamp + body), Convert.FromHexString(headers["X-Signature-Ed25519"].ToString()));
                _timestamp = good ? long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture) : 0;
                return good;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }
}
