namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>Signs a connection on, by RESUME or by IDENTIFY, and sees to it that Discord takes it in time.</summary>
/// <param name="ready">Ends when Discord has taken it.</param>
/// <param name="events">Where what was missed goes first.</param>
internal sealed class SignOn(GatewaySettings settings, ShardId id, MessageSocket socket, Task ready, EventQueue events, TimeProvider time)
{
    private static readonly TimeSpan ResumeWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    /// <returns>Null once it is taken.</returns>
    public async Task<ConnectionEnd?> IdentifyAsync(IdentifyTurn turn, CancellationToken cancellationToken)
    {
        if (!await turn.TakeAsync(cancellationToken))
        {
            return new ConnectionEnd(NextStep.Identify, "the day's session starts are nearly spent");
        }

        var properties = new ClientProperties(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux", "alertbot", "alertbot");
        var identify = new Identify(settings.Token, settings.Intents, properties, [id.Number, id.Count]);
        await socket.SendAsync(new Outgoing<Identify>(GatewayOp.Identify, identify), GatewayJson.Default.OutgoingIdentify);
        turn.Dispose();
        return await ready.ComesWithinAsync(ReadyWithin, time, cancellationToken) ? null : new ConnectionEnd(NextStep.Identify, "Discord did not answer IDENTIFY");
    }

    /// <returns>Null once it is taken.</returns>
    public async Task<ConnectionEnd?> ResumeAsync(GatewaySession session, CancellationToken cancellationToken)
    {
        var resume = new Resume(settings.Token, session.Id, session.Received);
        await socket.SendAsync(new Outgoing<Resume>(GatewayOp.Resume, resume), GatewayJson.Default.OutgoingResume);
        // What was missed comes before RESUMED: as long as some comes, or waits for the handler, there is an answer.
        var before = -1L;
        while (before != session.Received || events.IsFull)
        {
            before = session.Received;
            if (await ready.ComesWithinAsync(ResumeWithin, time, cancellationToken))
            {
                return null;
            }
        }

        return new ConnectionEnd(NextStep.Identify, "Discord did not answer RESUME");
    }
}

internal static class Patience
{
    /// <summary>Waits for a task's end.</summary>
    /// <returns>False if it did not come in time; the task goes on.</returns>
    public static async Task<bool> ComesWithinAsync(this Task task, TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(span, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
