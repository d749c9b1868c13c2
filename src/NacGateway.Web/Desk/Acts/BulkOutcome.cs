using NacGateway.Core.Insight.Acts;

namespace NacGateway.Web.Desk.Acts;

/// <summary>What became of an act on several sessions.</summary>
internal sealed record BulkOutcome
{
    /// <summary>Failures that are told one by one.</summary>
    public const int MostFailures = 100;

    public required SessionAct Act { get; init; }

    public int Done { get; init; }

    public int Skipped { get; init; }

    public int Failed { get; init; }

    /// <summary>Sessions that it did not come to, because the gateway was stopped.</summary>
    public int NotReached { get; init; }

    /// <summary>The first of those that failed.</summary>
    public IReadOnlyList<ActResult> Failures { get; init; } = [];

    /// <summary>As three numbers, in a sentence; for one session what became of it.</summary>
    public string Words
    {
        get
        {
            List<string> parts = [$"{DeskNumber(Done)} {Participle}"];
            AddIf(Skipped, Act is SessionAct.Disconnect ? "already ended" : "left as they were");
            AddIf(Failed, "failed");
            AddIf(NotReached, "not reached, because the gateway stops");
            return string.Join(", ", parts) + ".";

            void AddIf(int count, string words)
            {
                if (count > 0)
                {
                    parts.Add($"{DeskNumber(count)} {words}");
                }
            }
        }
    }

    private string Participle => Act switch
    {
        SessionAct.Disconnect => "disconnected",
        SessionAct.Extend => "extended",
        SessionAct.ChangeRole role => $"put under role {role.Role}",
        _ => "sent the message",
    };

    private static string DeskNumber(int count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
