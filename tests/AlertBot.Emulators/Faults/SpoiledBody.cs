namespace AlertBot.Emulators.Faults;

/// <summary>What becomes of a body that a fault spoils.</summary>
public enum SpoiledBody
{
    None,

    /// <summary>The connection ends in the middle of it.</summary>
    Half,

    /// <summary>Good JSON, called text/plain.</summary>
    WrongType,

    /// <summary>A page of HTML, as a proxy answers.</summary>
    Html,
}
