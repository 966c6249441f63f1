using AlertBot.Platforms.Local;

namespace AlertBot.Tests.Platforms.Local;

public sealed class LocalOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://192.168.1.5:8080", false)]
    [InlineData("http://chat.example:8080", false)]
    [InlineData("http://localhost.chat.example:8080", false)]
    public void Loopback_is_told_from_the_rest(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, new LocalOptions { Address = address }.IsLoopback);

    [Fact]
    public void The_defaults_stand() =>
        Assert.Equal(["general"], new LocalOptions().Checked().FirstChannels);

    [Theory]
    [InlineData("General")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("a23456789012345678901234567890123")]
    public void A_wrong_channel_name_is_told(string name) =>
        Assert.StartsWith($"Local:Channels: '{name}'", Assert.Throws<ArgumentException>(() => new LocalOptions { Channels = [name] }.Checked()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("")]
    public void A_wrong_address_is_told(string address) =>
        Assert.StartsWith("Local:Address", Assert.Throws<ArgumentException>(() => new LocalOptions { Address = address }.Checked()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_limit_of_nothing_is_told() =>
        Assert.StartsWith("Local:MessagesPerSecond", Assert.Throws<ArgumentException>(() => new LocalOptions { MessagesPerSecond = 0 }.Checked()).Message, StringComparison.Ordinal);
}
