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
    public void Without_a_setting_there_is_one_channel() => Assert.Equal(["general"], new LocalOptions().FirstChannels);
}
