using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AlertBot.Platforms.Local;

/// <summary>
/// Settings of the web chat and the terminal. A person on the web page is a moderator only while <see cref="Address"/>
/// is a loopback address, the server listens on loopback alone and the request comes from there: then it is somebody at
/// this machine. On any other address nobody on the page is a moderator. The terminal's user always is one.
/// </summary>
internal sealed class LocalOptions : IValidatableObject
{
    public const string Section = "Local";

    private const string FirstChannel = "general";

    /// <summary>Where the page is served.</summary>
    [Required]
    public string Address { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Channels made at start; none means <c>general</c> alone. More can be made on the page.</summary>
    public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>How many alerts one channel takes in a second; the rest is told to come again.</summary>
    [Range(1, 1000)]
    public int MessagesPerSecond { get; set; } = 5;

    /// <summary>Read commands from standard input.</summary>
    public bool Terminal { get; set; }

    public IReadOnlyList<string> FirstChannels => Channels.Count > 0 ? Channels : [FirstChannel];

    public bool IsLoopback => Uri.TryCreate(Address, UriKind.Absolute, out var address) && IsLoopbackHost(address.Host);

    /// <summary>Names of this very machine, as a browser or a listener writes them.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"'{Address}' is no http or https address such as http://127.0.0.1:8080.", [nameof(Address)]);
        }

        foreach (var wrong in Channels.Where(c => !LocalMessages.IsChannelName(c)))
        {
            yield return new ValidationResult($"'{wrong}' is no channel name. {LocalMessages.ChannelNameRule}", [nameof(Channels)]);
        }
    }
}
