using System.Globalization;

namespace NacGateway.TestKit;

/// <summary>
/// Shows RADIUS packets to Wireshark's dissector, which knows nothing of our own code: what it cannot read, or finds wrong, we have sent
/// wrongly. The capture file is written here, so that no interface is listened on and no rights are needed.
/// </summary>
public static class TsharkDissector
{
    /// <summary>Severities of expert remarks that count: PI_ERROR and PI_WARN of Wireshark's epan/proto.h. Notes and chats do not.</summary>
    private const uint Error = 0x00800000;
    private const uint Warning = 0x00600000;

    private static readonly string[] s_fields = ["frame.number", "_ws.malformed", "_ws.expert.severity", "_ws.expert.message", "radius.code", "_ws.col.Info"];

    /// <summary>Dissects packets in the order given. Skips or fails the running test when tshark is not installed.</summary>
    /// <param name="packets">UDP payloads, requests and replies; the direction and the port follow from the code of each.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One for each packet.</returns>
    public static async Task<IReadOnlyList<DissectedPacket>> DissectAsync(IEnumerable<ReadOnlyMemory<byte>> packets, CancellationToken cancellationToken)
    {
        var tshark = Component.Require("tshark", "tshark");
        using var folder = new TemporaryFolder("tshark");
        var file = folder["capture.pcap"];
        PcapFile.Write(file, packets);

        string[] fields = [.. s_fields.SelectMany(field => new[] { "-e", field })];
        var output = await ChildProcess.RunAsync(tshark, ["-n", "-r", file, "-T", "fields", "-E", "separator=|", "-E", "aggregator=;", .. fields], cancellationToken);
        return [.. output.Split('\n').Where(line => line.Count(letter => letter == '|') >= s_fields.Length - 1).Select(Read)];
    }

    /// <summary>Dissects datagrams by another protocol than RADIUS. Skips or fails the running test when tshark is not installed.</summary>
    /// <param name="datagrams">UDP payloads that do not begin as a RADIUS packet does.</param>
    /// <param name="protocol">Wireshark's name of the protocol.</param>
    /// <param name="fields">Which fields are wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fields of each, empty where there is none; malformed ones are left out.</returns>
    public static async Task<IReadOnlyList<string[]>> FieldsAsync(IEnumerable<ReadOnlyMemory<byte>> datagrams, string protocol, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var tshark = Component.Require("tshark", "tshark");
        using var folder = new TemporaryFolder("tshark");
        PcapFile.Write(folder["capture.pcap"], datagrams);

        string[] wanted = [.. fields.SelectMany(field => new[] { "-e", field })];
        var output = await ChildProcess.RunAsync(
            tshark, ["-n", "-r", folder["capture.pcap"], "-d", $"udp.port==1812,{protocol}", "-Y", $"{protocol} and not _ws.malformed", "-T", "fields", "-E", "separator=|", .. wanted], cancellationToken);
        return [.. output.Split('\n').Where(line => line.Count(letter => letter == '|') >= fields.Count - 1).Select(line => line.Split('|'))];
    }

    /// <summary>Dissects packets, and says in one text what the dissector minds about them; empty when it minds nothing.</summary>
    /// <param name="packets">As for <see cref="DissectAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<string> ComplaintsAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> packets, CancellationToken cancellationToken)
    {
        var dissected = await DissectAsync(packets, cancellationToken);
        if (dissected.Count != packets.Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{packets.Count} packets were written and {dissected.Count} read.");
        }

        var complaints = dissected.Where(packet => !packet.IsClean).Select(packet => string.Create(
            CultureInfo.InvariantCulture,
            $"{packet.Number} {packet.Summary}: {(packet.Code is null ? "not taken for RADIUS; " : "")}{(packet.IsMalformed ? "malformed; " : "")}{packet.Remarks}\n  {Convert.ToHexStringLower(packets.ElementAt(packet.Number - 1).Span)}"));
        return string.Join('\n', complaints);
    }

    private static DissectedPacket Read(string line)
    {
        var values = line.Split('|', s_fields.Length);
        var worst = values[2].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ReadNumber).DefaultIfEmpty().Max();
        return new DissectedPacket(
            (int)ReadNumber(values[0]),
            values[4].Length == 0 ? null : (int)ReadNumber(values[4].Split(';')[0]),
            values[5],
            values[1].Length != 0,
            worst is >= Warning and <= Error,
            values[3]);
    }

    private static uint ReadNumber(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : uint.Parse(text, CultureInfo.InvariantCulture);
}
