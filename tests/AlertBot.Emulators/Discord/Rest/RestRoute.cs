namespace AlertBot.Emulators.Discord.Rest;

/// <summary>One route of the REST API.</summary>
/// <param name="Template">Parts in braces are variable.</param>
/// <param name="Open">Needs no Authorization header.</param>
/// <param name="OfInteraction">Outside the global limit.</param>
internal sealed record RestRoute(string Method, string Template, Func<RestCall, RestAnswer> Handle, bool Open = false, bool OfInteraction = false)
{
    private readonly string[] _parts = Template.Split('/');

    /// <summary>The variable parts of a path that this route serves, else null.</summary>
    public Dictionary<string, string>? Match(string method, string[] parts)
    {
        if (method != Method || parts.Length != _parts.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        foreach (var (template, part) in _parts.Zip(parts))
        {
            if (template.StartsWith('{'))
            {
                values[template.Trim('{', '}')] = part;
            }
            else if (template != part)
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>The rate-limit bucket of a request: the route with its top-level id.</summary>
    public string BucketOf(IReadOnlyDictionary<string, string> values) =>
        $"{Method} {Template} {values.GetValueOrDefault("channel_id")}{values.GetValueOrDefault("guild_id")}{values.GetValueOrDefault("token")}";
}
