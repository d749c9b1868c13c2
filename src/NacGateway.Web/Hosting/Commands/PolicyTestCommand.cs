using System.CommandLine;
using System.Globalization;
using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>policy test</c>: the words of the decision that a sign-in would get, by the code that the sign-in runs. Nothing is sent or recorded.</summary>
internal static class PolicyTestCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var user = new Option<string>("--user") { Description = "User name as typed.", HelpName = "NAME", Required = true };
        var attributes = new Option<string[]>("--attr") { Description = "An attribute of the Access-Accept, such as 'Class=staff'; may be given often.", HelpName = "NAME=VALUE" };
        var address = new Option<string>("--address") { Description = "The client's IP address.", HelpName = "ADDRESS", DefaultValueFactory = _ => "192.0.2.1" };
        var device = new Option<string?>("--device") { Description = "The client's MAC address. Default: not known.", HelpName = "MAC" };
        var called = new Option<string?>("--called") { Description = "Called-Station-Id. Default: Radius:CalledStationId.", HelpName = "TEXT" };
        var at = new Option<DateTimeOffset?>("--at") { Description = "The instant, such as 2026-03-02T22:15:00+01:00. Default: now.", HelpName = "TIME" };
        var file = new Option<FileInfo?>("--file") { Description = "Rules of a file instead of those in force.", HelpName = "FILE" };
        var command = new Command("test", "Says what the rules would decide about an Access-Accept, and why.") { user, attributes, address, device, called, at, file };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => PolicyCommand.RunAsync(
            new CommandInput(parse.GetValue(config), parse.UnmatchedTokens),
            async (services, token) =>
            {
                var now = parse.GetValue(at) ?? services.GetRequiredService<TimeProvider>().GetUtcNow();
                List<string> errors = [];
                var query = new AccessQuery
                {
                    UserName = parse.GetValue(user)!,
                    ClientAddress = IPAddress.TryParse(parse.GetValue(address), out var client) ? client : Fail(errors, "--address is no IP address.", IPAddress.None),
                    CallingStationId = parse.GetValue(device),
                    CalledStationId = parse.GetValue(called) ?? (Settings(services) is { CalledStationId.Length: > 0 } radius ? radius.CalledStationId : null),
                    At = now,
                };
                var accept = Accept(parse.GetValue(attributes) ?? [], errors);
                var policy = await RulesAsync(services, parse.GetValue(file), errors, token);
                return await ReportAsync(errors, () => AccessJudge.Judge(accept, query, services.GetRequiredService<SessionTerms>().Of(now) with { Policy = policy, RejectsUnknownAttributes = Settings(services).RejectUnknownAttributes }, out _));
            },
            cancellation));
        return command;
    }

    private static async Task<int> ReportAsync(List<string> errors, Func<AccessDecision> decide)
    {
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync($"error: {error}");
        }

        if (errors.Count > 0)
        {
            return ExitCode.Usage;
        }

        var decision = decide();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(decision.IsGranted ? "granted" : "refused")}, version {decision.PolicyVersion}, rule {decision.Rule ?? "none"}, role {decision.Limits.Role ?? "none"}"));
        await Console.Out.WriteLineAsync(decision.Words);
        return decision.IsGranted ? ExitCode.Success : ExitCode.Failure;
    }

    private static RadiusPacket Accept(IEnumerable<string> attributes, List<string> errors)
    {
        var accept = new RadiusPacket(RadiusCode.AccessAccept);
        foreach (var text in attributes)
        {
            if (AttributeAssignment.TryParse(text, AttributeDictionary.Default, out var assignment, out var error) && !assignment.Definition.IsSecret && !assignment.Definition.IsInternal)
            {
                assignment.AddTo(accept, [], new byte[16]);
            }
            else
            {
                errors.Add($"--attr '{text}': {(error.Length > 0 ? error : "secret and internal attributes are not for rules.")}");
            }
        }

        return accept;
    }

    private static async Task<AccessPolicy> RulesAsync(IServiceProvider services, FileInfo? file, List<string> errors, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return PolicyFile.TryRead(file.FullName, out var text, out var problems) && PolicyDocument.TryParse(text, version: 0, out var rules, out problems)
                ? rules
                : Fail(errors, string.Join(Environment.NewLine + "error: ", problems), AccessPolicy.None);
        }

        if (await services.GetRequiredService<PolicyStore>().CurrentAsync(cancellationToken) is not { } current)
        {
            return AccessPolicy.None;
        }

        return PolicyDocument.TryParse(current.Document, current.Version, out var policy, out var errorsInForce)
            ? policy
            : Fail(errors, string.Join(Environment.NewLine + "error: ", errorsInForce), AccessPolicy.None);
    }

    private static RadiusOptions Settings(IServiceProvider services) => services.GetRequiredService<Microsoft.Extensions.Options.IOptions<RadiusOptions>>().Value;

    private static T Fail<T>(List<string> errors, string error, T instead)
    {
        errors.Add(error);
        return instead;
    }
}
