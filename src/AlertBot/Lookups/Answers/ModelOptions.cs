using System.ComponentModel.DataAnnotations;

namespace AlertBot.Lookups.Answers;

/// <summary>The model that writes answers of /ask, if any: OpenAI's, or whatever speaks its protocol (Ollama, vLLM, llama.cpp, LM Studio).</summary>
internal sealed class ModelOptions : IValidatableObject
{
    public const string Section = "Model";

    /// <summary>The model's name there, such as <c>llama3.1</c>. Without one, answers are the outlets' own sentences.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it is, with its version: <c>http://localhost:11434/v1</c> for Ollama. Text of stories is sent there.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The key that the endpoint wants; a local one wants none.</summary>
    public string Key { get; set; } = "";

    /// <summary>A model that takes longer is not waited for: the answer is made of the outlets' own sentences.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:09")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(8);

    public bool IsOn => Name.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && Endpoint.Length == 0 && Key.Length == 0)
        {
            yield return new ValidationResult("A model without an endpoint is OpenAI's, which wants a key: set Model:Endpoint or Model:Key.", [nameof(Key)]);
        }

        if (Endpoint.Length > 0 && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult($"'{Endpoint}' is no address such as http://localhost:11434/v1.", [nameof(Endpoint)]);
        }
    }
}
