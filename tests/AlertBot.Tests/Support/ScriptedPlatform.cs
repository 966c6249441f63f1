using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>A platform that shows what it is sent, once per key, and answers as the test says.</summary>
internal sealed class ScriptedPlatform : IChatPlatform
{
    private readonly Dictionary<string, string> _shownUnder = [];
    private readonly Queue<Func<OutgoingMessage, SendResult?>> _script = [];

    public string Name => "scripted";

    public string? Trouble => null;

    public List<(string Channel, string Title)> Shown { get; } = [];

    /// <summary>Every message that it was handed, shown or not.</summary>
    public List<OutgoingMessage> Handed { get; } = [];

    public int Attempts => Handed.Count;

    /// <summary>The next attempts get these answers instead of being shown; a thrown exception counts as a lost answer.</summary>
    public void Next(params IEnumerable<Func<OutgoingMessage, SendResult?>> answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    /// <summary>The message is shown, and then the answer is lost.</summary>
    public SendResult? ShowThenLose(OutgoingMessage message)
    {
        Show(message);
        throw new IOException("the connection broke");
    }

    public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        Handed.Add(message);
        return Task.FromResult((_script.TryDequeue(out var answer) ? answer(message) : null) ?? Show(message));
    }

    private SendResult Show(OutgoingMessage message)
    {
        if (_shownUnder.TryAdd(message.IdempotencyKey, message.To.Channel))
        {
            Shown.Add((message.To.Channel, message.Card.Title));
        }

        return new SendResult.Sent(message.IdempotencyKey);
    }
}
