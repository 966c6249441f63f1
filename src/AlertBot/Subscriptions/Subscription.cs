using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>One follow of one channel or direct message.</summary>
internal sealed record Subscription(long Id, ChannelAddress Channel, FollowExpression Expression, string CreatedBy, DateTimeOffset CreatedAt);
