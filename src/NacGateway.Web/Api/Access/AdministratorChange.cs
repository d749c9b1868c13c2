using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>What an account is to become.</summary>
/// <param name="Role">What it may do from the next sign-in on.</param>
public sealed record AdministratorChange(DeskRole Role);
