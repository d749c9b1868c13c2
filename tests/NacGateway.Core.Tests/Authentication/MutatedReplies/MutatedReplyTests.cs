using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>
/// Every mutation of a reply ends in the ledger's verdict. The corpus follows from a seed, which NACGATEWAY_CORPUS_SEED changes and
/// a failure names; a whole gateway signs in once for each case.
/// </summary>
public sealed class MutatedReplyTests(PostgreSqlServer postgres)
{
    private const int DefaultSeed = 20261125;
    private const int Fewest = 300;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("NACGATEWAY_CORPUS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed;

    [Fact]
    [Requirement("RATT-1", "RATT-8", "RMA-9", "REAP-2", "REAP-4", "RTYP-2", "RPKT-7", "BLAST-20", "BLAST-7", "BLAST-8")]
    public async Task Every_mutation_ends_in_the_ledgers_verdict_and_never_in_an_exception()
    {
        var seed = Seed;
        TestContext.Current.TestOutputHelper?.WriteLine($"NACGATEWAY_CORPUS_SEED={seed}");
        var cases = ReplyCorpus.Of(seed);
        Assert.True(cases.Count >= Fewest, $"{cases.Count} cases");
        await using var server = new CorpusServer(cases);
        await using var gateway = await Gateways.StartAsync(
            StorageProvider.Sqlite,
            postgres,
            ("Radius:Servers:0:AuthenticationPort", server.Port.ToString(CultureInfo.InvariantCulture)),
            ("Sessions:SessionTimeout", TimeSpan.FromSeconds(ReplyCorpus.LocalTimeout).ToString("c", CultureInfo.InvariantCulture)));
        List<string> wrong = [];

        foreach (var (number, own) in cases.Index())
        {
            var outcome = await LoginAsync(gateway, number);
            if (Problem(own, outcome) is { } problem)
            {
                wrong.Add($"seed {seed}, case {number}, {own}: {problem}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong.Take(30))}");
        Assert.DoesNotContain(gateway.Lines, line => line.Exception is not null || line.Level >= LogLevel.Critical);

        // Silent discards are counted, and told at a bounded rate without their octets (RFC 2865 section 1.2).
        var drops = gateway.Get<RadiusHealth>().Servers.Single().Drops;
        Assert.All(
            [Radius.Transport.DropReason.Malformed, Radius.Transport.DropReason.WrongAuthenticator, Radius.Transport.DropReason.WrongMessageAuthenticator, Radius.Transport.DropReason.MissingMessageAuthenticator, Radius.Transport.DropReason.WrongCode],
            reason => Assert.True(drops[reason] > 0, $"{reason}"));
        Assert.Contains(gateway.Lines, line => line.Message.Contains("Response Authenticator is wrong", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_corpus_and_another_seed_another()
    {
        byte[] request = [1, 7, 0, 20, .. new byte[16]];

        Assert.Equal(Octets(1), Octets(1), StringComparer.Ordinal);
        Assert.NotEqual(Octets(1), Octets(2), StringComparer.Ordinal);

        List<string> Octets(int seed) => [.. ReplyCorpus.Of(seed).Take(Fewest).SelectMany(own => own.Make(request)).Select(Convert.ToHexString)];
    }

    private static string? Problem(ReplyCase own, LoginOutcome outcome) => (own.Verdict, outcome) switch
    {
        (ReplyVerdict.Discarded, LoginOutcome.SignedIn { Session.Limits.SessionTimeout: { TotalSeconds: CorpusServer.RightTimeout } }) => null,
        (ReplyVerdict.Discarded, _) => $"{outcome} in place of the right reply",
        (ReplyVerdict.Refused, LoginOutcome.SignedIn) => $"it let somebody in: {outcome}",
        (ReplyVerdict.Refused, LoginOutcome.Rejected { Messages.Count: > 0 }) when own.Name.StartsWith("EAP", StringComparison.Ordinal) => "a Reply-Message beside EAP-Message was shown (RFC 3579 section 2.6.5)",
        (ReplyVerdict.Refused, _) => null,
        (ReplyVerdict.Granted, LoginOutcome.SignedIn signedIn) => own.Limits is null || own.Limits(signedIn.Session.Limits) ? null : $"granted with {signedIn.Session.Limits}",
        _ => $"{outcome} in place of a session",
    };

    private static async Task<LoginOutcome> LoginAsync(Gateways gateway, int number)
    {
        var attempt = new LoginAttempt
        {
            ClientAddress = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.1.{number / 250}.{(number % 250) + 1}")),
            UserName = number.ToString(CultureInfo.InvariantCulture),
            Password = SignIns.Password,
        };
        var login = gateway.Get<LoginService>().LoginAsync(attempt, TestContext.Current.CancellationToken);

        // A datagram that the machine lost is sent again when time goes on; none should be needed.
        using var patience = new PeriodicTimer(TimeSpan.FromSeconds(2));
        var tick = patience.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();
        while (await Task.WhenAny(login, tick) != login)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(3));
            tick = patience.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();
        }

        return await login;
    }
}
