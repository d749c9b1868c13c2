using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>The sockets of a server, opened together and closed together.</summary>
internal sealed class AaaListeners
{
    private const int PendingWithDelay = 16_384;

    private AaaListeners(RadiusServer authentication) => Authentication = authentication;

    public RadiusServer Authentication { get; }

    public RadiusServer? Accounting { get; private set; }

    public RadSecServer? Tls { get; private set; }

    /// <summary>Binds all of them, or none.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound.</exception>
    public static AaaListeners Open(AaaServerSettings settings, AaaHandlers handlers, AaaWires? wires, TimeProvider time, ILogger? logger)
    {
        var opened = new AaaListeners(Udp(settings.Authentication, handlers.Authentication, ScenarioPort.Authentication));
        try
        {
            opened.Accounting = settings.Accounting is { } accounting ? Udp(accounting, handlers.Accounting, ScenarioPort.Accounting) : null;
            opened.Tls = settings.Tls is { } tls ? new RadSecServer(tls with { Wire = wires?.At(ScenarioPort.Tls) }, handlers.Tls, time, logger) : null;
            return opened;
        }
        catch
        {
            // Nothing runs yet, so that nothing has to be waited for.
            _ = opened.StopAsync(TimeSpan.Zero);
            throw;
        }

        RadiusServer Udp(IPEndPoint listen, RadiusRequestHandler handler, ScenarioPort port)
        {
            var listener = new RadiusListenerSettings { Listen = listen, Nas = settings.Nas, Wire = wires?.At(port), TellsMissingMessageAuthenticator = settings.TellsMissingMessageAuthenticator };

            // Rejections that wait take places; whoever guesses passwords shall not take all of them.
            return new RadiusServer(settings.RejectDelay > TimeSpan.Zero ? listener with { MaxPending = PendingWithDelay } : listener, handler, time, logger);
        }
    }

    public void Start()
    {
        Authentication.Start();
        Accounting?.Start();
        Tls?.Start();
    }

    public async Task StopAsync(TimeSpan grace)
    {
        if (Tls is not null)
        {
            await Tls.StopAsync(grace);
            await Tls.DisposeAsync();
        }

        foreach (var server in (RadiusServer?[])[Accounting, Authentication])
        {
            if (server is not null)
            {
                await server.StopAsync(grace);
                await server.DisposeAsync();
            }
        }
    }
}
