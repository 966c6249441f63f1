using System.Globalization;

namespace AlertBot.Platforms;

/// <summary>What is wrong with the options of an invocation: all of it at once, so that nobody mends one fault after the other.</summary>
internal static class CommandCheck
{
    public static IEnumerable<string> FaultsOf(CommandDescription command, IReadOnlyDictionary<string, string> options)
    {
        foreach (var option in command.Options)
        {
            var value = options.GetValueOrDefault(option.Name);
            if (string.IsNullOrWhiteSpace(value))
            {
                if (option.Required)
                {
                    yield return $"{option.Name} is missing: {option.Summary}";
                }
            }
            else if (option.Kind == OptionKind.Integer && NumberFault(option, value) is { } fault)
            {
                yield return fault;
            }
            else if (option.Kind == OptionKind.Address && !IsWebAddress(value))
            {
                yield return $"{option.Name} must be a web address such as https://38north.org, not “{WebLink.WithoutLogins(value, "•••")}”.";
            }
            else if (option.Kind == OptionKind.Channel && value.EndsWith(':'))
            {
                yield return $"{option.Name} must name a channel, such as #desk.";
            }
        }
    }

    /// <param name="given">What stood in the options.</param>
    public static Card Problem(CommandDescription command, IReadOnlyDictionary<string, string> given, IEnumerable<string> faults) =>
        Card.Problem(
            $"/{command.Name} was not run",
            new CardBlock.Items(null, [.. faults.Select(f => new CardItem(f))]),
            new CardBlock.Facts([new CardFact("Usage", command.Usage), new CardFact("Example", $"/{command.Example}")])) with
        {
            Actions = [new CardAction($"Help on /{command.Name}", $"/help {command.Name}")],
            Correction = command.Options.Count == 0 ? null : new CardForm(
                $"/{command.Name}",
                $"/{command.Name}",
                [.. command.Options.Select(o => new FormField(o.Name, o.Summary, o.IsSecret ? "" : WebLink.WithoutLogins(given.GetValueOrDefault(o.Name, ""), "")) { Required = o.Required })]),
        };

    private static string? NumberFault(CommandOption option, string value) =>
        !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? $"{option.Name} must be a whole number, not “{value}”."
        : number < option.Min ? $"{option.Name} must be {option.Min} or more, not {value}."
        : number > option.Max ? $"{option.Name} must be {option.Max} or less, not {value}."
        : null;

    // People leave https:// out, and give handles such as @name@server; what reads the address knows more.
    private static bool IsWebAddress(string value) => value.Contains("://", StringComparison.Ordinal)
        ? Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "feed" && address.Host.Length > 0
        : Uri.TryCreate($"https://{value.TrimStart('@', '/')}", UriKind.Absolute, out var guessed) && (guessed.Host.Contains('.', StringComparison.Ordinal) || !guessed.IsDefaultPort);
}
