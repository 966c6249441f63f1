namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>Where sessions begin and where they go on: two addresses, so that a client which confuses them shows.</summary>
internal sealed class GatewayAddresses
{
    public const string FirstPath = "/gateway";
    public const string ResumePath = "/gateway-resume";

    public string First { get; private set; } = "";

    public string Resume { get; private set; } = "";

    public void Listen(Uri origin)
    {
        First = $"ws://{origin.Authority}{FirstPath}";
        Resume = $"ws://{origin.Authority}{ResumePath}";
    }
}
