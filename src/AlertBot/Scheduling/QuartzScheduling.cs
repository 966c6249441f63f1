using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Storage;
using Quartz;

namespace AlertBot.Scheduling;

/// <summary>
/// When each job runs, and where: those that lease what they work on run in each replica, the others once among all. A process that is
/// alone keeps the schedule in memory; replicas keep the common part of it in their database.
/// </summary>
internal static class QuartzScheduling
{
    private const string OfAll = "AlertBot";

    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration settings)
    {
        var feeds = settings.GetSection(FeedsOptions.Section).Get<FeedsOptions>() ?? new FeedsOptions();
        var alerts = settings.GetSection(AlertsOptions.Section).Get<AlertsOptions>() ?? new AlertsOptions();
        var storage = settings.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        services.AddQuartz(quartz =>
        {
            Every<PollFeedsJob>(quartz, feeds.Sweep);
            Every<DeliverAlertsJob>(quartz, alerts.Sweep);
            Every<EditAlertsJob>(quartz, alerts.Sweep);
            if (!storage.IsShared)
            {
                Once(quartz, storage);
            }
        });
        if (storage.IsShared)
        {
            services.AddQuartz(OfAll, quartz =>
            {
                Once(quartz, storage);
                quartz.UsePersistentStore(store => Share(store, storage));
            });
        }

        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    // What one replica does is done for all.
    private static void Once(IQuartzBuilder quartz, StorageOptions storage)
    {
        Every<ReportFeedsJob>(quartz, ReportFeedsJob.Interval);
        Every<RetagJob>(quartz, RetagJob.Interval(storage));
        Every<IndexStoriesJob>(quartz, IndexStoriesJob.Interval);
        Every<KeepHubsJob>(quartz, KeepHubsJob.Interval);
        Every<PruneStoriesJob>(quartz, TimeSpan.FromHours(6));
        AtMinutes<CloseDigestsJob>(quartz, CloseDigestsJob.EachMinute);
    }

    // Its tables are its own, and it makes them; a run that is later than the lease of a dead replica is a missed one.
    private static void Share(IPersistentStoreBuilder store, StorageOptions storage)
    {
        store.UsePostgres(source => source.DataSourceFactory = services => services.GetRequiredService<Database>().Source!);
        store.UseSystemTextJsonSerializer();
        store.ProvisionSchema();
        store.ConfigureStore(options =>
        {
            options.DbRetryInterval = TimeSpan.FromSeconds(1);
            options.MisfireThreshold = TimeSpan.FromSeconds(5);
        });
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (storage.Lease / 3, storage.Lease / 3));
    }

    // A run that was missed is not made up for: the jobs look for what is due.
    private static void Every<TJob>(IQuartzBuilder quartz, TimeSpan interval)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(j => j.WithIdentity(key));
        quartz.AddTrigger(t => t.ForJob(key).WithIdentity(key.Name).StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever()));
    }

    // By the clock; missed runs are made up for by one at once.
    private static void AtMinutes<TJob>(IQuartzBuilder quartz, string cron)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(j => j.WithIdentity(key));
        quartz.AddTrigger(t => t.ForJob(key).WithIdentity(key.Name).WithCronSchedule(cron, c => c.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
    }
}
