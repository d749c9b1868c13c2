using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Admin.Settings;

/// <summary>The walled garden.</summary>
public sealed record GardenModel
{
    /// <summary>The setting of its entries as it stands.</summary>
    public required SettingState State { get; init; }

    /// <summary>Where the configured entries come from.</summary>
    public required string Origin { get; init; }

    /// <summary>The host that is asked about; empty for none.</summary>
    public required string Host { get; init; }

    /// <summary>Whether it is inside.</summary>
    public required bool IsInside { get; init; }
}
