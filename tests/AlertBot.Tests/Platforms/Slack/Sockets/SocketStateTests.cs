using AlertBot.Platforms.Slack.Sockets;

namespace AlertBot.Tests.Platforms.Slack.Sockets;

/// <summary>Connections that Slack counts and that are nobody's are told of; those of other replicas are not.</summary>
public sealed class SocketStateTests
{
    [Fact]
    public void Connections_of_other_replicas_are_no_trouble_and_those_beyond_are()
    {
        var state = new SocketState(() => 2);
        state.Opened();
        state.Opened();

        Assert.False(state.Count(6));
        Assert.Null(state.Trouble);
        Assert.True(state.Count(7));
        Assert.Contains("7 connections", state.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replica_that_is_alone_knows_every_connection()
    {
        var state = new SocketState();
        state.Opened();

        Assert.False(state.Count(1));
        Assert.True(state.Count(2));
    }
}
