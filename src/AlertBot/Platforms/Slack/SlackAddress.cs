namespace AlertBot.Platforms.Slack;

/// <summary>
/// A place on Slack as it stands in a <see cref="ChannelAddress"/>: <c>T1/C1</c> for a channel, <c>T1/U1</c> for a person's
/// direct messages, <c>T1/C1/1700000000.000100</c> for a thread. Ids of channels are unique in a workspace only.
/// </summary>
/// <param name="Team">The id of the workspace, <c>T…</c>.</param>
/// <param name="Channel">The id of a channel (<c>C…</c>, <c>G…</c>, <c>D…</c>) or of a person (<c>U…</c>, <c>W…</c>).</param>
/// <param name="Thread">The ts of the thread's first message.</param>
internal sealed record SlackAddress(string Team, string Channel, string? Thread = null)
{
    public const string Platform = "slack";

    public bool IsPerson => Channel[0] is 'U' or 'W';

    /// <summary>Null for anything that is no such address.</summary>
    public static SlackAddress? Parse(string text) => text.Split('/') is [{ Length: > 1 } team, { Length: > 1 } channel, .. var rest]
        && IsId(team) && IsId(channel) && rest is [] or [{ Length: > 0 }]
            ? new SlackAddress(team, channel, rest is [var thread] ? thread : null)
            : null;

    public ChannelAddress ToChannel() => new(Platform, Thread is null ? $"{Team}/{Channel}" : $"{Team}/{Channel}/{Thread}");

    private static bool IsId(string text) => text.All(char.IsAsciiLetterOrDigit);
}
