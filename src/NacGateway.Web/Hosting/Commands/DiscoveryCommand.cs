using System.CommandLine;
using Microsoft.Extensions.Options;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Hosting.Discovery;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>discovery</c>: prints what DHCP servers and router advertisers must be told, so that devices learn of the portal (RFC 8910). Starts and changes nothing else.</summary>
internal static class DiscoveryCommand
{
    private const string All = "all";
    private static readonly string[] s_names = [.. Enum.GetNames<DhcpServer>().Select(name => name.ToLowerInvariant())];

    public static Command Create(Option<FileInfo?> config)
    {
        var server = new Option<string>("--server") { Description = "For which program; all prints every one.", HelpName = string.Join('|', [.. s_names, All]), DefaultValueFactory = _ => All };
        server.AcceptOnlyFromAmong([.. s_names, All]);
        var lan = new Option<string>("--interface") { Description = "The interface towards the devices, for files that name it.", HelpName = "NAME", DefaultValueFactory = _ => "lan0" };
        lan.Validators.Add(result =>
        {
            if (!IsInterface(result.GetValueOrDefault<string>()))
            {
                result.AddError("--interface takes the name of a network interface: at most 15 letters, digits, dots, dashes, colons and underscores.");
            }
        });
        var write = new Option<FileInfo?>("--write") { Description = "Writes to FILE instead of printing; with one --server only. A file that something else made is left as it is.", HelpName = "FILE" };
        var command = new Command(
            "discovery",
            "Prints the configuration by which DHCP and router advertisements tell devices the URL of the captive portal API (RFC 8910: options 114, 103 and 37). "
            + "Exit code 0; 1 when FILE cannot be written; 2 when the settings give no https address, or are wrong.")
        { server, lan, write };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => RunAsync(
            new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), parse.GetValue(server)!, parse.GetValue(lan)!, parse.GetValue(write), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandInput input, string server, string lan, FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is not null && server == All)
        {
            return await FailAsync("--write needs one --server: each program has a file of its own.", ExitCode.Usage);
        }

        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var services = new ServiceCollection();
        services.AddGateway(verdict.Settings);
        await using var provider = services.BuildServiceProvider();
        var address = CaptiveApiAddress.Find(provider.GetRequiredService<IOptions<PortalOptions>>().Value);
        if (address.Url is not { } url)
        {
            return await FailAsync(address.Error!, ExitCode.Usage);
        }

        foreach (var warning in address.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}");
        }

        var chosen = Enum.GetValues<DhcpServer>().Where(each => server == All || Enum.Parse<DhcpServer>(server, ignoreCase: true) == each);
        var text = string.Join('\n', chosen.Select(each => DiscoverySnippets.Of(each, url, lan)));
        if (file is not null)
        {
            return await WriteAsync(file, text, cancellationToken);
        }

        await Console.Out.WriteAsync(text.AsMemory(), cancellationToken);
        return ExitCode.Success;
    }

    /// <summary>Puts the whole file in place at once, so that no server reads half of it.</summary>
    private static async Task<int> WriteAsync(FileInfo file, string text, CancellationToken cancellationToken)
    {
        var partial = $"{file.FullName}.{Environment.ProcessId}.partial";
        try
        {
            if (file.Exists && !await IsOursAsync(file, cancellationToken))
            {
                return await FailAsync($"{file.FullName} was made by something else and is not overwritten. Name another file.", ExitCode.Failure);
            }

            await File.WriteAllTextAsync(partial, text, cancellationToken);
            File.Move(partial, file.FullName, overwrite: true);
            await Console.Out.WriteLineAsync($"Written to {file.FullName}".AsMemory(), cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }

            return await FailAsync($"{file.FullName} cannot be written: {exception.Message} Check the folder and its rights.", ExitCode.Failure);
        }
    }

    private static async Task<bool> IsOursAsync(FileInfo file, CancellationToken cancellationToken)
    {
        using var reader = file.OpenText();
        var begin = new char[256];
        var count = await reader.ReadBlockAsync(begin, cancellationToken);
        return begin.AsSpan(0, count).Contains(DiscoverySnippets.Mark, StringComparison.Ordinal);
    }

    /// <summary>What the kernel takes for one (at most 15 octets), without anything that means something in a configuration file.</summary>
    private static bool IsInterface(string? name) =>
        name is { Length: > 0 and < 16 } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':') && name is not ("." or "..");

    private static async Task<int> FailAsync(string error, int exitCode)
    {
        await Console.Error.WriteLineAsync($"error: {error}");
        return exitCode;
    }
}
