using System.Collections.Concurrent;
using System.Security.Cryptography;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Wire;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// Messages of cards, with their images. Slack looks through a file for some seconds before a message can show it, so the same
/// file is tried again a few times, and then gone without.
/// </summary>
internal sealed class UploadedImages(SlackApi api, SlackCardRenderer renderer)
{
    private const int Tries = 3;
    private const int MostRemembered = 100;
    private static readonly TimeSpan LookingThrough = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Team, string Image), (string File, int Tries)> _waiting = new();

    /// <param name="showAsync">Shows the message, with the image or without it.</param>
    /// <returns><see cref="SlackAnswer.Limited"/> while Slack looks through the image: the next call takes the same file.</returns>
    public async Task<SlackAnswer> ShowAsync(string team, Card card, Func<SlackMessage, Task<SlackAnswer>> showAsync, CancellationToken cancellationToken)
    {
        if (card.Image is not { } image)
        {
            return await ShowWithAsync(null);
        }

        var key = (team, Convert.ToHexString(SHA256.HashData(image.Png)));
        var (file, tries) = _waiting.TryGetValue(key, out var before) ? before : (await api.UploadAsync(team, image, cancellationToken), 0);
        if (file is null)
        {
            return await ShowWithAsync(null);
        }

        switch (await ShowWithAsync(file))
        {
            case SlackAnswer.Refused { Error: "invalid_blocks" } when tries + 1 < Tries:
                Keep(key, file, tries + 1);
                return new SlackAnswer.Limited(LookingThrough, "Slack looks through the image");
            case SlackAnswer.Refused { Error: "invalid_blocks" }:
                _waiting.TryRemove(key, out _);
                return await ShowWithAsync(null);
            case SlackAnswer.Ok ok:
                _waiting.TryRemove(key, out _);
                return ok;
            case var other:
                Keep(key, file, tries);
                return other;
        }

        Task<SlackAnswer> ShowWithAsync(string? shown) => showAsync(renderer.Message(card, shown));
    }

    private void Keep((string Team, string Image) key, string file, int tries)
    {
        if (_waiting.Count >= MostRemembered)
        {
            _waiting.Clear();
        }

        _waiting[key] = (file, tries);
    }
}
