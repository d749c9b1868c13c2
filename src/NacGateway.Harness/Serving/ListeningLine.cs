using System.Globalization;

namespace NacGateway.Harness.Serving;

/// <summary>The first line: where the server listens, and for whom.</summary>
internal sealed record ListeningLine(string Event, string EndPoint, int Users, IReadOnlyList<string> Clients, string? AccountingEndPoint, string? TlsEndPoint = null, string? Scenario = null, ulong? Seed = null)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Listening on {EndPoint}{(TlsEndPoint is null ? "" : $" and by RadSec on {TlsEndPoint}")} with {Users} users, for {string.Join(", ", Clients)}.{(AccountingEndPoint is null ? "" : $" Accounting on {AccountingEndPoint}.")} {(Scenario is null ? "" : $" Scenario {AnswerLine.Quoted(Scenario)}.")}{(Seed is null ? "" : $" Seed {Seed}.")} Ctrl+C ends it.");
}
