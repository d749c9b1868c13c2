namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>How times are spread.</summary>
internal enum DistributionKind
{
    Fixed,
    Uniform,
    Normal,
    LogNormal,
}
