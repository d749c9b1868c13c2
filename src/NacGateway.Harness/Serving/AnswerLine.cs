using System.Text;
using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Serving;

/// <summary>One answered request.</summary>
internal sealed record AnswerLine(string Event, string Source, string UserName, string Method, string Answer, string Reason)
{
    public static AnswerLine Of(AaaEvent answered) =>
        new("answered", answered.Source.ToString(), answered.UserName, answered.Method, PacketPrinter.CodeName(answered.Answer), answered.Reason);

    public override string ToString() => $"{Answer} to {Source} for {Quoted(UserName)}, {Method}: {Reason}";

    /// <summary>The name comes from the network: it is escaped as the printer of packets does it.</summary>
    internal static string Quoted(string name)
    {
        var attributes = new AttributeList();
        attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes(name).AsSpan(..Math.Min(Encoding.UTF8.GetByteCount(name), AttributeList.MaxValueLength)));
        var line = PacketPrinter.Lines(attributes, AttributeDictionary.Default).Single();
        return line[(line.IndexOf(" = ", StringComparison.Ordinal) + 3)..];
    }
}
