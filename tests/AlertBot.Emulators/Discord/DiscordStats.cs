namespace AlertBot.Emulators.Discord;

/// <summary>Counts since the start.</summary>
/// <param name="Connections">WebSockets that were ever open.</param>
/// <param name="ConnectionsToResumeUrl">Those of them that came on resume_gateway_url.</param>
/// <param name="MisplacedResumes">Resumes that came on the first address all the same.</param>
/// <param name="SessionStartsLeft">Of the day's identifies.</param>
/// <param name="InvalidRequests">Answers with 401, 403 and 429 in the last ten minutes.</param>
/// <param name="Breaches">Requests over one of the limits.</param>
public sealed record DiscordStats(
    int Connections, int ConnectionsToResumeUrl, int Open, int Identifies, int Resumes, int MisplacedResumes, int Heartbeats, int Requests, int SessionStartsLeft, int InvalidRequests, int Breaches);
