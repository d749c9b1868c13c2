namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Switches on that the machine routes, once the rules are there: until then nothing is open, for nothing is carried.</summary>
internal static class Forwarding
{
    private static readonly string[] s_switches = ["/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"];

    /// <summary>Switches it on where it is off.</summary>
    /// <returns>What could not be done, one sentence each.</returns>
    public static IReadOnlyList<string> SwitchOn()
    {
        List<string> problems = [];
        foreach (var path in s_switches)
        {
            try
            {
                if (File.Exists(path) && File.ReadAllText(path).Trim() == "0")
                {
                    File.WriteAllText(path, "1");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{path} cannot be set to 1: {exception.Message} Set it by sysctl, and Enforcement:SwitchForwarding to false.");
            }
        }

        return problems;
    }
}
