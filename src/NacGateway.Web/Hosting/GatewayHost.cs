using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NacGateway.Core.Coa;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Storage;
using NacGateway.Web.Desk.Rules;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Hosting.Listeners.ProxyProtocol;
using NacGateway.Web.Hosting.Service;
using NacGateway.Web.Observability;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting;

/// <summary>Builds the one host: services, listeners, pipelines. Starts from nothing, so that no default of another kind of host applies.</summary>
internal static partial class GatewayHost
{
    /// <summary>
    /// Time for requests in flight, and for sign-ins waiting for their RADIUS server, once the process is told to stop. What the gate
    /// carries for clients is cut earlier, see <see cref="Gate.Forwarding.StopGrace"/>.
    /// </summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(12);

    /// <param name="settings">Settings that have passed the check.</param>
    /// <param name="replace">Changes services before they are made, for tests; null for none.</param>
    /// <param name="sources">The layers that the settings come from, for who asks; null for the settings themselves.</param>
    public static WebApplication Build(IConfiguration settings, Action<IServiceCollection>? replace = null, IConfiguration? sources = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "nacgateway", EnvironmentName = Environments.Production });
        var log = new LogOptions();
        settings.GetSection(LogOptions.Section).Bind(log);
        builder.Logging.AddGatewayLog(log);
        // Before the listeners: it gives the options their services, without which none can speak https.
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        builder.Services.AddGateway(settings);
        builder.Services.AddSingleton<ProxiedConnections>();
        builder.Services.AddServiceNotices();
        builder.Services.AddSingleton<GatewayListeners>();
        builder.Services.AddSingleton<LandingAddress>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(services => services.GetRequiredService<GatewayListeners>());
        builder.Services.AddSingleton(new SettingOrigins(settings, sources ?? settings, new KeySchema().MayShow));
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        ListenerPipelines.Map(app);
        return app;
    }

    /// <summary>Runs until SIGTERM, Ctrl+C or cancellation, and drains.</summary>
    /// <param name="verdict">Settings that have passed the check.</param>
    /// <param name="started">Called with the services once the listeners are open; null for none.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<int> RunAsync(SettingsVerdict verdict, Func<IServiceProvider, Task>? started, CancellationToken cancellationToken)
    {
        if (await TryBuildAsync(verdict) is not { } built)
        {
            return ExitCode.Failure;
        }

        await using var app = built;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("NacGateway.Web.Hosting");
        if (app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicUrl is { } publicUrl)
        {
            app.Services.GetRequiredService<PortalLink>().Publish(publicUrl, app.Services.GetRequiredService<LandingAddress>().Of(publicUrl, bound: null));
        }

        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is GatewayRunsException or SchemaIsNewerException)
        {
            // Nothing has begun; a stop would say Accounting-Off in the other's name, or write into a schema that is not known.
            Log.CannotStart(log, exception.Message);
            return ExitCode.Failure;
        }
        catch (Exception exception) when (exception is IOException or AddressInUseException or SocketException)
        {
            Log.CannotListen(log, exception.Message);
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Failure;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or EnforcementException)
        {
            Log.CannotStart(log, exception.Message);
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Failure;
        }

        var listeners = app.Services.GetRequiredService<GatewayListeners>();
        Announce(app, listeners, log);
        if (started is not null)
        {
            await started(app.Services);
        }

        return await WaitAsync(app, log, cancellationToken);
    }

    /// <summary>The host; null where something refuses the settings that the check has let pass, which has then been said.</summary>
    private static async Task<WebApplication?> TryBuildAsync(SettingsVerdict verdict)
    {
        try
        {
            return Build(verdict.Settings, sources: verdict.Sources);
        }
        catch (InvalidOperationException exception)
        {
            // There is no log yet. Of YARP's exceptions the innermost names the route or cluster.
            await Console.Error.WriteLineAsync($"error: The gateway cannot start: {exception.Message} {exception.GetBaseException().Message}");
            return null;
        }
    }

    private static void Announce(WebApplication app, GatewayListeners listeners, ILogger log)
    {
        var link = app.Services.GetRequiredService<PortalLink>();
        var landing = app.Services.GetRequiredService<LandingAddress>();
        var plain = listeners.Find(ListenerKind.Portal);
        if (link.Url is { } known)
        {
            link.Publish(known, landing.Of(known, plain)); // The port is certain only now, where the settings left it to the system.
        }
        else
        {
            var found = PortalAddress.Guess(listeners);
            link.Publish(found, landing.Of(found, plain));
            Log.GuessedPublicUrl(log, found);
        }

        foreach (var listener in listeners.Bound)
        {
            Log.Listening(log, listener.Kind, listener);
        }

        if (app.Services.GetRequiredService<CoaListener>().EndPoint is { } coa)
        {
            Log.ListeningByUdp(log, coa);
        }
    }

    private static async Task<int> WaitAsync(WebApplication app, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            await app.WaitForShutdownAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Whatever a part could not bring to its end: the others have stopped all the same, and nobody is left to do anything about it.
            Log.StoppedBadly(log, string.Join(' ', (exception as AggregateException)?.Flatten().InnerExceptions.Select(part => part.Message) ?? [exception.Message]));
            return ExitCode.Failure;
        }

        Log.Stopped(log);
        return ExitCode.Success;
    }

    private static partial class Log
    {
        [LoggerMessage(9000, LogLevel.Information, "Listening: {Listener} on {Address}")]
        public static partial void Listening(ILogger logger, ListenerKind listener, BoundListener address);

        [LoggerMessage(9005, LogLevel.Information, "Listening: Coa on udp://{EndPoint}")]
        public static partial void ListeningByUdp(ILogger logger, IPEndPoint endPoint);

        [LoggerMessage(9001, LogLevel.Critical, "A listener cannot be opened: {Reason} Free the port, or set another in Gate:Listen, Portal:Listen, Portal:ListenHttps, Admin:Listen or Coa:Listen.")]
        public static partial void CannotListen(ILogger logger, string reason);

        [LoggerMessage(9003, LogLevel.Warning, "Portal:PublicUrl is not set: clients are sent to {Url}. Set it to the address by which they reach the portal.")]
        public static partial void GuessedPublicUrl(ILogger logger, Uri url);

        [LoggerMessage(9004, LogLevel.Critical, "The gateway cannot start: {Reason}")]
        public static partial void CannotStart(ILogger logger, string reason);

        [LoggerMessage(9006, LogLevel.Error, "Stopped, but not everything came to its end: {Reason}")]
        public static partial void StoppedBadly(ILogger logger, string reason);

        [LoggerMessage(9002, LogLevel.Information, "Stopped; open sessions are kept in the database")]
        public static partial void Stopped(ILogger logger);
    }
}
