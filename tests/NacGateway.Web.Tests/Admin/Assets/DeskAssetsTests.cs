using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using NacGateway.Web.Admin.Assets;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Assets;

/// <summary>Style sheet, script and icon as a browser gets them.</summary>
public sealed class DeskAssetsTests(DeskSite site) : IClassFixture<DeskSite>
{
    /// <summary>What the whole desk may weigh on its first visit, but for the page itself (16 KB are left for that).</summary>
    private const int Budget = 64 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Assets => new()
    {
        { DeskAssets.StylePath, "text/css; charset=utf-8" },
        { DeskAssets.ScriptPath ?? "/assets/the-build-had-no-node.js", "text/javascript; charset=utf-8" },
        { DeskAssets.IconPath, "image/svg+xml" },
    };

    [Theory]
    [MemberData(nameof(Assets))]
    public async Task An_asset_may_be_kept_for_ever_by_anybody(string path, string type)
    {
        using var answer = await GetAsync(path, "gzip, deflate, br");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary, StringComparer.Ordinal);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public async Task Every_coding_is_the_same_asset(string path, string type)
    {
        using var plain = await GetAsync(path, codings: null);
        using var brotli = await GetAsync(path, "gzip, br");
        using var gzip = await GetAsync(path, "gzip;q=1, br;q=0");
        var content = await plain.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("br", Assert.Single(brotli.Content.Headers.ContentEncoding));
        Assert.Equal("gzip", Assert.Single(gzip.Content.Headers.ContentEncoding));
        Assert.Equal(content, await ReadAsync(new BrotliStream(await brotli.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress)));
        Assert.Equal(content, await ReadAsync(new GZipStream(await gzip.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress)));
        Assert.Contains($".{Convert.ToHexStringLower(SHA256.HashData(content)[..8])}.", path, StringComparison.Ordinal);
        Assert.NotEmpty(type);
    }

    [Fact]
    public async Task What_a_browser_has_already_is_not_sent_again()
    {
        using var first = await GetAsync(DeskAssets.StylePath, "br");
        using var client = site.Client(role: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, DeskAssets.StylePath);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Another_hash_is_no_asset()
    {
        using var answer = await GetAsync("/assets/desk.0123456789abcdef.css", "br");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Style_sheet_script_and_icon_together_are_small()
    {
        var sum = 0;
        foreach (var path in new[] { DeskAssets.StylePath, DeskAssets.ScriptPath!, DeskAssets.IconPath })
        {
            using var answer = await GetAsync(path, "br");
            sum += (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length;
        }

        Assert.InRange(sum, 1, Budget);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? codings)
    {
        var client = site.Client(role: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (codings is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", codings);
        }

        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var buffer = new MemoryStream();
            await stream.CopyToAsync(buffer, Cancellation);
            return buffer.ToArray();
        }
    }
}
