using AlertBot.Alerts;
using AlertBot.Feeds;
using Microsoft.Extensions.Options;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>When each job runs.</summary>
internal static class QuartzScheduling
{
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddOptions<QuartzOptions>().Configure<IOptions<FeedsOptions>, IOptions<AlertsOptions>>((quartz, feeds, alerts) =>
        {
            Every<PollFeedsJob>(quartz, feeds.Value.Sweep);
            Every<DeliverAlertsJob>(quartz, alerts.Value.Sweep);
            Every<PruneStoriesJob>(quartz, TimeSpan.FromHours(6));
        });
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    // A run that comes late is run once, at once: the jobs look for what is due, so nothing is made up for.
    private static void Every<TJob>(QuartzOptions quartz, TimeSpan interval)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(j => j.WithIdentity(key));
        quartz.AddTrigger(t => t.ForJob(key).StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireHandlingInstructionNowWithRemainingCount()));
    }
}
