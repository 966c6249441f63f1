namespace AlertBot.Platforms;

/// <summary>How many processes send with the same tokens now, this one included: each takes an equal part of what a platform allows to a token.</summary>
internal delegate int LiveReplicas();
