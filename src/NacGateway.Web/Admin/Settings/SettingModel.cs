using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Settings;

/// <summary>One setting with its history, and what somebody is about to make of it.</summary>
public sealed record SettingModel
{
    /// <summary>As it stands.</summary>
    public required SettingState State { get; init; }

    /// <summary>Where the configured value comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>Its versions, the newest first.</summary>
    public required IReadOnlyList<SettingVersion> Versions { get; init; }

    /// <summary>Before which id older ones are; null where there are none.</summary>
    public long? Before { get; init; }

    /// <summary>What was sent and is not saved; null where nothing was.</summary>
    public SettingTrial? Trial { get; init; }

    /// <summary>Its lines against those in force.</summary>
    public IReadOnlyList<LineChange> Changes { get; init; } = [];

    /// <summary>Whether somebody else saved a version meanwhile.</summary>
    public bool IsOvertaken { get; init; }
}
