using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Tests.Admin.Kit;

/// <summary>A row of the gallery's table.</summary>
public sealed record GalleryRow(string Id, string UserName, DeskState State, string Address, string HardwareAddress, double Rate, long Octets, TimeSpan Age);
