using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Feeds;

/// <summary>
/// Which replica asks which host: all feeds of one are asked by one, so that a host gets no more requests from many replicas than
/// from one. Where a replica comes or goes, only its own hosts change hands.
/// </summary>
internal static class HostShare
{
    public static bool IsOf(string replica, Uri address, IReadOnlyCollection<string> alive) =>
        alive.Count <= 1 || !alive.Contains(replica) || alive.MaxBy(r => Draw(RegisteredDomain.Of(address), r), StringComparer.Ordinal) == replica;

    private static string Draw(string host, string replica) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{host} {replica}")));
}
