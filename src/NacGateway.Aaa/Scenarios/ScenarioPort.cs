namespace NacGateway.Aaa.Scenarios;

/// <summary>Where a request comes in.</summary>
public enum ScenarioPort
{
    /// <summary>The UDP port for authentication.</summary>
    Authentication,

    /// <summary>The UDP port for accounting.</summary>
    Accounting,

    /// <summary>RadSec, where one port is for everything.</summary>
    Tls,
}
