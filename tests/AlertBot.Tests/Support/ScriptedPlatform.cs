using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>A platform that shows what it is sent, once per key, and answers as the test says. A channel called 404… does not exist.</summary>
internal sealed class ScriptedPlatform : IChatPlatform
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OutgoingMessage> _shown = [];
    private readonly Queue<Func<OutgoingMessage, SendResult?>> _script = [];
    private readonly Queue<Func<Action, SendResult?>> _edits = [];

    public string Name => "scripted";

    public string? Trouble { get; set; }

    public List<(string Channel, string Title)> Shown { get; } = [];

    /// <summary>Every edit that it was handed, done or not.</summary>
    public List<(string Channel, string MessageId, Card Card)> Edited { get; } = [];

    /// <summary>What each message shows now, by its id, oldest first.</summary>
    public IReadOnlyDictionary<string, OutgoingMessage> Messages => _shown;

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

    /// <summary>The next edits get these answers; each is given what does the edit.</summary>
    public void NextEdit(params IEnumerable<Func<Action, SendResult?>> answers)
    {
        foreach (var answer in answers)
        {
            _edits.Enqueue(answer);
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
        lock (_lock)
        {
            Handed.Add(message);
            return Task.FromResult((_script.TryDequeue(out var answer) ? answer(message) : null) ?? Show(message));
        }
    }

    public Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Edited.Add((channel.Channel, messageId, card));
            return Task.FromResult(_shown.TryGetValue(messageId, out var message) && message.To == channel
                ? (_edits.TryDequeue(out var answer) ? answer(Edit) : null) ?? Done()
                : new SendResult.Rejected("there is no such message"));

            void Edit() => _shown[messageId] = message with { Card = card };

            SendResult Done()
            {
                Edit();
                return new SendResult.Sent(messageId);
            }
        }
    }

    public bool IsRole(string text) => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit);

    public ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(
        channel.Platform == Name && !channel.Channel.StartsWith("404", StringComparison.Ordinal) ? Name : "");

    public void Delete(string messageId) => _shown.Remove(messageId);

    private SendResult Show(OutgoingMessage message)
    {
        if (message.To.Channel.StartsWith("404", StringComparison.Ordinal))
        {
            return new SendResult.ChannelGone("there is no such channel");
        }

        if (message.Under is { } under && !_shown.ContainsKey(under))
        {
            return new SendResult.Rejected("there is no such message");
        }

        if (_shown.TryAdd(message.IdempotencyKey, message))
        {
            Shown.Add((message.To.Channel, message.Card.Title));
        }

        return new SendResult.Sent(message.IdempotencyKey);
    }
}
