namespace NacGateway.Core.Enforcement;

/// <summary>What the commands may ask of the kernel's part, which is otherwise nobody's business outside.</summary>
public interface IEnforcementInspector
{
    /// <summary>What the kernel holds.</summary>
    /// <exception cref="EnforcementException">The kernel cannot be asked.</exception>
    EnforcementReport Show();

    /// <summary>What the settings at hand would do to it; nothing is changed.</summary>
    /// <exception cref="EnforcementException">The kernel cannot be asked, or would not take the rules.</exception>
    Task<EnforcementForecast> PlanAsync(CancellationToken cancellationToken);

    /// <summary>Takes our table away: the network is open, as far as others leave it so. Returns false when it was not there.</summary>
    /// <exception cref="EnforcementException">The kernel cannot be asked, or refuses.</exception>
    bool Flush();
}
