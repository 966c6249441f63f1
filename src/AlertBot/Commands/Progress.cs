using System.Globalization;

namespace AlertBot.Commands;

/// <summary>Says now and then on standard error how far a long work is: nothing for a short one, then a line every few seconds.</summary>
internal sealed class Progress(TextWriter error, TimeProvider time, string what)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly long _start = time.GetTimestamp();
    private long _last = time.GetTimestamp();

    public void Report(long done)
    {
        if (time.GetElapsedTime(_last) < Pause)
        {
            return;
        }

        _last = time.GetTimestamp();
        var rate = done / time.GetElapsedTime(_start).TotalSeconds;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} {what}, {rate:N0} a second …"));
    }
}
