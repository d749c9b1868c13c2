using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;
using Authorization = NacGateway.Core.Policy.Authorization;

namespace NacGateway.Core.Authentication;

/// <summary>Signs a device in that needs nobody to: by the list of the settings, or by asking a server about its MAC address. Safe for concurrent use.</summary>
internal sealed partial class DeviceSignIn(LoginConversation conversation, LoginGrant grant, LoginJudge judge, LoginRecords records, TimeProvider time, ILogger<DeviceSignIn> log)
{
    /// <summary>In place of the server's name, in sessions of devices on the list.</summary>
    public const string ServerName = "(device list)";

    /// <summary>Opens a session of a device on the list. The rules are asked as if a server had accepted it and named its role.</summary>
    public async Task<LoginOutcome> OpenListedAsync(MacBypassDevice device, MacAddress mac, IPAddress address, CancellationToken cancellationToken)
    {
        using var step = LoginStep.OfDevice(device.Address, "", address, mac, AcctSessionIds.Next(time));
        string reference = ReferenceCode.Next();
        var context = judge.Context(time.GetUtcNow());

        // Nobody is there who would come back after an idle time: what has been silent for long may speak again at any moment.
        var local = context.Local with { IdleTimeout = null };
        var decision = context.Policy.Decide(judge.Query(step, context) with
        {
            Local = local,
            Authorization = new Authorization { Limits = local, Roles = device.Role.Length > 0 ? [device.Role] : [] },
        });
        var result = new ExchangeResult { Status = ExchangeStatus.NoServer };
        var verdict = LoginJudge.NotGranted(reference, decision);
        if (verdict is null)
        {
            verdict = new LoginVerdict(await grant.OpenAsync(Opening(step, decision, result, reference), reference, cancellationToken).ConfigureAwait(false), Decision: decision);
        }

        await records.RecordAsync(step, verdict, result).ConfigureAwait(false);
        Log.Listed(log, reference, mac, device.Name, address, verdict.Outcome.GetType().Name, verdict.Detail ?? "");
        return verdict.Outcome;
    }

    /// <summary>Asks a server about a device.</summary>
    public async Task<LoginOutcome> AskAsync(MacBypassOptions options, MacAddress mac, IPAddress address, CancellationToken cancellationToken)
    {
        var name = Write(mac, options.UserName);
        using var step = LoginStep.OfDevice(name, options.Password == MacPassword.Address ? name : "", address, mac, AcctSessionIds.Next(time));
        string reference = ReferenceCode.Next();
        var (verdict, result) = await conversation.AskAsync(step, reference, cancellationToken).ConfigureAwait(false);

        // No second step: there is nobody to answer a challenge.
        if (verdict.Outcome is LoginOutcome.Challenged)
        {
            verdict = new LoginVerdict(new LoginOutcome.Rejected(reference, []), "challenged, and a device answers no challenge");
        }

        await records.RecordAsync(step, verdict, result).ConfigureAwait(false);
        Log.Asked(log, reference, mac, address, result.Server?.Name ?? "no server", verdict.Outcome.GetType().Name, verdict.Detail ?? "");
        return verdict.Outcome;
    }

    internal static string Write(MacAddress mac, MacFormat format)
    {
        var text = mac.ToLinkText();
        text = format switch
        {
            MacFormat.Plain or MacFormat.PlainUpper => text.Replace(":", "", StringComparison.Ordinal),
            MacFormat.Hyphens or MacFormat.HyphensUpper => text.Replace(':', '-'),
            _ => text,
        };
        return format >= MacFormat.PlainUpper ? text.ToUpperInvariant() : text;
    }

    private SessionOpening Opening(LoginStep step, AccessDecision decision, ExchangeResult result, string reference) => new()
    {
        AcctSessionId = step.AcctSessionId,
        UserName = step.UserName,
        ClientAddress = step.ClientAddress,
        CallingStationId = step.CallingStationId,
        Limits = decision.Limits,
        Devices = decision.Devices,
        ServerName = ServerName,
        Authentic = AcctAuthentic.Local,
        Decision = records.Granted(step, decision, reference, "It is on the list of devices.", result),
    };

    private static partial class Log
    {
        [LoggerMessage(2540, LogLevel.Information, "{Reference}: device {Mac} {Name} at {Client} is on the list: {Outcome} {Detail}")]
        public static partial void Listed(ILogger logger, string reference, MacAddress mac, string name, IPAddress client, string outcome, string detail);

        [LoggerMessage(2541, LogLevel.Information, "{Reference}: {Server} was asked about device {Mac} at {Client}: {Outcome} {Detail}")]
        public static partial void Asked(ILogger logger, string reference, MacAddress mac, IPAddress client, string server, string outcome, string detail);
    }
}
