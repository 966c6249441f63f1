namespace AlertBot.Emulators.Slack;

/// <summary>Counts since the start.</summary>
/// <param name="Opens">Addresses of sockets that were given out.</param>
/// <param name="Connections">Sockets that were opened.</param>
/// <param name="Open">Those that are open now.</param>
/// <param name="Breaches">Calls over one of the limits.</param>
/// <param name="LeastSincePair">The fewest that were open since there were two for the first time; null before that.</param>
public sealed record SlackStats(int Opens, int Connections, int Open, int MostAtOnce, int? LeastSincePair, int Requests, int Breaches);
