using System.Net;
using NacGateway.Core.Administration;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>A live page that is open ends with the sign-in behind it, though nobody touches it.</summary>
public sealed class StreamEndTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static readonly DeskUser s_by = new() { Name = "test", Role = DeskRole.Administrator, Source = IPAddress.Loopback };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_streams_of_an_account_that_is_closed_demoted_or_signed_out_end_soon_and_say_why()
    {
        var accounts = site.Desk.Service<DeskAccounts>();
        await site.AccountAsync();
        await using var closed = await WatchAsync("/live/sessions");
        await using var demoted = await WatchAsync("/live/overview");
        await using var ended = await WatchAsync("/api/v1/events");
        await using var stays = await WatchAsync("/live/decisions");

        Assert.Equal(AccountChange.Done, await accounts.CloseAsync(s_by, closed.Account));
        Assert.Equal(AccountChange.Done, await accounts.ChangeRoleAsync(s_by, demoted.Account, DeskRole.FrontDesk));
        using var answer = await ended.Browser.ActAsync("/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);

        // A look every ten seconds; the rest is for a busy machine.
        var told = await Task.WhenAll(closed.RestAsync(), demoted.RestAsync(), ended.RestAsync()).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.All(told, text => Assert.Contains("event: notice", text, StringComparison.Ordinal));
        Assert.Contains("\"kind\":\"signed-out\"", told[0], StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"signed-out\"", told[2], StringComparison.Ordinal);
        Assert.False(stays.RestAsync().IsCompleted);
    }

    private async Task<Watcher> WatchAsync(string path)
    {
        var account = await site.AccountAsync();
        var browser = site.Browser();
        using var signedIn = await browser.SignInAsync(account.Name, AccessSite.Password);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = site.Desk.Admin };
        client.DefaultRequestHeaders.Add("Cookie", $"nac-desk={browser.Session}");
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Watcher(account, browser, client, answer);
    }

    private sealed class Watcher(Administrator account, DeskBrowser browser, HttpClient client, HttpResponseMessage answer) : IAsyncDisposable
    {
        private Task<string>? _rest;

        public Administrator Account => account;

        public DeskBrowser Browser => browser;

        /// <summary>All that is sent until the end.</summary>
        public Task<string> RestAsync() => _rest ??= answer.Content.ReadAsStringAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            client.Dispose();
            browser.Dispose();
            await (_rest ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
