using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AlertBot.Tests.Support;

/// <summary>A model that writes what a test tells it to, given what it was sent.</summary>
internal sealed class ScriptedModel(Func<string, string> write) : IChatClient
{
    /// <summary>What was sent, the newest last.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>The options of the newest request.</summary>
    public ChatOptions? Options { get; private set; }

    /// <summary>Holds the answer up; it takes no notice of being told to stop.</summary>
    public Task Delay { get; set; } = Task.CompletedTask;

    /// <summary>The texts of the passages in what was sent.</summary>
    public static IReadOnlyList<string> Passages(string sent) =>
        [.. JsonDocument.Parse(sent).RootElement.GetProperty("passages").EnumerateArray().Select(p => p.GetProperty("text").GetString()!)];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Options = options;
        Sent.Add(messages.Last().Text);
        await Delay;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, write(Sent[^1])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
