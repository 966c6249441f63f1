using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AlertBot.Tests;

/// <summary>Wrong settings are told before anything starts, all at once, each with its key.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void The_defaults_stand() => Assert.Empty(Faults());

    [Theory]
    [InlineData("Local:Channels:0", "General", "Local:Channels: 'General'")]
    [InlineData("Local:Channels:0", "a b", "Local:Channels: 'a b'")]
    [InlineData("Local:Channels:0", "a23456789012345678901234567890123", "Local:Channels: 'a2345")]
    [InlineData("Local:Address", "127.0.0.1", "Local:Address")]
    [InlineData("Local:Address", "ftp://127.0.0.1", "Local:Address")]
    [InlineData("Local:MessagesPerSecond", "0", "Local:MessagesPerSecond")]
    [InlineData("Feeds:Interval", "soon", "Feeds:Interval: 'soon' is no duration")]
    [InlineData("Feeds:Interval", "-1:00:00", "Feeds:Interval")]
    [InlineData("Feeds:ParallelHosts", "many", "Feeds:ParallelHosts: 'many' is no whole number")]
    [InlineData("Feeds:AllowedPrivateEndpoints:0", "example.org", "Feeds:AllowedPrivateEndpoints: each must be an address with a port")]
    [InlineData("Feeds:Intervall", "00:10:00", "Feeds:Intervall: there is no such setting")]
    [InlineData("Storage:Path", "", "Storage:Path")]
    [InlineData("Retention:Text", "00:00:01", "Retention:Text")]
    [InlineData("Retention:Alerts", "1.00:00:00", "Retention:Alerts")]
    [InlineData("Retention:MaxSize", "a lot", "Retention:MaxSize: 'a lot' is no size of at least 100 MB")]
    [InlineData("Retention:MaxSize", "20", "Retention:MaxSize: '20' is no size")]
    [InlineData("Retention:MaxSize", "-20 GB", "Retention:MaxSize: '-20 GB' is no size")]
    [InlineData("Retention:MaxSize", "1 MB", "Retention:MaxSize: '1 MB' is no size")]
    [InlineData("Slack:AppToken", "xoxb-1", "Slack:AppToken: Such a token begins with xapp-")]
    [InlineData("Slack:Mode", "sockets", "Slack:Mode: It is socket or http")]
    [InlineData("Slack:ApiBase", "slack.com", "Slack:ApiBase: 'slack.com' is no http")]
    [InlineData("Slack:ClientSecret", "x", "Slack:ClientId: ClientId and ClientSecret belong together")]
    [InlineData("Slack:BotToken", "xoxb-1", "Slack:AppToken: Mode socket needs it")]
    [InlineData("Web:PublicUrl", "bot.example.org", "Web:PublicUrl: 'bot.example.org' is no http")]
    [InlineData("Slack:CommandPrefix", "Ab", "Slack:CommandPrefix: Use lower-case letters")]
    [InlineData("Discord:Token", "Bot abc", "Discord:Token: It has characters that no token has")]
    [InlineData("Discord:Mode", "sockets", "Discord:Mode: It is gateway or http")]
    [InlineData("Discord:ApiBase", "discord.com", "Discord:ApiBase: 'discord.com' is no http")]
    [InlineData("Discord:PublicKey", "abc", "Discord:PublicKey: It must be the 64")]
    public void A_wrong_setting_is_told_with_its_key(string key, string value, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Faults((key, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "https://bot.example.org")]
    [InlineData("https://slack.example.org", "https://slack.example.org")]
    public void Slack_sees_the_bot_where_everybody_does_unless_its_own_setting_says_otherwise(string own, string seen)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Slack:PublicUrl"] = own }).Build();

        Assert.Equal(seen, AlertBot.Platforms.Slack.SlackOptions.Of(settings.GetSection("Slack"), "https://bot.example.org").PublicUrl);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Faults(("Feeds:Interval", "soon"), ("Local:Address", "nowhere"), ("Alerts:ParallelChannels", "0")).Count);

    [Fact]
    public void Every_setting_is_in_the_approved_list() => Approved.Text("settings.txt", string.Concat(Settings.All.Select(s =>
        string.Create(CultureInfo.InvariantCulture, $"{s.Key} = {(s.Default is System.Collections.IEnumerable and not string ? "[]" : s.Default)}\n"))));

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] settings) =>
        Settings.Faults(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build());
}
