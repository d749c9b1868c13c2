using NacGateway.Core.Authentication;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>Attributes of an answer as people write them: <c>Name = value</c>, one a line, through the dictionary.</summary>
internal static class ReplyLines
{
    private const int MostLines = 250;
    private const int MostErrors = 50;

    /// <summary>Octets before the value of an attribute, those of a vendor's among them.</summary>
    private const int LongestHeader = 16;

    private static readonly byte[] s_noAuthenticator = new byte[16];

    /// <summary>Reads lines; what is wrong is said of each line.</summary>
    public static AttributeList Read(string text, ICollection<SimulationError> errors)
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        if (text.Length > SimulationForm.LongestAttributes)
        {
            errors.Add(new SimulationError("attr", $"All lines together have {SimulationForm.LongestAttributes} characters at most."));
            return packet.Attributes;
        }

        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length && errors.Count < MostErrors; at++)
        {
            var line = lines[at].Trim();
            if (line.Length > 0 && line[0] != '#' && Add(packet, line, at >= MostLines) is { } problem)
            {
                errors.Add(new SimulationError("attr", $"Line {at + 1}: {problem}"));
            }
        }

        return packet.Attributes;
    }

    /// <summary>A recorded answer as lines that are read back as the same; what was left out of the record is left out here.</summary>
    public static string Write(ExchangePacket packet) =>
        string.Join('\n', packet.Attributes.Where(one => !one.IsHidden && one.Value.Length > 0).Select(one => $"{one.Name} = {one.Value}").Where(line => Add(new RadiusPacket(RadiusCode.AccessAccept), line, isTooMuch: false) is null));

    private static string? Add(RadiusPacket packet, string line, bool isTooMuch)
    {
        if (isTooMuch)
        {
            return $"there are more than {MostLines} lines.";
        }

        if (!AttributeAssignment.TryParse(line, AttributeDictionary.Default, out var assignment, out var error))
        {
            return error;
        }

        if (assignment.Definition.IsSecret || assignment.Definition.IsInternal)
        {
            return $"{assignment.Definition.Name} is secret or never sent; no rule looks at it. Leave it out.";
        }

        if (packet.Attributes.Encoded.Length + assignment.Value.Length + LongestHeader > AttributeList.MaxEncodedLength)
        {
            return "a packet holds no more.";
        }

        try
        {
            assignment.AddTo(packet, [], s_noAuthenticator);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"it cannot be sent: {exception.Message}";
        }
    }
}
