namespace NacGateway.Core.Sessions;

/// <summary>What becomes of open sessions when the gateway is started anew.</summary>
public enum RestartMode
{
    /// <summary>They go on, after a crash too: nobody has to sign in again.</summary>
    Keep = 0,

    /// <summary>A planned stop ends them (Admin-Reboot), and those that a crash has left are ended at the next start (NAS-Reboot).</summary>
    End,
}
