using NacGateway.Harness.Decoding;
using NacGateway.Harness.Output;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>One attribute that a reply is to have or to lack, by <c>--expect-attr</c>.</summary>
/// <param name="Name">Name by the dictionary, perhaps with a tag.</param>
/// <param name="Value">The value; null when it does not matter.</param>
/// <param name="IsAbsent">Whether the reply is to lack it.</param>
internal sealed record ExpectedAttribute(string Name, AttributeAssignment? Value, bool IsAbsent)
{
    private const string Separator = " = ";

    /// <summary>The value of a hidden attribute is compared, and never printed.</summary>
    private string Text => (IsAbsent ? "no " : "") + (Value is null ? Name : IsSecretByNumber ? $"{Value.Definition.Name} = <hidden>" : Value.ToString());

    /// <summary>Whether the value is one by number, as it is on the wire, of what the dictionary has as a secret.</summary>
    private bool IsSecretByNumber => Value is { Definition.IsSecret: false } && AttributeDictionary.Default.TryGet(Value.Definition.Path, out var known) && known.IsSecret;

    public PacketCheck Check(SendStep step)
    {
        var present = Value is null ? Lines(step.Reply!).Any(IsNamed) : HasValue(step);
        return present != IsAbsent
            ? new PacketCheck("Expected " + Text, CheckOutcome.Right)
            : new PacketCheck("Expected " + Text, CheckOutcome.Wrong, IsAbsent ? "the reply has it" : Found(step.Reply!));
    }

    private static IEnumerable<string> Lines(RadiusPacket packet) => PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default);

    private bool HasValue(SendStep step)
    {
        if (Value!.Definition.IsSecret)
        {
            return HiddenAttributes.Reveal(step.Reply!, step.Secret, step.Sent.Authenticator.ToArray()).Contains(HiddenAttributes.Of(Value));
        }

        if (IsSecretByNumber)
        {
            // All secrets are printed alike, so that their lines say nothing.
            return HiddenAttributes.OnTheWire(step.Reply!, Value.Definition.Path).Any(octets => octets.AsSpan().SequenceEqual(Value.Value.Span));
        }

        // Both sides go through the same printer, so that it does not matter how the value was written.
        var wanted = new RadiusPacket(step.Reply!.Code);
        Value.AddTo(wanted.Attributes, step.Secret, step.Sent.Authenticator);
        return Lines(step.Reply).Contains(Lines(wanted).Single(), StringComparer.Ordinal);
    }

    private bool IsNamed(string line)
    {
        var name = line[..line.IndexOf(Separator, StringComparison.Ordinal)];
        var bare = Name.Contains(':', StringComparison.Ordinal) ? name : name.Split(':')[0];
        return string.Equals(bare, Name, StringComparison.OrdinalIgnoreCase);
    }

    private string Found(RadiusPacket reply)
    {
        string[] found = [.. Lines(reply).Where(line => string.Equals(line[..line.IndexOf(Separator, StringComparison.Ordinal)].Split(':')[0], Name.Split(':')[0], StringComparison.OrdinalIgnoreCase))];
        return found.Length == 0 ? "the reply has none" : "the reply has " + string.Join(", ", found);
    }
}
