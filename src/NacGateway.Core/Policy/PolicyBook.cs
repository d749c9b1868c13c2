namespace NacGateway.Core.Policy;

/// <summary>Holds the rules in force; a change swaps the whole.</summary>
public sealed class PolicyBook
{
    private volatile AccessPolicy _current = AccessPolicy.None;

    /// <summary>The rules in force.</summary>
    public AccessPolicy Current
    {
        get => _current;
        internal set => _current = value;
    }
}
