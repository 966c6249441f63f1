using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AlertBot.Feeds;

namespace AlertBot.Benchmarks;

/// <summary>
/// Reads hostile documents for so many minutes, each under a watch: an exception, more than two seconds or more memory than a document
/// may cost is a failure, and the document is kept. A document that never ends ends the run.
/// </summary>
internal sealed class FeedFuzz(int seed, IReadOnlyList<byte[]> samples, string folder)
{
    /// <summary>What reading a document may allocate: so much at all, and so much for each of its bytes.</summary>
    public const long AllocatedAtAll = 64L * 1024 * 1024;

    public const int AllocatedPerByte = 200;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);

    private readonly List<string> _failures = [];
    private byte[] _current = [];
    private long _started;
    private int _documents;
    private int _feeds;
    private long _bytes;
    private (double Milliseconds, int Bytes) _slowest;
    private double _hungriest;

    public static int Run(Options options)
    {
        var seed = options.Number("--seed", 1);
        var samples = options.Text("--root") is { } root
            ? FeedFolder.Read(root, 400).Where(document => document.Length <= 200_000).ToList()
            : [Encoding.UTF8.GetBytes("<rss version='2.0'><channel><title>T</title><item><title>I</title></item></channel></rss>")];
        var fuzz = new FeedFuzz(seed, samples, options.Text("--save") ?? Path.Combine(Path.GetTempPath(), "alertbot-fuzz"));
        return fuzz.Run(TimeSpan.FromMinutes(options.Number("--minutes", 10)));
    }

    private int Run(TimeSpan length)
    {
        var hostile = new HostileFeeds(seed, samples);
        var watch = Stopwatch.StartNew();
        using var done = new ManualResetEvent(false);
        var guard = new Thread(() => Guard(done)) { IsBackground = true };
        guard.Start();
        while (watch.Elapsed < length)
        {
            _current = hostile.Next();
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            Read(_current);
            Volatile.Write(ref _started, 0);
        }

        done.Set();
        guard.Join();
        Report(watch.Elapsed);
        return _failures.Count == 0 ? 0 : 1;
    }

    private void Read(byte[] document)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var reading = FeedParser.Parse(new FeedDocument(document, null, new Uri("https://feeds.example/")));
        var elapsed = watch.Elapsed;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        // A busy machine can stop a thread for seconds: only what is slow again is slow.
        if (elapsed > Slow)
        {
            watch.Restart();
            FeedParser.Parse(new FeedDocument(document, null, null));
            elapsed = watch.Elapsed < elapsed ? watch.Elapsed : elapsed;
        }

        _documents++;
        _bytes += document.Length;
        _feeds += reading is FeedReading.Parsed ? 1 : 0;
        _slowest = elapsed.TotalMilliseconds > _slowest.Milliseconds ? (elapsed.TotalMilliseconds, document.Length) : _slowest;
        _hungriest = Math.Max(_hungriest, (double)Math.Max(0, allocated - AllocatedAtAll) / Math.Max(1, document.Length));
        var why = reading is FeedReading.NotAFeed { Why: var text } && text.StartsWith(FeedParser.Unreadable, StringComparison.Ordinal) ? text
            : elapsed > Slow ? $"{elapsed.TotalSeconds:0.0} s"
            : allocated > AllocatedAtAll + ((long)AllocatedPerByte * document.Length) ? $"{allocated / 1_000_000} MB allocated"
            : null;
        if (why is not null)
        {
            Fail(why, document);
        }
    }

    private void Guard(WaitHandle done)
    {
        while (!done.WaitOne(TimeSpan.FromMilliseconds(200)))
        {
            if (Volatile.Read(ref _started) is > 0 and var started && Stopwatch.GetElapsedTime(started) > Hanging)
            {
                Fail("does not end", _current);
                Report(TimeSpan.Zero);
                Environment.Exit(1);
            }
        }
    }

    private void Fail(string why, byte[] document)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{seed}-{_documents}.bin");
        File.WriteAllBytes(path, document);
        _failures.Add($"{path}: {why}");
        Console.Error.WriteLine(_failures[^1]);
    }

    private void Report(TimeSpan elapsed) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        name = "fuzz",
        seed,
        seconds = Math.Round(elapsed.TotalSeconds),
        documents = _documents,
        mb = Math.Round(_bytes / 1e6, 1),
        feeds = _feeds,
        failures = _failures.Count,
        slowest_ms = Math.Round(_slowest.Milliseconds, 1),
        slowest_bytes = _slowest.Bytes,
        most_allocated_per_byte = Math.Round(_hungriest, 1),
        peak_mb = Math.Round(Measured.PeakMegabytes(), 1),
        saved = _failures,
    }));
}
