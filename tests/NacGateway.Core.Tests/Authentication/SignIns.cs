using System.Net;
using Microsoft.Extensions.Logging.Testing;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>A gateway, on SQLite unless the test says otherwise, with one server that answers as the test says.</summary>
internal sealed class SignIns : IAsyncDisposable
{
    public const string Client = "192.0.2.7";
    public const string Password = "correct horse battery";

    private SignIns(UdpResponder server, Gateways gateway)
    {
        Server = server;
        Gateway = gateway;
    }

    public UdpResponder Server { get; }

    public Gateways Gateway { get; }

    public IReadOnlyList<FakeLogRecord> Lines => Gateway.Get<FakeLogCollector>().GetSnapshot();

    public static Task<SignIns> StartAsync(PostgreSqlServer postgres, Func<RadiusPacket, RadiusPacket?> answer, string secret = Gateways.Secret, params (string Key, string Value)[] settings) =>
        StartAsync(StorageProvider.Sqlite, postgres, answer, secret, settings);

    public static async Task<SignIns> StartAsync(StorageProvider provider, PostgreSqlServer postgres, Func<RadiusPacket, RadiusPacket?> answer, string secret, params (string Key, string Value)[] settings)
    {
        var server = new UdpResponder(answer, secret);
        var port = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new SignIns(server, await Gateways.StartAsync(provider, postgres, [("Radius:Servers:0:AuthenticationPort", port), .. settings]));
    }

    public Task<LoginOutcome> LoginAsync(string user = "alice", string password = Password, string client = Client) =>
        RunAsync(login => login.LoginAsync(new LoginAttempt { ClientAddress = IPAddress.Parse(client), UserName = user, Password = password }, TestContext.Current.CancellationToken));

    public Task<LoginOutcome> AnswerAsync(string challengeId, string answer = "123456", string client = Client) =>
        RunAsync(login => login.AnswerAsync(new ChallengeAnswer { ClientAddress = IPAddress.Parse(client), ChallengeId = challengeId, Answer = answer }, TestContext.Current.CancellationToken));

    /// <summary>Starts a sign-in and turns the clock until it has ended: for servers that say nothing useful.</summary>
    public Task<LoginOutcome> LoginToTheEndAsync(string user = "alice", string client = Client) => ToTheEndAsync(LoginAsync(user, client: client));

    /// <summary>Has others try in vain until the server, which must be silent by now, is taken for dead.</summary>
    public async Task OthersFindNoAnswerAsync()
    {
        // Not at the very instant of the last answer, which would speak for the server.
        Gateway.Time.Advance(TimeSpan.FromSeconds(1));
        for (var other = 1; other <= 3; other++)
        {
            await LoginToTheEndAsync($"other{other}", $"198.51.100.{other}");
        }
    }

    /// <summary>Turns the clock until a step has ended.</summary>
    public async Task<LoginOutcome> ToTheEndAsync(Task<LoginOutcome> login)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!login.IsCompleted)
        {
            // Real time for the socket, false time for the budget.
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        return await login;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }

    private Task<LoginOutcome> RunAsync(Func<LoginService, Task<LoginOutcome>> step) => step(Gateway.Get<LoginService>());
}
