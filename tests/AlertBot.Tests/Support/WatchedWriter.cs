using System.Text;

namespace AlertBot.Tests.Support;

/// <summary>Keeps what is written and lets a test wait until it has come.</summary>
internal sealed class WatchedWriter : StringWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private TaskCompletionSource _written = NewSignal();

    public string Written
    {
        get
        {
            lock (_lock)
            {
                return base.ToString();
            }
        }
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override Task WriteAsync(string? value)
    {
        lock (_lock)
        {
            Write(value);
            _written.SetResult();
            _written = NewSignal();
        }

        return Task.CompletedTask;
    }

    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task UntilAsync(string expected)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (base.ToString().Contains(expected, StringComparison.Ordinal))
                {
                    return;
                }

                next = _written.Task;
            }

            await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
