namespace NacGateway.Core.Policy;

/// <summary>How many devices one user may have online at once, and what becomes of one more.</summary>
/// <param name="Most">Devices at once; 0 is no limit.</param>
/// <param name="EndOldest">True: the one online for longest gives way. False: the new one is refused.</param>
public readonly record struct DeviceRule(int Most, bool EndOldest)
{
    /// <summary>Fewer devices are stricter; of as many, refusing is.</summary>
    public bool IsStricterThan(DeviceRule other) =>
        Most != other.Most ? other.Most == 0 || (Most != 0 && Most < other.Most) : other.EndOldest && !EndOldest;
}
