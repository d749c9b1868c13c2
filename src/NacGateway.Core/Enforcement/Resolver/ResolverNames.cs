using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Resolver;

/// <summary>
/// Keeps dnsmasq's file of names as garden and rules have them: written beside, tried by dnsmasq itself, put in place at once, and then read
/// anew by it. One that dnsmasq refuses changes nothing.
/// </summary>
internal sealed partial class ResolverNames(GardenAddresses garden, PolicyBook policies, IOptions<EnforcementOptions> options, TimeProvider time, ILogger<ResolverNames> log) : BackgroundService
{
    private static readonly TimeSpan s_pass = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly string[] s_folders = ["/usr/sbin/", "/sbin/"];

    private string? _refused;

    private bool IsAsked => options.Value is { Mode: EnforcementMode.Nftables, DnsmasqFile: { Length: > 0 } };

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsAsked)
        {
            await KeepAsync(cancellationToken).ConfigureAwait(false);
            await base.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pass, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await KeepAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var text = NamesFile.Text(garden.Names, policies.Current);
        var path = options.Value.DnsmasqFile!;
        try
        {
            if (text == _refused || (File.Exists(path) && await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) == text))
            {
                return;
            }

            await PutAsync(path, text, cancellationToken).ConfigureAwait(false);
            _refused = null;
            Log.Written(log, path, text.Count(c => c == '\n') - 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EnforcementException)
        {
            // The file stays as it was; said once for each text.
            _refused = text;
            Log.NotWritten(log, path, exception.Message);
        }
    }

    private async Task PutAsync(string path, string text, CancellationToken cancellationToken)
    {
        // Not ending in .conf, and with a leading dot: dnsmasq takes neither for one of its files meanwhile.
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        await File.WriteAllTextAsync(beside, text, cancellationToken).ConfigureAwait(false);
        await RunAsync(["dnsmasq", "--test", $"--conf-file={beside}"], "dnsmasq refuses the names", cancellationToken).ConfigureAwait(false);
        File.Move(beside, path, overwrite: true);
        if (options.Value.DnsmasqReload.Count > 0)
        {
            await RunAsync([.. options.Value.DnsmasqReload], "Enforcement:DnsmasqReload did not succeed", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string[] command, string failure, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(Find(command[0]), command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new EnforcementException($"{command[0]} cannot be run: {exception.Message}", exception);
        }

        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new EnforcementException($"{failure}: {command[0]} did not end within {s_patience.TotalSeconds} s.", exception);
        }

        if (process.ExitCode != 0)
        {
            throw new EnforcementException($"{failure}: {OneLine.Clean(string.Concat(await said.ConfigureAwait(false)), 300)}");
        }
    }

    /// <summary>Services have a PATH without the administrator's folders.</summary>
    private static string Find(string program) => s_folders.Select(folder => folder + program).FirstOrDefault(File.Exists) ?? program;

    private static partial class Log
    {
        [LoggerMessage(4020, LogLevel.Information, "{Path} was written: the kernel learns the addresses of {Count} names from dnsmasq")]
        public static partial void Written(ILogger logger, string path, int count);

        [LoggerMessage(4021, LogLevel.Error, "{Path} could not be put in force: {Reason} Names open what they did before.")]
        public static partial void NotWritten(ILogger logger, string path, string reason);
    }
}
