namespace AlertBot.Storage;

/// <summary>What a process keeps in memory of the database, to answer from without asking it.</summary>
internal interface IRemembered
{
    /// <summary>The kinds of changes, as in <see cref="Change.Kind"/>, after which it is not as the database any more.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>Makes it as the database is.</summary>
    Task LoadAsync(CancellationToken cancellationToken);
}
