using NacGateway.Core.Enforcement.Netlink;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>A network of nobody's, where rules can be tried: the kernel's own listing of them is the only one that can be compared with its other.</summary>
internal static class ScratchNamespace
{
    /// <summary>What rules look like once the kernel has them; null where this process may not make a namespace (it needs root).</summary>
    /// <exception cref="EnforcementException">The kernel does not take them.</exception>
    public static async Task<string?> ListAsync(string rules)
    {
        // A thread that has left the network of the others is not used again.
        return await Task.Factory.StartNew(() => List(rules), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    private static string? List(string rules)
    {
        if (LinuxSocket.Unshare(LinuxSocket.NewNetwork) != 0)
        {
            return null;
        }

        using var nft = NftContext.Open();
        var loaded = nft.Run(rules);
        return loaded.IsDone
            ? KernelSets.RulesOf(nft.ListWithoutElements(NftOutput.Stateless).Output)
            : throw new EnforcementException($"The kernel does not take the rules: {loaded.Reason}");
    }
}
