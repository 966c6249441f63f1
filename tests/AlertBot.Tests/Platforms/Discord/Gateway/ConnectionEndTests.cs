using AlertBot.Platforms.Discord.Gateway;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

public sealed class ConnectionEndTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4005)]
    [InlineData(4008)]
    [InlineData(4999)]
    public void A_session_that_may_live_is_resumed(int? code) => Assert.Equal(nameof(NextStep.Resume), ConnectionEnd.OfClose(code).Next.ToString());

    [Theory]
    [InlineData(4003)]
    [InlineData(4007)]
    [InlineData(4009)]
    public void A_session_that_is_gone_is_begun_anew(int code) => Assert.Equal(nameof(NextStep.Identify), ConnectionEnd.OfClose(code).Next.ToString());

    [Theory]
    [InlineData(4004, "Discord:Token")]
    [InlineData(4010, "Discord:Shards")]
    [InlineData(4011, "Discord:Shards")]
    [InlineData(4012, "newer AlertBot")]
    [InlineData(4013, "another version")]
    [InlineData(4014, "Privileged Gateway Intents")]
    public void What_only_a_person_can_mend_ends_it_and_says_how(int code, string remedy)
    {
        var end = ConnectionEnd.OfClose(code);

        Assert.Equal(nameof(NextStep.GiveUp), end.Next.ToString());
        Assert.Contains(remedy, end.Why, StringComparison.Ordinal);
    }
}
