using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Simulation;
using NacGateway.Core.Policy;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>Runs the simulator for what somebody has typed: the one place for page and API.</summary>
internal sealed class SimulationDesk(SignInSimulator simulator, PolicyStore store, PolicyBook book, SimulationTexts texts, IOptions<RadiusOptions> radius, TimeProvider time)
{
    private const int LongestUser = 253;

    /// <summary>Names of the servers in use.</summary>
    public IReadOnlyList<string> Servers { get; } = [.. radius.Value.Servers.Select(server => server.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Runs it, or says what is wrong.</summary>
    public async Task<SimulationReport> RunAsync(SimulationForm form, CancellationToken cancellationToken)
    {
        List<SimulationError> errors = [];
        var (policy, rules) = await PolicyAsync(form, errors, cancellationToken);
        if (Read(form, policy, errors) is not { } asked)
        {
            return new SimulationReport { Form = form, Errors = errors };
        }

        var outcome = await simulator.RunAsync(asked, cancellationToken);
        return new SimulationReport { Form = form, Outcome = outcome, Told = texts.Of(outcome), At = asked.At ?? time.GetUtcNow(), Rules = rules };
    }

    private SimulatedSignIn? Read(SimulationForm form, AccessPolicy? policy, List<SimulationError> errors)
    {
        if (form.User.Length is 0 or > LongestUser)
        {
            errors.Add(new SimulationError("user", $"Name a user, in 1 to {LongestUser} characters."));
        }

        if (!IPAddress.TryParse(form.Address, out var client))
        {
            errors.Add(new SimulationError("ip", form.Address.Length == 0 ? "Name the client's address, such as 10.0.0.7." : "This is no IP address; write one such as 10.0.0.7."));
        }

        if (form.Mac.Length > 0 && !(StationText.TryRead(form.Mac, out _, out var isWhole) && isWhole))
        {
            errors.Add(new SimulationError("mac", "This is no MAC address; write one such as a2:37:d4:84:7e:4d, or leave it empty."));
        }

        DateTimeOffset at = default;
        if (form.At.Length > 0 && !UtcText.TryParse(form.At, out at))
        {
            errors.Add(new SimulationError("at", "This is no time; write one in UTC such as 2026-11-26T14:03, or leave it empty for now."));
        }

        if (!Enum.TryParse<SimulatedAnswer>(form.Answer.Length == 0 ? nameof(SimulatedAnswer.Accept) : form.Answer, ignoreCase: true, out var answer) || !Enum.IsDefined(answer) || (form.Answer.Length > 0 && !char.IsAsciiLetter(form.Answer[0])))
        {
            errors.Add(new SimulationError("answer", "The server's answer is accept, reject, challenge or none."));
        }

        if (form.Server.Length > 0 && !Servers.Contains(form.Server, StringComparer.Ordinal))
        {
            errors.Add(new SimulationError("server", "There is no server of this name."));
        }

        var reply = ReplyLines.Read(form.Attributes, errors);
        return errors.Count > 0 ? null : new SimulatedSignIn
        {
            UserName = form.User,
            ClientAddress = client!,
            CallingStationId = form.Mac.Length == 0 ? null : form.Mac,
            CalledStationId = form.Called.Length == 0 ? null : form.Called,
            At = form.At.Length == 0 ? null : at,
            Answer = answer,
            ServerName = form.Server.Length > 0 ? form.Server : Servers.Count > 0 ? Servers[0] : "server",
            Reply = reply,
            Policy = policy,
        };
    }

    /// <summary>The rules that are to be tried, and what they are called; null for those in force.</summary>
    private async Task<(AccessPolicy? Policy, string Words)> PolicyAsync(SimulationForm form, List<SimulationError> errors, CancellationToken cancellationToken)
    {
        if (form.Document is { } document)
        {
            var draft = PolicyDraft.Read(document, await store.NewestAsync(cancellationToken) + 1);
            errors.AddRange(draft.Errors.Take(100).Select(error => new SimulationError("document", error.Line is { } line ? $"Line {line}: {error.Text}" : error.Text)));
            return (draft.Policy, "a draft, which is not in force");
        }

        if (form.Version.Length == 0)
        {
            var version = book.Current.Version;
            return (null, version == 0 ? "none: there are no rules" : string.Create(CultureInfo.InvariantCulture, $"version {version}, in force"));
        }

        if (!int.TryParse(form.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await store.FindAsync(number, cancellationToken) is not { } text)
        {
            errors.Add(new SimulationError("version", "There is no such version of the rules."));
            return (null, "");
        }

        var kept = PolicyDraft.Read(text.Document, number);
        errors.AddRange(kept.Errors.Take(1).Select(error => new SimulationError("version", $"This version cannot be read any more: {error.Text}")));
        return (kept.Policy, string.Create(CultureInfo.InvariantCulture, $"version {number}{(number == book.Current.Version ? ", in force" : "")}"));
    }
}
