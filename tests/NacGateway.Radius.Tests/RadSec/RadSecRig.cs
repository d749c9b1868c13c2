using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>An authority, a server and clients of both, on loopback.</summary>
internal sealed class RadSecRig : IAsyncDisposable
{
    public const string ServerName = "radius.example.org";
    public const string ClientName = "gateway.example.org";
    private readonly List<IAsyncDisposable> _owned = [];

    public TestPki Pki { get; } = new();

    public FakeLogger ServerLog { get; } = new();

    public FakeLogger ClientLog { get; } = new();

    /// <summary>Credentials that trust this rig's authority.</summary>
    public RadSecCredentials Credentials(X509Certificate2 own, TestPki? trusted = null) => new(own, [], [(trusted ?? Pki).Authority]);

    public RadSecCredentials ServerCredentials() => Credentials(Pki.Issue("the server", ServerName, "127.0.0.1"));

    public RadSecCredentials ClientCredentials() => Credentials(Pki.Issue("the client", ClientName));

    public RadSecServer Serve(RadiusRequestHandler? handler = null, Func<RadSecListenerSettings, RadSecListenerSettings>? change = null, TimeProvider? time = null)
    {
        var settings = new RadSecListenerSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), "ignored"u8.ToArray(), "loopback")],
            Credentials = ServerCredentials(),
        };
        var server = new RadSecServer(change is null ? settings : change(settings), handler ?? AnswerAsync, time ?? TimeProvider.System, ServerLog);
        server.Start();
        _owned.Add(server);
        return server;
    }

    public RadiusClient Connect(IPEndPoint server, Func<RadSecClientSettings, RadSecClientSettings>? change = null, TimeProvider? time = null)
    {
        var client = new RadiusClient(Settings(server, change), time ?? TimeProvider.System);
        _owned.Add(client);
        return client;
    }

    public RadiusServerSettings Settings(IPEndPoint server, Func<RadSecClientSettings, RadSecClientSettings>? change = null)
    {
        var tls = new RadSecClientSettings { Credentials = ClientCredentials(), ServerName = ServerName, Logger = ClientLog };
        return new RadiusServerSettings { Name = "main", EndPoint = server, Secret = "any secret at all"u8.ToArray(), Tls = change is null ? tls : change(tls) };
    }

    /// <summary>Accepts everybody and repeats the password that it reads.</summary>
    public static ValueTask<RadiusPacket?> AnswerAsync(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        var reply = context.CreateReply(context.Request.Code == RadiusCode.AccountingRequest ? RadiusCode.AccountingResponse : RadiusCode.AccessAccept);
        var password = new byte[128];
        if (context.Request.TryGetUserPassword(context.Nas.Secret.Span, password, out var length))
        {
            reply.Attributes.Add(RadiusAttributeType.ReplyMessage, password.AsSpan(0, length));
        }

        return ValueTask.FromResult<RadiusPacket?>(reply);
    }

    public static void Fill(RadiusPacket request, RadiusServerSettings server) => Filling("wonderland")(request, server);

    public static RadiusRequestTemplate Filling(string password) => (request, server) =>
    {
        request.AddMessageAuthenticator();
        request.UserName = "alice";
        request.AddUserPassword(Encoding.UTF8.GetBytes(password), server.Secret.Span);
    };

    public static Task<ExchangeResult> AskAsync(RadiusClient client, RadiusRequestTemplate? template = null, double seconds = 20) =>
        client.ExchangeAsync(RadiusCode.AccessRequest, template ?? Fill, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Clients first: they were made last, and say goodbye.
        for (var index = _owned.Count - 1; index >= 0; index--)
        {
            await _owned[index].DisposeAsync();
        }

        Pki.Dispose();
    }
}
