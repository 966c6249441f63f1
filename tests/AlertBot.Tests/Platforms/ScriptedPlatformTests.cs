using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms;

/// <summary>The platform that tests script keeps the contract, too: what holds on it holds on the others.</summary>
public sealed class ScriptedPlatformTests : ChatPlatformContract
{
    private readonly ScriptedPlatform _platform = new();

    private protected override IChatPlatform Platform => _platform;

    private protected override ChannelAddress Channel => new("scripted", "desk");

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override Task<IReadOnlyList<string>> ShownAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _platform.Messages.Values.Select(m => new PlainTextRenderer(TimeZoneInfo.Utc).Render("", m.Card))]);

    private protected override string Role => "desk";

    private protected override Task<IReadOnlyList<string>> CalledAsync() => Task.FromResult<IReadOnlyList<string>>([.. _platform.Messages.Values.SelectMany(m => m.Pings.Where(_platform.IsRole).Distinct())]);

    private protected override Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync() =>
        Task.FromResult<IReadOnlyList<(string, byte[])>>([.. _platform.Messages.Values.Select(m => m.Card.File).OfType<CardFile>().Select(f => (f.Name, f.Bytes))]);
}
