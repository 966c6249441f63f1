using AlertBot.Alerts;
using AlertBot.Feeds;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>When each job runs.</summary>
internal static class QuartzScheduling
{
    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration settings)
    {
        var feeds = settings.GetSection(FeedsOptions.Section).Get<FeedsOptions>() ?? new FeedsOptions();
        var alerts = settings.GetSection(AlertsOptions.Section).Get<AlertsOptions>() ?? new AlertsOptions();
        services.AddQuartz(quartz =>
        {
            Every<PollFeedsJob>(quartz, feeds.Sweep);
            Every<DeliverAlertsJob>(quartz, alerts.Sweep);
            Every<EditAlertsJob>(quartz, alerts.Sweep);
            Every<ReportFeedsJob>(quartz, ReportFeedsJob.Interval);
            Every<RetagJob>(quartz, RetagJob.Interval);
            Every<KeepHubsJob>(quartz, KeepHubsJob.Interval);
            Every<PruneStoriesJob>(quartz, TimeSpan.FromHours(6));
        });
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    // A run that was missed is not made up for: the jobs look for what is due.
    private static void Every<TJob>(IQuartzBuilder quartz, TimeSpan interval)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(j => j.WithIdentity(key));
        quartz.AddTrigger(t => t.ForJob(key).StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever()));
    }
}
