using AlertBot.Emulators.Discord.World;
using AlertBot.Emulators.Faults;
using AlertBot.Emulators.Schemas;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Every request, and what was wrong with it or with its answer by the published description.</summary>
internal sealed class RequestLog(DiscordWorld world, OpenApiFile? openApi)
{
    private readonly Lock _lock = new();
    private readonly List<DiscordRequest> _requests = [];
    private readonly List<string> _violations = [];
    private int _arrived;

    public int Arrived => Volatile.Read(ref _arrived);

    public IReadOnlyList<DiscordRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>Counts a request and checks it.</summary>
    public void Arrive(RestCall call)
    {
        Interlocked.Increment(ref _arrived);
        if (call.Fault is null && openApi is not null)
        {
            Note(openApi.CheckRequest(call.Method, call.Path, call.Query, call.Body?.Frozen()).Select(fault => $"{call.Method} {call.Path} request: {fault}"));
        }
    }

    /// <summary>Keeps a request with its answer, and checks the answer where the emulator made it up itself.</summary>
    public void Answered(RestCall call, Reply reply)
    {
        var answer = reply is { IsCut: false, Page: null } ? reply.Json?.Frozen() : null;
        if (openApi is not null && reply is { IsCut: false, Page: null, Status: < 500, Spoiled: 0 })
        {
            Note(openApi.CheckAnswer(call.Method, call.Path, reply.Status, answer).Select(fault => $"answer: {call.Method} {call.Path} {reply.Status}: {fault}"));
        }

        var request = new DiscordRequest(
            call.Method, call.Path, call.Query, call.Body?.Frozen(), call.Headers.ContainsKey("Authorization"), call.Headers, reply.IsCut ? null : reply.Status, answer, [.. call.Files.Select(file => file.Name)], world.Now);
        lock (_lock)
        {
            _requests.Add(request);
        }
    }

    public void Note(IEnumerable<string> violations)
    {
        lock (_lock)
        {
            _violations.AddRange(violations);
        }
    }
}
