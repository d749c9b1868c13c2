using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>One line of the map from RADIUS attributes to roles.</summary>
internal sealed class AdminRoleOptions
{
    /// <summary>An assignment with names of the dictionary, such as <c>Filter-Id = nac-admin</c>.</summary>
    public string Attribute { get; set; } = "";

    /// <summary>What it gives.</summary>
    public DeskRole Role { get; set; }
}
