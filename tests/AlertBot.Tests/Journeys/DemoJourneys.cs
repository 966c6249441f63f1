using AlertBot.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.Tests.Journeys;

/// <summary>The program that a newcomer starts: in a browser, and under a killer.</summary>
public sealed class DemoJourneys(Browser browser) : IClassFixture<Browser>
{
    private const int Kills = 6;

    [Fact]
    public async Task A_demo_that_is_killed_again_and_again_shows_every_alert_once()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("alertbot-kills-").FullName;
        try
        {
            var whole = Path.Combine(folder, "whole.jsonl");
            await using (var demo = DemoProcess.Start("--fast", "--exit-when-idle", "--data", Path.Combine(folder, "whole"), "--transcript", whole))
            {
                Assert.Equal(0, await demo.EndAsync(token));
            }

            var killed = Path.Combine(folder, "killed.jsonl");
            string[] args = ["--fast", "--exit-when-idle", "--data", Path.Combine(folder, "killed"), "--transcript", killed];
            for (var kill = 1; kill <= Kills; kill++)
            {
                await using var demo = DemoProcess.Start(args);
                var enough = TranscriptLine.Read(whole).Count * kill / (Kills + 1);
                while (Lines(killed) < enough)
                {
                    Assert.False(demo.HasEnded, $"the demo ended with {Lines(killed)} alerts of {enough}: {demo.Output}");
                    await Task.Delay(5, token);
                }

                await demo.KillAsync();
            }

            await using (var demo = DemoProcess.Start(args))
            {
                Assert.True(await demo.EndAsync(token) == 0, demo.Output);
            }

            var shown = TranscriptLine.Read(killed).Select(l => (l.Channel, l.Story)).ToList();
            Assert.Equal(shown.Distinct(), shown);
            Assert.Equal(TranscriptLine.Read(whole).Select(l => (l.Channel, l.Story)).Order(), shown.Order());
            Assert.InRange(shown.Count, 50, 150);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_interview_is_about_the_minister_and_says_why()
    {
        var file = Path.GetTempFileName();
        await using var demo = DemoProcess.Start("--fast", "--exit-when-idle", "--transcript", file);
        Assert.Equal(0, await demo.EndAsync(TestContext.Current.CancellationToken));
        var alerts = TranscriptLine.Read(file);
        File.Delete(file);

        var interview = Assert.Single(alerts, a => a.Channel == "korea-desk" && a.Title.StartsWith("Interview:", StringComparison.Ordinal));
        Assert.Contains("kim-yung-ho “Kim Yung-ho”", interview.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("kim-jong-un", interview.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(alerts, a => a.Title.Contains("Bank of China", StringComparison.Ordinal) || a.Title.Contains("kiln", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_browser_a_newcomer_follows_is_alerted_and_asks()
    {
        await using var demo = DemoProcess.Start();
        await using var tab = await browser.OpenAsync(await demo.Address.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "general" }).Or(tab.Page.GetByRole(AriaRole.Link, new() { Name = "general" })).First.ClickAsync();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("# general");

        await SayAsync(tab, "/follow north-korea");
        await Expect(tab.Page.Locator(".card h3").First).ToHaveTextAsync("Following north-korea");
        await Expect(tab.Page.Locator(".card[data-tone=alert], .card.alert").First).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await SayAsync(tab, "/who kim-yung-ho");
        await Expect(tab.Page.Locator(".card h3").Filter(new() { HasTextString = "Kim Yung-ho" }).First).ToBeVisibleAsync();
        await SayAsync(tab, "/who kim yung hoo");
        await Expect(tab.Page.GetByText("Showing Kim Yung-ho for 'kim yung hoo'").First).ToBeVisibleAsync();

        await using var second = await browser.OpenAsync(new Uri(tab.Page.Url));
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "general" }).Or(second.Page.GetByRole(AriaRole.Link, new() { Name = "general" })).First.ClickAsync();
        await Expect(second.Page.Locator(".card h3").Filter(new() { HasTextString = "Kim Yung-ho" }).First).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    private static async Task SayAsync(BrowserTab tab, string text)
    {
        await tab.Page.GetByRole(AriaRole.Combobox).FillAsync(text);
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    private static int Lines(string file) => File.Exists(file) ? File.ReadAllLines(file).Length : 0;
}
