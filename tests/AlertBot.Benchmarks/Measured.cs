using System.Diagnostics;

namespace AlertBot.Benchmarks;

/// <summary>Times and memory of this process.</summary>
internal static class Measured
{
    /// <summary>Runs it to warm up, then so many times; gives the median of wall and of processor seconds, and the best wall.</summary>
    public static (double Seconds, double Processor, double Best) Median(int passes, Action pass)
    {
        // The first runs compile and instrument, the next run what the runtime has made of them.
        for (var warm = 0; warm < 2; warm++)
        {
            pass();
        }

        var walls = new List<double>();
        var processors = new List<double>();
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < passes; i++)
        {
            var processor = Processor();
            walls.Add(Seconds(pass));
            processors.Add(Processor() - processor);
        }

        return (walls.Order().ElementAt(passes / 2), processors.Order().ElementAt(passes / 2), walls.Min());

        double Processor()
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>What the managed heap holds, after a full collection.</summary>
    public static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Collects what is left over of making ready; the peak counts from here. https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
