using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NacGateway.TestKit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>One run of the built harness to its end: exit code and both streams apart, for which of them a text is on is part of the promise.</summary>
internal sealed record HarnessRun(int ExitCode, string Output, string Errors)
{
    public static string Executable => Path.Combine(Repository.OutputOf("NacGateway.Harness"), OperatingSystem.IsWindows() ? "nac-harness.exe" : "nac-harness");

    /// <summary>The one object that --json printed.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    public static Task<HarnessRun> RunAsync(params string[] arguments) => RunAsync(arguments, secret: null);

    public static async Task<HarnessRun> RunAsync(IEnumerable<string> arguments, string? secret, string input = "")
    {
        // A run that never ends, such as a server that should have refused to start, fails its test instead of stopping them all.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Xunit.TestContext.Current.CancellationToken);
        var cancellationToken = either.Token;
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("NAC_HARNESS_SECRET");
        if (secret is not null)
        {
            start.Environment["NAC_HARNESS_SECRET"] = secret;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return new HarnessRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
