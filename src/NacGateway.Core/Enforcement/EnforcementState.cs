namespace NacGateway.Core.Enforcement;

/// <summary>How it stands between the kernel and the sessions, for readiness and for who looks.</summary>
public sealed class EnforcementState
{
    private volatile string? _problem;

    /// <summary>What is the matter; null while the kernel does as the sessions say, and where nothing is enforced in it.</summary>
    public string? Problem
    {
        get => _problem;
        internal set => _problem = value;
    }

    /// <summary>Whether the kernel enforces.</summary>
    public bool IsActive { get; internal set; }
}
