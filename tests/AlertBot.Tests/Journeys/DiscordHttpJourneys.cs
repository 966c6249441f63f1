using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Interactions;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NSec.Cryptography;

namespace AlertBot.Tests.Journeys;

/// <summary>The bot where Discord calls it over HTTP, by one replica or several on one database.</summary>
public sealed class DiscordHttpJourneys : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SlowCommand _slow = new();
    private readonly SampleCommand _picture = new(
        new CommandDescription("picture", "Shows a picture.") { Example = "picture" },
        _ => Card.Answer("A chart") with { Image = new CardImage([137, 80, 78, 71, 13, 10, 26, 10], "Stories by week") });

    private readonly SampleCommand _long = new(
        new CommandDescription("long", "Offers a long command.") { Example = "long" },
        _ => Card.Answer("Press it") with { Actions = [new CardAction("Go", "/slow " + new string('x', 300))] });

    private DiscordBot _bot = null!;
    private WebApplication _replica = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        _bot = await DiscordBot.StartAsync(settings: new Dictionary<string, string?> { ["Discord:Mode"] = "http" }, isSignedOn: false);
        (_replica, _address) = await ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task Only_what_Discord_signed_a_moment_ago_is_answered()
    {
        var ping = await _bot.Discord.SendPingAsync(_address, cancellationToken: _bot.Token);
        Assert.Equal((200, "application/json", """{"type":1}"""), (ping.Status, ping.ContentType, ping.Body));

        foreach (var flaw in new[] { DeliveryFlaw.Forged, DeliveryFlaw.NotSigned, DeliveryFlaw.Garbled, DeliveryFlaw.Changed, DeliveryFlaw.Stale })
        {
            Assert.Equal((flaw, 401), (flaw, (await _bot.Discord.SendPingAsync(_address, flaw, _bot.Token)).Status));
            Assert.Equal((flaw, 401), (flaw, (await SendAsync(DiscordBot.Spec(InteractionKind.Command, "help"), flaw)).Status));
        }
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("not json", 400)]
    [InlineData("null", 400)]
    [InlineData("{}", 400)]
    [InlineData("[1,2]", 400)]
    [InlineData("""{"id":1,"type":"two"}""", 400)]
    public async Task What_is_no_interaction_is_refused(string body, int status) => Assert.Equal(status, (int)await PostSignedAsync(body));

    [Fact]
    public async Task What_is_too_large_is_refused() => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostSignedAsync(new string(' ', (1024 * 1024) + 1)));

    [Fact]
    public async Task Commands_completions_buttons_and_forms_are_answered_in_the_response()
    {
        var follow = await SendAsync(DiscordBot.Spec(InteractionKind.Command, "follow") with { Options = new JsonObject { ["what"] = "north-korea" } });
        var message = follow.Interaction!.Original!.Value;
        var typing = await SendAsync(DiscordBot.Spec(InteractionKind.Autocomplete, "who") with { Options = new JsonObject { ["name"] = "kim" }, Focused = "name" });
        var press = await SendAsync(new InteractionSpec(InteractionKind.Button) { CustomId = DiscordBot.Button(message, "What the channel"), MessageId = message.GetProperty("id").GetString() });
        var form = await SendAsync(new InteractionSpec(InteractionKind.Modal) { CustomId = "f:/who", Fields = new Dictionary<string, string> { ["name"] = "north-korea" } });

        Assert.All(new[] { follow, typing, press, form }, d => Assert.Null(d.Refusal));
        Assert.Equal([4, 8, 4, 4], new[] { follow, typing, press, form }.Select(d => d.Interaction!.CallbackType!.Value));
        Assert.Equal("North Korea", DiscordBot.TitleOf(form.Interaction!.Original!.Value));
        Assert.Contains("north-korea", DiscordBot.AllText(press.Interaction!.Original), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_is_promised_in_the_response_and_given_later()
    {
        var before = _bot.Time.Begun(Patience);
        var sending = SendAsync(DiscordBot.Spec(InteractionKind.Command, "slow"));
        await _bot.Time.BeginsAsync(Patience, before);
        _bot.Time.Advance(Patience);
        var asked = (await sending).Interaction!;
        Assert.Equal(5, asked.CallbackType);

        _slow.Finish(Card.Answer("Done at last"));

        await _bot.Discord.WaitForAsync(_ => DiscordBot.AllText(asked.Original).Contains("Done at last", StringComparison.Ordinal), DiscordBot.Limit, _bot.Token);
    }

    [Fact]
    public async Task A_picture_goes_out_with_the_response()
    {
        var answer = await SendAsync(DiscordBot.Spec(InteractionKind.Command, "picture"));

        Assert.Equal((200, "multipart/form-data"), (answer.Status, answer.ContentType));
        Assert.Contains("payload_json", answer.Body, StringComparison.Ordinal);
        Assert.Contains("image/png", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_on_one_database_answer_for_each_other()
    {
        var (other, address) = await ServeAsync();
        await using var _ = other;
        var message = (await SendAsync(DiscordBot.Spec(InteractionKind.Command, "long"))).Interaction!.Original!.Value;
        _slow.Finish(Card.Answer("Done"));

        var pressed = await _bot.Discord.SendHttpInteractionAsync(
            address, new InteractionSpec(InteractionKind.Button) { CustomId = DiscordBot.Button(message, "Go"), MessageId = message.GetProperty("id").GetString() }, cancellationToken: _bot.Token);

        Assert.Equal("Done", DiscordBot.TitleOf(pressed.Interaction!.Original!.Value));
        Assert.Equal(300, _slow.Runs.Single()["text"].Length);
    }

    private Task<HttpDelivery> SendAsync(InteractionSpec spec, DeliveryFlaw flaw = DeliveryFlaw.None) =>
        _bot.Discord.SendHttpInteractionAsync(_address, spec, flaw, _bot.Token);

    /// <summary>One more process of the bot on the same database and clock.</summary>
    private async Task<(WebApplication App, Uri Address)> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddAlertBot(_bot.Bot.Settings);
        BotHarness.WithoutSchedule(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(_bot.Time);
        builder.Services.AddSingleton<IChatCommand>(_slow);
        builder.Services.AddSingleton<IChatCommand>(_picture);
        builder.Services.AddSingleton<IChatCommand>(_long);
        var app = builder.Build();
        app.MapDiscord();
        await app.StartAsync(_bot.Token);
        return (app, new Uri(app.Urls.Single() + InteractionEndpoint.Path));
    }

    private async Task<HttpStatusCode> PostSignedAsync(string body)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, [.. _bot.Discord.Options.SigningSeed], KeyBlobFormat.RawPrivateKey);
        var timestamp = _bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-Signature-Timestamp", timestamp);
        request.Headers.Add("X-Signature-Ed25519", Convert.ToHexStringLower(SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(timestamp + body))));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.SendAsync(request, _bot.Token);
        return response.StatusCode;
    }
}
