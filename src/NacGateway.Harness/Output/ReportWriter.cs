using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Output;

/// <summary>The parts that the reports for people have in common.</summary>
internal static class ReportWriter
{
    public static void Packet(TextWriter writer, RadiusPacket packet) => PacketPrinter.Print(packet, AttributeDictionary.Default, writer);

    public static void Checks(TextWriter writer, IEnumerable<PacketCheck> checks) => Section(writer, "Verified:", checks.Select(check => check.ToString()));

    /// <summary>A headline and indented lines; nothing when there are no lines.</summary>
    public static void Section(TextWriter writer, string headline, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
        {
            return;
        }

        writer.WriteLine(headline);
        foreach (var line in all)
        {
            writer.WriteLine("  " + line);
        }
    }
}
