using System.Text.Json;

namespace AlertBot.Emulators.Schemas;

/// <summary>Where a published description is known to differ from the service it describes, in one place with the reason.</summary>
internal abstract class SpecDeviations
{
    public static readonly SpecDeviations None = new Faithful();

    /// <summary>True where the description refuses what the service takes.</summary>
    /// <param name="path">Of the value in the body, as a JSON pointer.</param>
    public abstract bool Accepts(string path, JsonElement value);

    /// <summary>What the service refuses although the description allows it, else null.</summary>
    public abstract string? Refuses(string path, JsonElement value);

    /// <summary>True where a property that the description does not know is harmless: the service takes no notice of it.</summary>
    public abstract bool Ignores(string path, JsonElement value);

    private sealed class Faithful : SpecDeviations
    {
        public override bool Accepts(string path, JsonElement value) => false;

        public override string? Refuses(string path, JsonElement value) => null;

        public override bool Ignores(string path, JsonElement value) => false;
    }
}
