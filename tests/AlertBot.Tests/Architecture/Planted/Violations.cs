#pragma warning disable IDE0130 // These stand in other namespaces on purpose: they are what the folder rule must catch.
using System.Xml.Linq;

namespace Planted.Alerts
{
    internal sealed class PlantedAlert
    {
        public int Id { get; init; }
    }
}

namespace Planted.Polling
{
    internal static class PlantedPoller
    {
        public static int Poll() => 1;
    }
}

namespace Planted.Stories
{
    internal sealed class PlantedStory
    {
        public static string Describe() => new Alerts.PlantedAlert().Id + new XElement("story").Name.LocalName;
    }
}

namespace Planted.Feeds
{
    internal sealed class PlantedFeed
    {
        public static Func<Task<int>> Later() => async () =>
        {
            await Task.Yield();
            return Polling.PlantedPoller.Poll();
        };
    }
}
