using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord;

/// <summary>Collects what is wrong with a form and refuses it with 50035, nested by field as Discord nests it.</summary>
internal sealed class FormErrors
{
    private readonly JsonObject _errors = [];

    /// <param name="path">Of the field, its parts parted by dots: embeds.0.title.</param>
    public void Add(string path, string code, string message)
    {
        var at = _errors;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (JsonObject)(at[part] ??= new JsonObject());
        }

        ((JsonArray)(at["_errors"] ??= new JsonArray())).Add(new JsonObject { ["code"] = code, ["message"] = message });
    }

    public void TooLong(string path, int most) => Add(path, "BASE_TYPE_MAX_LENGTH", $"Must be {most} or fewer in length.");

    public void BadLength(string path, int least, int most) => Add(path, "BASE_TYPE_BAD_LENGTH", $"Must be between {least} and {most} in length.");

    public void Required(string path) => Add(path, "BASE_TYPE_REQUIRED", "This field is required");

    public void BadChoice(string path, string choices) => Add(path, "BASE_TYPE_CHOICES", $"Value must be one of {{{choices}}}.");

    /// <exception cref="DiscordError">Something was added.</exception>
    public void Throw()
    {
        if (_errors.Count > 0)
        {
            throw new DiscordError(400, 50035, "Invalid Form Body", _errors);
        }
    }

    public static DiscordError One(string path, string code, string message)
    {
        var form = new FormErrors();
        form.Add(path, code, message);
        return new DiscordError(400, 50035, "Invalid Form Body", form._errors);
    }
}
