using AlertBot.Platforms;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Tries again at the time that the platform names, as the sender of alerts does.</summary>
internal sealed class PatientPlatform(IChatPlatform platform, FakeTimeProvider time) : IChatPlatform
{
    private const int Attempts = 5;

    public string Name => platform.Name;

    public string? Trouble => platform.Trouble;

    public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        PatientlyAsync(() => platform.SendAsync(message, cancellationToken));

    public Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken) =>
        PatientlyAsync(() => platform.EditAsync(channel, messageId, card, cancellationToken));

    private async Task<SendResult> PatientlyAsync(Func<Task<SendResult>> attemptAsync)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await attemptAsync();
            if (result is not SendResult.RetryAfter { Delay: { } delay } || attempt == Attempts)
            {
                return result;
            }

            time.Advance(delay);
        }
    }

    public ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken) => platform.CommunityOfAsync(channel, cancellationToken);
}
