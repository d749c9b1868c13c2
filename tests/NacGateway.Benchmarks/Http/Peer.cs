using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NacGateway.Benchmarks.Radius;
using Yarp.ReverseProxy.Configuration;

namespace NacGateway.Benchmarks.Http;

/// <summary>The servers that the gateway is compared with, each as bare as its makers ship it: no logging, one handler.</summary>
internal static class Peer
{
    /// <summary>Runs a peer until it is killed; prints "listening on PORT".</summary>
    public static async Task<int> RunAsync(string role, string[] arguments)
    {
        await using var app = Build(services => Role(role, arguments, services));
        await app.StartAsync();
        Console.WriteLine($"listening on {new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture)}");
        await ((Microsoft.Extensions.Hosting.IHost)app).WaitForShutdownAsync();
        return 0;
    }

    /// <summary>A bare server on a free port that answers as it is told, not yet started.</summary>
    public static WebApplication Build(Func<IServiceCollection, Action<WebApplication>> role)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var configure = role(builder.Services);
        var app = builder.Build();
        configure(app);
        return app;
    }

    private static Action<WebApplication> Role(string role, string[] arguments, IServiceCollection services)
    {
        switch (role)
        {
            case "kestrel":
                var answer = JsonSerializer.Deserialize<SameAnswer>(File.ReadAllBytes(arguments[0]))!;
                return app => app.Run(answer.WriteAsync);
            case "sign-in":
                return BareSignIn.Role(arguments);
            case "origin":
                var body = Encoding.ASCII.GetBytes(new string('o', 2048));
                return app => app.Run(context =>
                {
                    context.Response.ContentType = "text/plain";
                    context.Response.ContentLength = body.Length;
                    return context.Response.Body.WriteAsync(body).AsTask();
                });
            case "yarp":
                services.AddRouting();
                services.AddLogging();
                services.AddReverseProxy().LoadFromMemory(
                    [new RouteConfig { RouteId = "all", ClusterId = "origin", Match = new RouteMatch { Path = "{**path}" } }],
                    [new ClusterConfig { ClusterId = "origin", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["only"] = new() { Address = arguments[0] } } }]);
                return app =>
                {
                    app.UseRouting();
                    app.MapReverseProxy();
                };
            default:
                throw new ArgumentException($"'{role}' is no peer.", nameof(role));
        }
    }
}
