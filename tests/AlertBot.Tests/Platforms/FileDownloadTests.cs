using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Tests.Platforms;

public sealed class FileDownloadTests : IAsyncLifetime
{
    private FeedSite _site = null!;
    private FileDownload _download = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await FeedSite.StartAsync();
        _download = new FileDownload(["files.example", ".cdn.example"], _site.Address("/api/v1/"), "AlertBot", TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        _download.Dispose();
        return _site.DisposeAsync();
    }

    [Theory]
    [InlineData("https://files.example/a", true)]
    [InlineData("https://a.cdn.example/a", true)]
    [InlineData("http://files.example/a", false)]
    [InlineData("https://files.example:8443/a", false)]
    [InlineData("https://files.example.evil.example/a", false)]
    [InlineData("https://evilfiles.example/a", false)]
    [InlineData("https://evilcdn.example/a", false)]
    [InlineData("https://files.example@evil.example/a", false)]
    [InlineData("https://me:pw@files.example/a", false)]
    [InlineData("https://127.0.0.1/a", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ftp://files.example/a", false)]
    public void Only_the_hosts_of_the_platform_are_asked(string address, bool isAsked) => Assert.Equal(isAsked, _download.Allows(new Uri(address)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("/api/v1/file")]
    [InlineData("https://elsewhere.example/file")]
    public async Task What_lies_elsewhere_is_not_fetched_and_nobody_is_told_the_token(string? address)
    {
        Assert.Contains("no host of the platform", await FaultOfAsync(address), StringComparison.Ordinal);
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public async Task The_origin_of_the_api_itself_counts()
    {
        _site.Serve("/file", "feeds");

        Assert.Equal("feeds"u8.ToArray(), Assert.IsType<FileContent.Whole>(await GetAsync(_site.Address("/file").AbsoluteUri)).Bytes);
    }

    [Fact]
    public async Task A_redirect_is_followed_nowhere()
    {
        _site.Answer("/file", StatusCodes.Status302Found, "Location", "/secret");
        _site.Serve("/secret", "secret");

        Assert.Contains("302", await FaultOfAsync(_site.Address("/file").AbsoluteUri), StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Requests, r => r.Path == "/secret");
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_breaks_off_is_told()
    {
        _site.Serve("/large", new string('x', GivenFile.MostBytes + 1));
        _site.HangUp("/broken");

        Assert.Contains("larger than the 5 MB", await FaultOfAsync(_site.Address("/large").AbsoluteUri), StringComparison.Ordinal);
        Assert.Contains("no complete answer", await FaultOfAsync(_site.Address("/broken").AbsoluteUri), StringComparison.Ordinal);
    }

    private Task<FileContent> GetAsync(string? address) => _download.GetAsync(address, "token", TestContext.Current.CancellationToken);

    private async Task<string> FaultOfAsync(string? address) => Assert.IsType<FileContent.Failed>(await GetAsync(address)).Why;
}
