namespace AlertBot.Knowledge;

/// <summary>One thing that is wrong in a knowledge file, and what to do about it. Lines count from 1.</summary>
internal sealed record KnowledgeFault(string File, int Line, string Reason)
{
    public override string ToString() => $"{File}:{Line}: {Reason}";
}

/// <summary>The knowledge files cannot be used. Holds every fault that was found, not the first alone.</summary>
internal sealed class KnowledgeException(IReadOnlyList<KnowledgeFault> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<KnowledgeFault> Faults { get; } = faults;
}
