using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Output;

/// <summary>The parts that the reports for people have in common.</summary>
internal static class ReportWriter
{
    public static void Packet(TextWriter writer, RadiusPacket packet) => PacketPrinter.Print(packet, AttributeDictionary.Default, writer);

    public static void Packet(TextWriter writer, RadiusPacket packet, Paint paint)
    {
        using var plain = new StringWriter();
        Packet(plain, packet);
        var lines = plain.ToString().TrimEnd().Split(Environment.NewLine);
        writer.WriteLine(packet.Code switch
        {
            RadiusCode.AccessAccept or RadiusCode.AccountingResponse or RadiusCode.DisconnectAck or RadiusCode.CoaAck => paint.Good(lines[0]),
            RadiusCode.AccessReject or RadiusCode.DisconnectNak or RadiusCode.CoaNak or RadiusCode.ProtocolError => paint.Bad(lines[0]),
            _ => paint.Strong(lines[0]),
        });
        foreach (var line in lines.Skip(1))
        {
            writer.WriteLine(paint.Attribute(line));
        }
    }

    public static void Checks(TextWriter writer, IEnumerable<PacketCheck> checks, Paint paint) => Section(writer, "Verified:", checks.Select(paint.Check));

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
