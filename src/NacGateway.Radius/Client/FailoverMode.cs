namespace NacGateway.Radius.Client;

/// <summary>When a <see cref="RadiusServerGroup"/> asks the next server.</summary>
public enum FailoverMode
{
    /// <summary>
    /// <see cref="Hedged"/> for Access-Requests that stand alone; <see cref="Sequential"/> for all else: accounting, answers to a
    /// challenge (State), EAP and MS-CHAP.
    /// </summary>
    Automatic = 0,

    /// <summary>When one server is slower than usual the next is asked too, and the first authentic answer counts.</summary>
    Hedged,

    /// <summary>The next server is asked when one has failed or had its share of the budget.</summary>
    Sequential,
}
