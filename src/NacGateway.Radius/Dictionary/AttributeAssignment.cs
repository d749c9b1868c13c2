using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>
/// An attribute with its value as text names it, such as <c>Reply-Message = "hi"</c> or <c>Tunnel-Type:1 = VLAN</c>, ready to be put into
/// packets. The value is clear; hiding happens when it is put into one. Immutable, safe for concurrent use.
/// </summary>
public sealed class AttributeAssignment
{
    private readonly byte[] _value;

    internal AttributeAssignment(AttributeDefinition definition, byte tag, AttributeOperator comparison, byte[] value)
    {
        Definition = definition;
        Tag = tag;
        Operator = comparison;
        _value = value;
    }

    /// <summary>The attribute.</summary>
    public AttributeDefinition Definition { get; }

    /// <summary>Tag, 1 to 31, or 0 for none (RFC 2868 section 3).</summary>
    public byte Tag { get; }

    /// <summary>What stood between name and value.</summary>
    public AttributeOperator Operator { get; }

    /// <summary>The clear value, without tag.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Reads one assignment.</summary>
    /// <param name="text">Name, perhaps a colon and a tag, operator, value; nothing behind it.</param>
    /// <param name="dictionary">Names and types; <c>Attr-190</c> and <c>Attr-26.9.77</c> name what it lacks and take 0x values.</param>
    /// <param name="assignment">The assignment, or null.</param>
    /// <param name="error">What is wrong, in words for people and without secret values; empty when nothing is.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryParse(string text, AttributeDictionary dictionary, [NotNullWhen(true)] out AttributeAssignment? assignment, out string error)
    {
        assignment = null;
        if (!TryParseList(text, dictionary, out IReadOnlyList<AttributeAssignment> list, out error))
        {
            return false;
        }

        if (list.Count != 1)
        {
            error = $"One attribute is expected, not {list.Count}.";
            return false;
        }

        assignment = list[0];
        return true;
    }

    /// <summary>Reads assignments with commas between them, as a line of a users file has them; a comma may end the line.</summary>
    /// <param name="text">The line, without comment.</param>
    /// <param name="dictionary">Names and types.</param>
    /// <param name="assignments">The assignments in order; empty when one is wrong.</param>
    /// <param name="error">What is wrong with the first that is, without secret values; empty when nothing is.</param>
    /// <returns>Whether all were read.</returns>
    public static bool TryParseList(string text, AttributeDictionary dictionary, out IReadOnlyList<AttributeAssignment> assignments, out string error) =>
        new AssignmentParser(dictionary).TryParse(text, out assignments, out error);

    /// <summary>Puts the attribute into a packet, hidden and tagged as its definition says.</summary>
    /// <param name="attributes">The packet's attributes.</param>
    /// <param name="secret">The shared secret; used only where the attribute is hidden.</param>
    /// <param name="requestAuthenticator">16 octets: the authenticator of the request, also when the attribute goes into its reply.</param>
    /// <exception cref="InvalidOperationException">The attribute is internal and never goes on the wire.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The packet would exceed 4096 octets.</exception>
    public void AddTo(AttributeList attributes, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator)
    {
        if (Definition.IsInternal)
        {
            throw new InvalidOperationException($"{Definition} is configuration and never goes on the wire.");
        }

        AttributeLayout.Add(attributes, Definition, Tagged(Hidden(attributes, secret, requestAuthenticator)));
    }

    /// <summary>Puts the attribute into a packet as its protocol wants it: RADIUS/1.1 hides nothing (RFC 9765 section 5.1).</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="secret">The shared secret; used only where the attribute is hidden.</param>
    /// <param name="requestAuthenticator">16 octets: the authenticator of the request, also when the attribute goes into its reply.</param>
    /// <exception cref="InvalidOperationException">The attribute is internal and never goes on the wire.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The packet would exceed 4096 octets.</exception>
    public void AddTo(RadiusPacket packet, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.Version == RadiusVersion.Radius10 || Definition.IsInternal)
        {
            AddTo(packet.Attributes, secret, requestAuthenticator);
            return;
        }

        AttributeLayout.Add(packet.Attributes, Definition, Tagged(_value));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Definition.Name}{(Tag == 0 ? "" : ":" + Tag)} = {(Definition.IsSecret ? "<hidden>" : ValueText.Format(Definition, _value))}";

    private byte[] Hidden(AttributeList attributes, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator)
    {
        byte[] value = _value;
        if (Definition.Encryption == AttributeEncryption.UserPassword)
        {
            value = new byte[UserPassword.HiddenLength(_value.Length)];
            UserPassword.Hide(_value, secret, requestAuthenticator, value);
        }
        else if (Definition.Encryption == AttributeEncryption.Salted)
        {
            // Salts of one packet must differ (RFC 2868 section 3.5): the place in the packet makes them. Between packets the authenticator
            // differs, which is digested too; so the same request gets the same octets, and a run with faults by seed can be repeated.
            int salt = ((requestAuthenticator[0] & 0x07) << 12) | (attributes.Encoded.Length & 0xFFF);
            value = new byte[SaltEncryption.EncryptedLength(_value.Length)];
            SaltEncryption.Encrypt(_value, (ushort)salt, secret, requestAuthenticator, value);
        }

        return value;
    }

    private byte[] Tagged(byte[] value)
    {
        if (!Definition.HasTag)
        {
            return value;
        }

        if (Definition.Type is RadiusDataType.Integer or RadiusDataType.Enum)
        {
            byte[] tagged = new byte[sizeof(uint)];
            TaggedValue.WriteInteger(tagged, Tag, BinaryPrimitives.ReadUInt32BigEndian(value) & 0xFFFFFF);
            return tagged;
        }

        // Without a tag a text goes as it is, but Tunnel-Password always has the octet (RFC 2868 section 3.5).
        return Tag != 0 || Definition.Encryption == AttributeEncryption.Salted ? [Tag, .. value] : value;
    }
}
