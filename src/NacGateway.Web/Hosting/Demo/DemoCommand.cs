using System.CommandLine;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Hosting.Listeners;

namespace NacGateway.Web.Hosting.Demo;

/// <summary><c>demo</c>: the whole way on one machine and nothing else, with a RADIUS server and a site of its own.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var fresh = new Option<bool>("--fresh") { Description = "Forgets what earlier runs of the demo left." };
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Where the demo keeps its database.", HelpName = "FOLDER", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("data", "demo")) };
        var freePorts = new Option<bool>("--free-ports") { Description = "Takes free ports instead of 8080, 8081, 8082, 11812 and 11813, and prints them." };
        var command = new Command("demo", "Runs everything on this machine: gate, portal, a RADIUS server with demo users, and a site behind the gate. Ctrl+C ends it.")
        {
            fresh, folder, freePorts,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => RunAsync(
            new DemoSettings { Folder = parse.GetValue(folder)!, Fresh = parse.GetValue(fresh), FreePorts = parse.GetValue(freePorts), Overrides = parse.UnmatchedTokens },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(DemoSettings demo, CancellationToken cancellationToken)
    {
        if (demo.Fresh && demo.Folder.Exists)
        {
            demo.Forget();
        }

        demo.Folder.Create();
        if (!OperatingSystem.IsWindows())
        {
            // Who signed in, when and from where is nobody else's business on this machine.
            File.SetUnixFileMode(demo.Folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var ports = DemoPorts.Choose(demo.FreePorts);
        await using var origin = await DemoOrigin.StartAsync(new Uri($"http://127.0.0.1:{ports.Portal}/portal/status"), cancellationToken);
        if (DemoAaa.TryStart(ports, out var problem) is not { } started)
        {
            await Console.Error.WriteLineAsync($"error: {problem}");
            return ExitCode.Failure;
        }

        await using var aaa = started;

        List<string> errors = [];
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(demo.Settings(ports, origin.Url, aaa))
            .AddInMemoryCollection(CommandLineKeys.Read(demo.Overrides, errors))
            .Build();
        var verdict = SettingsCheck.Run(settings, errors);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        return await GatewayHost.RunAsync(verdict, GuideAsync, cancellationToken);

        async Task GuideAsync(IServiceProvider services)
        {
            var password = await DemoAdmin.RenewAsync(services, cancellationToken);
            await Console.Out.WriteLineAsync(DemoGuide.Text(services.GetRequiredService<GatewayListeners>(), origin.Url, aaa, demo.Folder, password));
        }
    }
}
