using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>
/// How often installations can be begun from one address, each of which is a row in the database: so many a minute. An IPv6
/// network counts as one address.
/// </summary>
internal static class InstallLimit
{
    public const string Policy = "slack-install";
    public const int AMinute = 20;

    private const int NetworkBytes = 8;

    public static IServiceCollection AddInstallLimit(this IServiceCollection services) => services.AddRateLimiter(limiter => limiter.AddPolicy(Policy, new ByAddress()));

    private sealed class ByAddress : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = async (rejected, cancellationToken) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await new InstallPage(StatusCodes.Status429TooManyRequests, "Too many installations were begun from here", "Wait a minute and load this page again. Nothing was installed.")
                .WriteAsync(rejected.HttpContext.Response, cancellationToken);
        };

        public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
            NetworkOf(httpContext.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = AMinute, Window = TimeSpan.FromMinutes(1) });

        private static string NetworkOf(IPAddress? address) =>
            address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(address.GetAddressBytes(), 0, NetworkBytes) : address?.MapToIPv4().ToString() ?? "";
    }
}
