using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>The first answer to an interaction: due within three seconds, and only once.</summary>
internal abstract record InteractionAnswer
{
    private InteractionAnswer()
    {
    }

    public sealed record Pong : InteractionAnswer;

    public sealed record Message(RenderedCard Card, bool IsPrivate) : InteractionAnswer;

    /// <summary>The answer comes later, as a message of its own.</summary>
    public sealed record Later(bool IsPrivate) : InteractionAnswer;

    /// <summary>The answer comes later, in the place of the message.</summary>
    public sealed record UpdateLater : InteractionAnswer;

    /// <summary>The message that the button stands on is replaced.</summary>
    public sealed record Update(RenderedCard Card) : InteractionAnswer;

    public sealed record Choices(IReadOnlyList<Choice> Offered) : InteractionAnswer;

    public sealed record Form(Modal Modal) : InteractionAnswer;
}

/// <param name="Name">What the person sees.</param>
internal sealed record OfferedChoice(string Name, string Value);
