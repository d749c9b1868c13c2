using NacGateway.Core.Audit;

namespace NacGateway.Web.Admin.Trail;

/// <summary>One line of the audit trail.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsLast">Whether no line follows it yet.</param>
public sealed record TrailLineModel(AuditRecord Line, bool IsLast);
