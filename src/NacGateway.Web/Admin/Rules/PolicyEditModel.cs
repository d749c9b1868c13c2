using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Rules;

/// <summary>The editor of the rules.</summary>
public sealed record PolicyEditModel
{
    /// <summary>The text in the editor, and what is wrong with it.</summary>
    public required PolicyDraft Draft { get; init; }

    /// <summary>The version that it would replace; 0 for none.</summary>
    public required int Base { get; init; }

    /// <summary>The earlier version that was loaded into the editor; null for the one in force.</summary>
    public int? Loaded { get; init; }

    /// <summary>What somebody else saved while this was edited; null for nothing.</summary>
    public PolicyText? Overtaken { get; init; }

    /// <summary>What they changed in the version that this was made from.</summary>
    public IReadOnlyList<LineChange> Theirs { get; init; } = [];
}
