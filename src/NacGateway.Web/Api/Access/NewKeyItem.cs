using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>A key that is to be made.</summary>
/// <param name="Name">What it is for, 1 to 60 characters.</param>
/// <param name="Role">What it may do; no more than who makes it.</param>
/// <param name="Days">How long it lasts, 1 to 730 days; 90 when left out.</param>
public sealed record NewKeyItem(string Name, DeskRole Role, int? Days = null);
