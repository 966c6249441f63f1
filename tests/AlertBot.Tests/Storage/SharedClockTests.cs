using AlertBot.Storage;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Storage;

/// <summary>Replicas go by the database's clock, whatever their machines say.</summary>
public sealed class SharedClockTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-600)]
    [InlineData(0)]
    [InlineData(86_400)]
    public async Task However_wrong_a_machine_is_its_replica_says_what_the_database_says(int seconds)
    {
        var machine = new FakeTimeProvider(Now + TimeSpan.FromSeconds(seconds));
        var clock = new SharedClock(machine);

        await clock.SetAsync(() => Task.FromResult(Now));
        Assert.Equal(Now, clock.GetUtcNow());

        machine.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(Now + TimeSpan.FromMinutes(3), clock.GetUtcNow());
    }

    [Fact]
    public async Task Setting_the_machine_s_clock_does_nothing()
    {
        var machine = new WallClock { Shows = Now };
        var clock = new SharedClock(machine);
        await clock.SetAsync(() => Task.FromResult(Now));

        machine.Shows += TimeSpan.FromHours(1);

        Assert.Equal(Now, clock.GetUtcNow());
    }

    [Fact]
    public async Task Half_of_what_the_question_took_has_passed_since_the_answer()
    {
        var machine = new FakeTimeProvider(Now);
        var clock = new SharedClock(machine);

        await clock.SetAsync(() =>
        {
            machine.Advance(TimeSpan.FromMilliseconds(40));
            return Task.FromResult(Now);
        });

        Assert.Equal(Now + TimeSpan.FromMilliseconds(20), clock.GetUtcNow());
    }

    [Fact]
    public void Until_the_database_was_asked_it_is_the_machine_s() => Assert.Equal(Now, new SharedClock(new FakeTimeProvider(Now)).GetUtcNow());

    /// <summary>A clock on which no time passes and that anybody may set.</summary>
    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Shows { get; set; }

        public override DateTimeOffset GetUtcNow() => Shows;

        public override long GetTimestamp() => 1;
    }
}
