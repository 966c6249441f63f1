using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace AlertBot.Platforms.Slack;

/// <summary>Settings of Slack. Without a bot token or a client id the platform is off.</summary>
internal sealed partial class SlackOptions : IValidatableObject
{
    public const string Section = "Slack";

    /// <summary>The bot's token (xoxb-…) where it serves one workspace. A secret.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>The app-level token (xapp-…) with the scope connections:write; needed for mode <c>socket</c>. A secret.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>What Slack signs its calls with; needed for mode <c>http</c>. A secret.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The app's client id; with it workspaces can install the app by themselves at <c>/slack/install</c>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's client secret. A secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where the bot is seen from outside, if Slack sees it elsewhere than <c>Web:PublicUrl</c> says; people who install the app are sent back there.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary><c>socket</c>: the bot holds connections to Slack. <c>http</c>: Slack calls <c>/slack/events</c>.</summary>
    [RegularExpression("socket|http", ErrorMessage = "It is socket or http.")]
    public string Mode { get; set; } = "socket";

    /// <summary>Where the Web API is.</summary>
    [Required]
    public string ApiBase { get; set; } = "https://slack.com/api";

    /// <summary>What stands in front of the names of the commands, where another app of the workspace has the same ones: <c>ab-</c> makes <c>/ab-follow</c>.</summary>
    public string CommandPrefix { get; set; } = "";

    /// <summary>As set, and seen from outside where the bot is unless Slack's own setting says otherwise.</summary>
    public static SlackOptions Of(IConfigurationSection section, string publicUrl)
    {
        var options = section.Get<SlackOptions>() ?? new SlackOptions();
        options.PublicUrl = options.PublicUrl.Length > 0 ? options.PublicUrl : publicUrl;
        return options;
    }

    public bool IsOn => BotToken.Length > 0 || ClientId.Length > 0;

    public bool IsHttp => Mode == "http";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"'{ApiBase}' is no http or https address such as https://slack.com/api.", [nameof(ApiBase)]);
        }

        if (PublicUrl.Length > 0 && (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var seen) || seen.Scheme is not ("http" or "https") || seen.Query.Length > 0 || seen.Fragment.Length > 0))
        {
            yield return new ValidationResult($"'{PublicUrl}' is no http or https address such as https://bot.example.org.", [nameof(PublicUrl)]);
        }

        // Never a token itself: this text goes to the log.
        foreach (var (name, token, start) in new[] { (nameof(BotToken), BotToken, "xoxb-"), (nameof(AppToken), AppToken, "xapp-") })
        {
            if (token.Length > 0 && (!token.StartsWith(start, StringComparison.Ordinal) || token.Any(c => c is <= ' ' or > '~')))
            {
                yield return new ValidationResult($"Such a token begins with {start} and has no spaces. Copy it anew from the app's pages.", [name]);
            }
        }

        if (IsOn && !IsHttp && AppToken.Length == 0)
        {
            yield return new ValidationResult("Mode socket needs it. Make one with the scope connections:write on the app's page Basic Information, App-Level Tokens.", [nameof(AppToken)]);
        }

        if (IsOn && IsHttp && SigningSecret.Length == 0)
        {
            yield return new ValidationResult("Mode http needs it, to know that a call is Slack's. It is on the app's page Basic Information.", [nameof(SigningSecret)]);
        }

        if (ClientId.Length > 0 != ClientSecret.Length > 0)
        {
            yield return new ValidationResult("ClientId and ClientSecret belong together. Both are on the app's page Basic Information.", [ClientId.Length > 0 ? nameof(ClientSecret) : nameof(ClientId)]);
        }

        if (!Prefix().IsMatch(CommandPrefix))
        {
            yield return new ValidationResult("Use lower-case letters, digits and dashes, at most 10.", [nameof(CommandPrefix)]);
        }
    }

    [GeneratedRegex("^[a-z0-9-]{0,10}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
