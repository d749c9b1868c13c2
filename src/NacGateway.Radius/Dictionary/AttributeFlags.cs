namespace NacGateway.Radius.Dictionary;

/// <summary>The flags behind an attribute in a dictionary file.</summary>
internal sealed class AttributeFlags
{
    public bool HasTag { get; private set; }

    public bool IsSecret { get; private set; }

    public AttributeEncryption Encryption { get; private set; }

    public bool TryAdd(string flag)
    {
        switch (flag.ToUpperInvariant())
        {
            case "HAS_TAG":
                HasTag = true;
                return true;
            case "SECRET":
                IsSecret = true;
                return true;
            case "ENCRYPT=1" or "ENCRYPT=USER-PASSWORD":
                Encryption = AttributeEncryption.UserPassword;
                return true;
            case "ENCRYPT=2" or "ENCRYPT=TUNNEL-PASSWORD":
                Encryption = AttributeEncryption.Salted;
                return true;
            default:
                // What says how other programs handle an attribute does not concern its octets.
                return flag.ToUpperInvariant() is "ARRAY" or "VIRTUAL" or "INTERNAL";
        }
    }
}
