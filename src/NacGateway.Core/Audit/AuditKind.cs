namespace NacGateway.Core.Audit;

/// <summary>Kinds of lines of the audit trail.</summary>
public enum AuditKind
{
    /// <summary>What an administrator, a program with a key or a command did.</summary>
    Admin = 0,

    /// <summary>Sign-ins and sign-outs of administrators, keys that were refused.</summary>
    Auth,

    /// <summary>What the gateway did by itself.</summary>
    System,
}
