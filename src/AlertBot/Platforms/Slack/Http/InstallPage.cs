using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>A page of the installation: a heading, what to do, and perhaps where to go. All of it is text and is encoded.</summary>
internal sealed record InstallPage(int Status, string Title, string Text)
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#1d1c1d;background:#fff}a{color:#0b5394}"
        + "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#7cb7e8}}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What leads on, and the words to press for it.</summary>
    public (string Address, string Words)? Link { get; init; }

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer"; // The address has the code in it.
        headers.CacheControl = "no-store";
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(Html(), cancellationToken);
    }

    private string Html()
    {
        var link = Link is var (address, words) ? $"<p><a href=\"{Encoded(address)}\">{Encoded(words)}</a></p>" : "";
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encoded(Title)}</title><style>{Style}</style></head>
            <body><main><h1>{Encoded(Title)}</h1><p>{Encoded(Text)}</p>{link}</main></body>
            </html>
            """;

        static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
    }
}
