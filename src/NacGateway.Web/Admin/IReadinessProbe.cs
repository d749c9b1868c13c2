namespace NacGateway.Web.Admin;

/// <summary>Looks at one thing without which nobody can be signed in.</summary>
internal interface IReadinessProbe
{
    /// <summary>Looks now; a thing that is missing is an answer, not an exception.</summary>
    Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken);
}
