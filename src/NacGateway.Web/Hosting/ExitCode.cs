namespace NacGateway.Web.Hosting;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>As asked.</summary>
    public const int Success = 0;

    /// <summary>The configuration is right, the surroundings are not: a port is taken, the database does not answer.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage or wrong configuration: nothing was started.</summary>
    public const int Usage = 2;
}
