using System.Text.RegularExpressions;
using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Discord.Faults;

/// <summary>The faults that wait for their requests.</summary>
internal sealed class FaultBook
{
    private readonly Lock _lock = new();
    private readonly List<Waiting<RestFault>> _rest = [];
    private readonly List<Waiting<GatewayFault>> _gateway = [];

    public Outage? Outage { get; set; }

    public void Add(RestFault fault)
    {
        lock (_lock)
        {
            _rest.Add(new Waiting<RestFault>(fault, fault.Times, new Random(fault.Seed)));
        }
    }

    public void Add(GatewayFault fault)
    {
        lock (_lock)
        {
            _gateway.Add(new Waiting<GatewayFault>(fault, fault.Times, new Random(0)));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rest.Clear();
            _gateway.Clear();
            Outage = null;
        }
    }

    /// <summary>The first fault that fits a request, counted down.</summary>
    public RestFault? Take(string method, string path)
    {
        lock (_lock)
        {
            return Take(_rest, waiting => Fits(waiting, method, path));
        }
    }

    public GatewayFault? TakeGateway(GatewayFaultKind kind)
    {
        lock (_lock)
        {
            return Take(_gateway, waiting => waiting.Fault.Kind == kind);
        }
    }

    private static bool Fits(Waiting<RestFault> waiting, string method, string path) =>
        (waiting.Fault.Method is null || waiting.Fault.Method == method) && Regex.IsMatch(path, waiting.Fault.Path, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) && (waiting.Fault.Rate >= 1 || waiting.Chance.NextDouble() < waiting.Fault.Rate);

    private static T? Take<T>(List<Waiting<T>> waiting, Predicate<Waiting<T>> fits)
        where T : class
    {
        var found = waiting.Find(fits);
        if (found is not null && --found.Left == 0)
        {
            waiting.Remove(found);
        }

        return found?.Fault;
    }

    private sealed class Waiting<T>(T fault, int left, Random chance)
    {
        public T Fault { get; } = fault;

        public int Left { get; set; } = left;

        public Random Chance { get; } = chance;
    }
}
