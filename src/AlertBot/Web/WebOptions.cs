using System.ComponentModel.DataAnnotations;

namespace AlertBot.Web;

/// <summary>How the bot is seen from outside.</summary>
internal sealed class WebOptions : IValidatableObject
{
    public const string Section = "Web";

    /// <summary>Where the bot is seen from outside, such as <c>https://bot.example.org</c>: hubs push feeds there, and Slack sends people back there.</summary>
    public string PublicUrl { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl.Length > 0 && (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var seen) || seen.Scheme is not ("http" or "https") || seen.Query.Length > 0 || seen.Fragment.Length > 0))
        {
            yield return new ValidationResult($"'{PublicUrl}' is no http or https address such as https://bot.example.org.", [nameof(PublicUrl)]);
        }
    }
}
