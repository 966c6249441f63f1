using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Storage;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

public sealed class GatewayStoreTests : IAsyncLifetime
{
    private static readonly GatewaySettings Settings = new("application.stamp.secret", "DiscordBot (test, 1)", 0, null);

    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 3, 9, 0, 0, TimeSpan.Zero));
    private Database _database = null!;
    private GatewayStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "bot.db"));
        await new Migrator(_database, _time).MigrateAsync(Token);
        _store = new GatewayStore(_database, Settings, _time);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_token_stays_secret()
    {
        Assert.Equal(Settings.Application, (Settings with { Token = "application.other.secret2" }).Application);
        Assert.NotEqual(Settings.Application, new GatewaySettings("other.stamp.secret", "", 0, null).Application);
        Assert.DoesNotContain("secret", Settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_replica_holds_all_shards()
    {
        Assert.Equal([0, 1, 2, 3], await HeldAsync("a", 4));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public async Task A_second_replica_gets_what_the_first_gives_up(int count, int part)
    {
        await HeldAsync("a", count);
        Assert.Empty(await HeldAsync("b", count));

        var leases = await _store.LeaseAsync("a", count, [], Token);
        Assert.Equal(part, leases.Part);
        foreach (var excess in leases.Held.Skip(leases.Part))
        {
            await _store.ReleaseAsync("a", new ShardId(excess.Number, count), null, Token);
        }

        Assert.Equal(Enumerable.Range(0, count), [.. await HeldAsync("a", count), .. await HeldAsync("b", count)]);
    }

    [Fact]
    public async Task A_replica_that_falls_silent_loses_its_shards_and_can_no_longer_write_to_them()
    {
        await HeldAsync("a", 1);
        await _store.SaveSessionAsync("a", new ShardId(0, 1), Session("first", 3), Token);
        _time.Advance(GatewayStore.Lease);

        var taken = Assert.Single((await _store.LeaseAsync("b", 1, [], Token)).Held);
        await _store.SaveSessionAsync("a", new ShardId(0, 1), Session("late", 9), Token);

        Assert.Equal(("first", 3L), (taken.Session!.Id, taken.Session.Handled));
        Assert.Empty(await HeldAsync("a", 1));
        Assert.Equal("first", Assert.Single((await _store.LeaseAsync("b", 1, [(0, taken.Session)], Token)).Held).Session!.Id);
    }

    [Fact]
    public async Task A_renewed_lease_lasts()
    {
        await HeldAsync("a", 1);
        _time.Advance(GatewayStore.Lease / 2);
        await HeldAsync("a", 1);
        _time.Advance(GatewayStore.Lease / 2);

        Assert.Empty(await HeldAsync("b", 1));
    }

    [Fact]
    public async Task A_session_without_any_is_stored_as_none()
    {
        await HeldAsync("a", 1);
        await _store.SaveSessionAsync("a", new ShardId(0, 1), Session("first", 3), Token);
        await _store.ReleaseAsync("a", new ShardId(0, 1), null, Token);

        Assert.Null(Assert.Single((await _store.LeaseAsync("b", 1, [], Token)).Held).Session);
    }

    [Fact]
    public async Task Shards_of_two_different_counts_are_never_held_together()
    {
        await HeldAsync("a", 2);
        var other = await _store.LeaseAsync("b", 3, [], Token);
        Assert.Equal(2, other.OtherCount);
        Assert.Empty(other.Held);

        _time.Advance(GatewayStore.Lease);
        Assert.Equal([0, 1, 2], await HeldAsync("b", 3));
        Assert.Empty(await HeldAsync("a", 2));
    }

    [Fact]
    public async Task A_start_alone_on_the_database_waits_for_no_lease()
    {
        await HeldAsync("a", 2);
        await _database.InTransactionAsync(transaction => _store.ReleaseAsync(transaction, null), Token);

        Assert.Equal([0, 1], await HeldAsync("b", 2));
    }

    [Fact]
    public async Task Identifies_with_one_key_are_five_seconds_apart_over_all_replicas()
    {
        var other = new GatewayStore(_database, Settings, _time);
        Assert.Equal(TimeSpan.Zero, await _store.ReserveIdentifyAsync(0, 990, Token));
        Assert.Equal(TimeSpan.Zero, await _store.ReserveIdentifyAsync(1, 990, Token));

        var wait = await other.ReserveIdentifyAsync(0, 990, Token);
        Assert.InRange(wait, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        _time.Advance(wait);

        Assert.Equal(TimeSpan.Zero, await other.ReserveIdentifyAsync(0, 990, Token));
    }

    [Fact]
    public async Task No_more_identifies_than_the_budget_are_written_in_a_day()
    {
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(TimeSpan.Zero, await _store.ReserveIdentifyAsync(0, 3, Token));
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.NotEqual(TimeSpan.Zero, await _store.ReserveIdentifyAsync(0, 3, Token));
        var spent = await _store.BudgetSpentForAsync(3, Token);
        Assert.Equal(TimeSpan.FromHours(21), spent);

        _time.Advance(spent);
        Assert.Equal(TimeSpan.Zero, await _store.BudgetSpentForAsync(3, Token));
        Assert.Equal(TimeSpan.Zero, await _store.ReserveIdentifyAsync(0, 3, Token));
    }

    private async Task<IReadOnlyList<int>> HeldAsync(string owner, int count) => [.. (await _store.LeaseAsync(owner, count, [], Token)).Held.Select(h => h.Number)];

    private GatewaySession Session(string id, long sequence) => new(id, new Uri("wss://gateway.example"), sequence, _time.GetUtcNow());
}
