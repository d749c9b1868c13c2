using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>An account that is to be made.</summary>
/// <param name="Name">Name, 1 to 128 characters.</param>
/// <param name="Role">What it may do.</param>
public sealed record NewAdministratorItem(string Name, DeskRole Role);
