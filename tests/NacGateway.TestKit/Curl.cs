using NacGateway.TestKit.Network;

namespace NacGateway.TestKit;

/// <summary>Runs curl, which says on the wire exactly what it is told.</summary>
public static class Curl
{
    /// <summary>Runs curl without any configuration, proxy or time to spare; headers come with the bodies, transfers in order.</summary>
    public static async Task<CurlResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, NetNamespace? inside = null)
    {
        var curl = Component.Require("curl", "curl");
        var noProxy = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["http_proxy"] = null, ["https_proxy"] = null, ["all_proxy"] = null, ["no_proxy"] = null,
            ["HTTP_PROXY"] = null, ["HTTPS_PROXY"] = null, ["ALL_PROXY"] = null, ["NO_PROXY"] = null,
        };
        await using var child = ChildProcess.Start(curl, ["-q", "-sS", "-i", "--max-time", "20", .. arguments], noProxy, inside: inside);
        var exit = await child.WaitForExitAsync(cancellationToken);
        return new CurlResult(exit, child.Output);
    }
}
