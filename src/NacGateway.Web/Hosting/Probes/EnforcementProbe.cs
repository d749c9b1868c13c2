using NacGateway.Core.Enforcement;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>Whether the kernel does as the sessions say. While it does not, whoever signs in may stay shut out, and whoever is out may stay in.</summary>
internal sealed class EnforcementProbe(EnforcementState state) : IReadinessProbe
{
    public Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ReadinessCheck("enforcement", state is { IsActive: true, Problem: null }, state.Problem ?? (state.IsActive ? "the kernel does as the sessions say" : "the rules are not in force yet")));
}
