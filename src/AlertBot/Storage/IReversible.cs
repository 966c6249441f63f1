using System.Data.Common;

namespace AlertBot.Storage;

/// <summary>Takes the changes of one kind back, and puts them in force again.</summary>
internal interface IReversible
{
    /// <summary>The <see cref="Change.Kind"/> of its changes.</summary>
    string Kind { get; }

    /// <summary>Takes back a change that stands; puts one in force again that was taken back. All of it happens or nothing.</summary>
    Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken);
}

/// <summary>What became of taking a change back: a closed set.</summary>
internal abstract record Reversal
{
    private Reversal()
    {
    }

    /// <param name="Number">Of the change that took the other back, by which that is taken back in turn.</param>
    public sealed record Done(long Number) : Reversal;

    /// <summary>Nothing was changed, for these reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Why) : Reversal;
}

/// <summary>Makes a thing what it was, or what it had become. Writes nothing where it gives a reason why that can't be.</summary>
/// <param name="value">What it shall be, as <see cref="Change.From"/> or <see cref="Change.To"/> has it.</param>
/// <returns>Why it can't be; empty: it is done.</returns>
internal delegate Task<IReadOnlyList<string>> Restore(DbTransaction transaction, string? value);
