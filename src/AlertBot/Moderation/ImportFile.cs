using System.Text;
using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The text of a file that a command was given: uploaded, under an address of the web, or typed in whole. Never one of the bot's own disk.</summary>
internal sealed class ImportFile(FeedFetcher fetcher)
{
    public const string Option = "file";

    /// <returns>The text, or the reason why there is none.</returns>
    public async Task<(string? Text, string Why)> ReadAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Files.TryGetValue(Option, out var given))
        {
            return await given.ReadAsync(cancellationToken) switch
            {
                FileContent.Whole(var bytes) => Decoded(bytes, null),
                FileContent.Failed(var why) => (null, $"{given.Name}: {why}."),
                var other => throw new InvalidOperationException($"Unknown content {other}."),
            };
        }

        var typed = invocation[Option].Trim();
        return FeedAddress.TryParse(typed, out var address, out var fault) ? await FetchAsync(address, cancellationToken)
            : typed.AsSpan().ContainsAny('\n', '<') ? Decoded(Encoding.UTF8.GetBytes(typed), "text/plain; charset=utf-8")
            : (null, fault);
    }

    private async Task<(string? Text, string Why)> FetchAsync(Uri address, CancellationToken cancellationToken) => await fetcher.FetchAsync(address, null, null, cancellationToken) switch
    {
        FetchResult.Fetched { Document: var document } when document.Bytes.Length > GivenFile.MostBytes => (null, $"{address}: {FileContent.TooLarge.Why}."),
        FetchResult.Fetched { Document: var document } => Decoded(document.Bytes, document.ContentType),
        FetchResult.Gone => (null, $"{address}: there is nothing any more (410)."),
        { Trouble: { } why } => (null, $"{address}: {why}."),
        var other => throw new InvalidOperationException($"Unexpected {other}."),
    };

    private static (string? Text, string Why) Decoded(ReadOnlyMemory<byte> bytes, string? contentType) =>
        FeedCharset.Decode(bytes.Span, contentType).TrimStart('\uFEFF') is var text && string.IsNullOrWhiteSpace(text) ? (null, "The file is empty.") : (text, "");
}
