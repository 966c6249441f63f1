using System.Text.Json.Serialization;

namespace AlertBot.Checkups;

/// <summary>What a check found.</summary>
/// <param name="Fix">What to do about it; null where nothing needs to be done.</param>
internal sealed record Finding(Grade Grade, string Subject, string What, string? Fix = null)
{
    public static Finding Ok(string subject, string what) => new(Grade.Ok, subject, what);

    public static Finding Warning(string subject, string what, string fix) => new(Grade.Warning, subject, what, fix);

    public static Finding Fault(string subject, string what, string fix) => new(Grade.Fault, subject, what, fix);

    public override string ToString() => $"{Subject}: {What}{(Fix is null ? "" : $"{Environment.NewLine}         {Fix}")}";
}

/// <summary>The worst first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Grade>))]
internal enum Grade
{
    /// <summary>Something does not work.</summary>
    Fault,

    /// <summary>Something works less well than it should, or soon will not.</summary>
    Warning,

    Ok,
}
