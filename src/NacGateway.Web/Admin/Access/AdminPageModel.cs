using NacGateway.Core.Administration;

namespace NacGateway.Web.Admin.Access;

/// <summary>One local account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Password">A password that is shown once; null for none.</param>
public sealed record AdminPageModel(Administrator Account, string? Password = null);
