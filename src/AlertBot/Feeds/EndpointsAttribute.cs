using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AlertBot.Feeds;

/// <summary>A list of <c>address:port</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EndpointsAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is IEnumerable<string> endpoints && endpoints.All(e => IPEndPoint.TryParse(e, out var endpoint) && endpoint.Port > 0);

    public override string FormatErrorMessage(string name) => "each must be an address with a port, such as 10.1.2.3:8080.";
}
