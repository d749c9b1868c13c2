namespace NacGateway.Web.Admin;

/// <summary>Says whether people can be signed in: every probe's answer, in the order of registration.</summary>
internal sealed class Readiness(IEnumerable<IReadinessProbe> probes)
{
    public async Task<IReadOnlyList<ReadinessCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        List<ReadinessCheck> checks = [];
        foreach (var probe in probes)
        {
            checks.Add(await probe.LookAsync(cancellationToken));
        }

        return checks;
    }
}
