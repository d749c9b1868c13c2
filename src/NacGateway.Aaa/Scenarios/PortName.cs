namespace NacGateway.Aaa.Scenarios;

/// <summary>The ports as scenario files, traces and output name them.</summary>
internal static class PortName
{
    public const string Known = "auth, acct or tls";

    public static string Of(ScenarioPort port) => port switch
    {
        ScenarioPort.Accounting => "acct",
        ScenarioPort.Tls => "tls",
        _ => "auth",
    };

    public static bool TryParse(string? text, out ScenarioPort port)
    {
        foreach (var known in Enum.GetValues<ScenarioPort>())
        {
            if (string.Equals(text, Of(known), StringComparison.Ordinal))
            {
                port = known;
                return true;
            }
        }

        port = default;
        return false;
    }
}
