namespace NacGateway.Core.Enforcement;

/// <summary>What the settings at hand would do to the kernel and to the sessions in it.</summary>
public sealed record EnforcementForecast
{
    /// <summary>Devices' addresses that go on as they are.</summary>
    public required int Stay { get; init; }

    /// <summary>Addresses that go on under other bounds (rate, role), one line each.</summary>
    public required IReadOnlyList<string> Change { get; init; }

    /// <summary>Addresses that would be let through and are not, one line each.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Addresses that are let through and would not be, one line each, with the reason.</summary>
    public required IReadOnlyList<string> Close { get; init; }

    /// <summary>Lines of the rules that would go (-) and come (+); null where they cannot be compared.</summary>
    public required IReadOnlyList<string>? Rules { get; init; }
}
