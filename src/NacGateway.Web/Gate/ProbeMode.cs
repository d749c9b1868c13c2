namespace NacGateway.Web.Gate;

/// <summary>What a known connectivity probe gets before sign-in. Everything that is no probe gets 511 in each mode.</summary>
internal enum ProbeMode
{
    /// <summary>What the probe table says for this client: 302 for those that overlook 511, 511 for the rest.</summary>
    Table,

    /// <summary>511 for all. Android, ChromeOS and ConnMan then show nothing unless they use the RFC 8908 API.</summary>
    Always511,

    /// <summary>302 for every known probe.</summary>
    Always302,
}
