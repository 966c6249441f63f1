using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Faults;

/// <summary>What goes back over the wire: an answer with its headers, a page of some proxy, or a cut.</summary>
internal sealed record Reply(int Status)
{
    public static readonly Reply Cut = new(0);

    public JsonNode? Json { get; init; }

    /// <summary>Instead of JSON.</summary>
    public string? Page { get; init; }

    public Dictionary<string, string> Headers { get; } = [];

    public SpoiledBody Spoiled { get; init; }

    public bool IsCut => Status == 0;

    public async Task WriteAsync(HttpContext context)
    {
        if (IsCut)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        var html = Page ?? (Spoiled == SpoiledBody.Html ? "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>" : null);
        if (html is null && Json is null)
        {
            return;
        }

        response.ContentType = html is not null ? "text/html; charset=UTF-8" : Spoiled == SpoiledBody.WrongType ? "text/plain" : "application/json";
        var body = Encoding.UTF8.GetBytes(html ?? Json!.ToJsonString());
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(Spoiled == SpoiledBody.Half ? body.AsMemory(0, body.Length / 2) : body, context.RequestAborted).ConfigureAwait(false);
        if (Spoiled == SpoiledBody.Half)
        {
            await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            context.Abort();
        }
    }
}
