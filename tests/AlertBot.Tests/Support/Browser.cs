using Microsoft.Playwright;

namespace AlertBot.Tests.Support;

/// <summary>
/// A headless Chromium for tests of the pages, shared by the tests of a class. Nothing is downloaded: the driver is in
/// the Playwright package and the browser is the machine's own. Where there is none the test is skipped and says why.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private const string PathVariable = "ALERTBOT_CHROMIUM";

    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        var named = Environment.GetEnvironmentVariable(PathVariable);
        var path = string.IsNullOrEmpty(named) ? Usual.FirstOrDefault(File.Exists) : named;
        if (path is null || !File.Exists(path))
        {
            _missing = $"No Chromium at {path ?? string.Join(", ", Usual)}. Install it (apt-get install chromium), or name one in {PathVariable}.";
            return;
        }

        try
        {
            _playwright = await Playwright.CreateAsync();
        }
        catch (PlaywrightException exception)
        {
            _missing = $"Playwright has no driver for this machine: {exception.Message}";
            return;
        }

        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Headless = true, Args = Arguments });
    }

    /// <summary>Opens an address in a fresh profile, or skips the test where there is no browser.</summary>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="scheme">What the person prefers.</param>
    public async Task<BrowserTab> OpenAsync(Uri address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, _missing);
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var tab = new BrowserTab(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address.ToString());
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>One open page, with everything that it complained about.</summary>
public sealed class BrowserTab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    internal BrowserTab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(15_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complain(message.Text);
            }
        };
        page.PageError += (_, error) => Complain(error);
        page.Dialog += async (_, dialog) =>
        {
            Complain($"A dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, uncaught errors and dialogs, so far.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Complain(string text)
    {
        lock (_errors)
        {
            _errors.Add(text);
        }
    }
}
