using System.ComponentModel.DataAnnotations;

namespace AlertBot.Platforms.Discord;

/// <summary>Settings of Discord. Without a token the platform is off.</summary>
internal sealed class DiscordOptions : IValidatableObject
{
    public const string Section = "Discord";

    private const int PublicKeyBytes = 32;

    /// <summary>The bot's token, from the application's page Bot. A secret: give it in the environment or in user secrets.</summary>
    public string Token { get; set; } = "";

    /// <summary>The application's public key, 64 hexadecimal digits; needed where Discord calls the bot over HTTP.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary><c>gateway</c>: the bot holds a connection to Discord. <c>http</c>: Discord calls <c>/discord/interactions</c>.</summary>
    [RegularExpression("gateway|http", ErrorMessage = "It is gateway or http.")]
    public string Mode { get; set; } = "gateway";

    /// <summary>Where the API is; the version is added where it has none. The gateway's address comes from the API.</summary>
    [Required]
    public string ApiBase { get; set; } = "https://discord.com/api";

    public bool IsOn => Token.Length > 0;

    public bool IsHttp => Mode == "http";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"'{ApiBase}' is no http or https address such as https://discord.com/api.", [nameof(ApiBase)]);
        }

        // Never the token itself: this text goes to the log.
        if (Token.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > '~'))
        {
            yield return new ValidationResult("It has characters that no token has. Copy it anew from the page Bot of the application, without \"Bot \" in front.", [nameof(Token)]);
        }

        if (PublicKey.Length > 0 && !IsHex(PublicKey))
        {
            yield return new ValidationResult("It must be the 64 hexadecimal digits of the application's page General Information.", [nameof(PublicKey)]);
        }
        else if (PublicKey.Length == 0 && IsOn && IsHttp)
        {
            yield return new ValidationResult("Mode http needs it, to know that a call is Discord's. It is on the application's page General Information.", [nameof(PublicKey)]);
        }
    }

    private static bool IsHex(string text) => text.Length == PublicKeyBytes * 2 && text.All(char.IsAsciiHexDigit);
}
