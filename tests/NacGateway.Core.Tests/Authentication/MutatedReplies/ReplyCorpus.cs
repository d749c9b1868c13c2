using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>Wrong and odd replies of all kinds, each with the verdict of the ledger. The same seed gives the same corpus.</summary>
internal sealed class ReplyCorpus
{
    /// <summary>The longest session of the gateway that meets them: nothing may be granted beyond it.</summary>
    public const int LocalTimeout = 3600;

    private const int Flips = 100;
    private const int Flood = 300;
    private readonly Random _random;
    private readonly List<ReplyCase> _cases = [];

    private ReplyCorpus(int seed) => _random = new Random(seed);

    public static IReadOnlyList<ReplyCase> Of(int seed)
    {
        var corpus = new ReplyCorpus(seed);
        corpus.AddFlips();
        corpus.AddFraming();
        corpus.AddSignatures();
        corpus.AddCodes();
        corpus.AddStrangers();
        corpus.AddFloods();
        corpus.AddValueLengths();
        corpus.AddExtremes();
        corpus.AddServices();
        corpus.AddOddities();
        return corpus._cases;
    }

    private void Add(string name, ReplyVerdict verdict, Func<byte[], byte[]> make, Func<SessionLimits, bool>? limits = null) =>
        _cases.Add(new ReplyCase(name, verdict, request => [make(request)]) { Limits = limits });

    /// <summary>A signed packet in which one bit is another than it was: both digests cover everything (A4).</summary>
    private void AddFlips()
    {
        for (var n = 0; n < Flips; n++)
        {
            var (place, bit) = (_random.NextDouble(), _random.Next(8));
            Add(string.Create(CultureInfo.InvariantCulture, $"bit {bit} at {place:0.000}"), ReplyVerdict.Discarded, request =>
            {
                var packet = Raw.Accept(request, Raw.Attribute(25, 1, 2, 3, 4), Raw.Attribute(18, 65, 66));
                packet[(int)(place * packet.Length)] ^= (byte)(1 << bit);
                return packet;
            });
        }

        for (var place = 0; place < 16; place++)
        {
            var octet = place;
            Add($"authenticator octet {octet}", ReplyVerdict.Discarded, request => Changed(Raw.Accept(request), 4 + octet));
            Add($"Message-Authenticator octet {octet}", ReplyVerdict.Discarded, request => Raw.SignOuter(request, Changed(Raw.Accept(request), 22 + octet)));
        }
    }

    /// <summary>Lengths that lie, all rightly signed (RFC 2865 sections 3 and 5; A4, A10).</summary>
    private void AddFraming()
    {
        foreach (byte[] broken in (byte[][])[[18, 0], [18, 1], [18, 3], [18, 255, 1, 2], [18], [27, 0, 0, 0, 0, 0], [27, 1], [1, 200, 97], [80, 0], [80, 1], [26, 6, 0, 0, 0], [0, 0]])
        {
            Add($"attribute {Convert.ToHexString(broken)} at the end", ReplyVerdict.Discarded, request => Raw.Accept(request, broken));
            Add($"attribute {Convert.ToHexString(broken)} in front", ReplyVerdict.Discarded, request => Raw.SignOuter(request, Raw.Unsigned(request, RadiusCode.AccessAccept, broken, Raw.Integer(27, Raw.WrongTimeout))));
        }

        foreach (var length in (int[])[0, 1, 19, 20, 21, 37, 4097, 65535])
        {
            Add($"Length says {length}", ReplyVerdict.Discarded, request =>
            {
                var packet = Raw.Accept(request);
                (packet[2], packet[3]) = ((byte)(length >> 8), (byte)length);
                return Raw.SignOuter(request, packet);
            });
        }

        foreach (var octets in (int[])[1, 2, 3, 4, 19, 20, 21, 30, 38, 40, 43])
        {
            Add($"cut to {octets}", ReplyVerdict.Discarded, request => Raw.Accept(request)[..octets]);
        }

        foreach (var octets in (int[])[1, 2, 16, 500])
        {
            // Octets behind the Length are padding (RFC 2865 section 3).
            Add($"padded by {octets}", ReplyVerdict.Granted, request => [.. Raw.Accept(request), .. new byte[octets]], limits => Seconds(limits) == Raw.WrongTimeout);
        }

        Add("longer than a packet may be", ReplyVerdict.Discarded, request => Raw.Accept(request, [.. Enumerable.Range(0, 17).Select(_ => Raw.Attribute(18, new byte[250]))]));
        Add("as long as a packet may be", ReplyVerdict.Granted, request => Raw.Accept(request, [.. Enumerable.Range(0, 16).Select(n => Raw.Attribute(200, new byte[n == 15 ? 0 + 250 : 250]))]), limits => Seconds(limits) == Raw.WrongTimeout);
        Add("nothing but a header", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept));
    }

    /// <summary>Message-Authenticator missing, wrong, doubled, of another length, or hidden in another attribute (A1, A3).</summary>
    private void AddSignatures()
    {
        Add("no Message-Authenticator", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Integer(27, Raw.WrongTimeout)));
        Add("Message-Authenticator of zeros", ReplyVerdict.Discarded, request => Raw.SignOuter(request, Raw.Unsigned(request, RadiusCode.AccessAccept, Raw.Place(), Raw.Integer(27, 111))));
        foreach (var code in (RadiusCode[])[RadiusCode.AccessReject, RadiusCode.AccessChallenge])
        {
            Add($"{code} without Message-Authenticator", ReplyVerdict.Discarded, request => Raw.Reply(request, code));
        }

        foreach (var length in (int[])[0, 1, 15, 17, 32, 253])
        {
            Add($"Message-Authenticator of {length} octets", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Attribute(80, new byte[length]), Raw.Integer(27, 111)));
            Add($"a right one and one of {length} octets", ReplyVerdict.Discarded, request => Raw.Accept(request, Raw.Attribute(80, new byte[length])));
        }

        Add("a right one twice", ReplyVerdict.Discarded, request => Raw.Accept(request, Raw.Place()));
        Add("a wrong one before a right one", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Attribute(80, 1, 2, 3), Raw.Place(), Raw.Integer(27, 111)));
        foreach (var (name, wrap) in Wraps())
        {
            Add($"Message-Authenticator only in {name}", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, wrap(Raw.Place()), Raw.Integer(27, 111)));
        }

        // BLAST-7: where it stands does not matter.
        Add("Message-Authenticator last", ReplyVerdict.Granted, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Integer(27, 111), Raw.Place()), limits => Seconds(limits) == Raw.WrongTimeout);
        Add("Message-Authenticator in the middle", ReplyVerdict.Granted, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Attribute(25, 1), Raw.Place(), Raw.Integer(27, 111)), limits => Seconds(limits) == Raw.WrongTimeout);
        Add("EAP without Message-Authenticator", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Attribute(79, 3, 1, 0, 4), Raw.Integer(27, 111)));
        Add("a collision in Proxy-State", ReplyVerdict.Discarded, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Attribute(33, Octets(240)), Raw.Attribute(33, Octets(240))));
        Add("a collision behind the rejection's Message-Authenticator", ReplyVerdict.Discarded, request =>
        {
            var rejection = Raw.Reply(request, RadiusCode.AccessReject, Raw.Place());
            return Raw.SignOuter(request, Raw.Unsigned(request, RadiusCode.AccessAccept, rejection[20..38], Raw.Attribute(33, Octets(240))));
        });
        Add("another secret", ReplyVerdict.Discarded, request =>
        {
            var packet = Raw.Accept(request);
            Octets(16).CopyTo(packet, 4);
            return packet;
        });
    }

    /// <summary>Codes that are no answer to an Access-Request, rightly signed.</summary>
    private void AddCodes()
    {
        foreach (var code in (int[])[0, 1, 4, 5, 12, 13, 21, 26, 40, 41, 42, 43, 44, 45, 51, 53, 127, 128, 255])
        {
            Add($"code {code}", ReplyVerdict.Discarded, request => Raw.Reply(request, (RadiusCode)code, Raw.Place(), Raw.Integer(27, 111)));
        }

        foreach (var more in (int[])[1, 2, 128, 255])
        {
            Add($"Identifier {more} away", ReplyVerdict.Discarded, request =>
            {
                var packet = Raw.Accept(request);
                packet[1] += (byte)more;
                return Raw.Sign(request, packet);
            });
        }

        for (var n = 0; n < 8; n++)
        {
            // A5: an old acceptance, its Identifier made to fit.
            var old = Octets(16);
            Add($"acceptance of another request {n}", ReplyVerdict.Discarded, request => Raw.Accept([request[0], request[1], 0, 20, .. old]));
        }

        Add("Protocol-Error", ReplyVerdict.Refused, request => Raw.Reply(request, RadiusCode.ProtocolError, Raw.Place()));
        Add("a rejection with limits in it", ReplyVerdict.Refused, request => Raw.Reply(request, RadiusCode.AccessReject, Raw.Place(), Raw.Integer(27, 111), Raw.Integer(6, 2)));
        Add("a rejection twice before an acceptance", ReplyVerdict.Refused, request => Raw.Reply(request, RadiusCode.AccessReject, Raw.Place()));
    }

    /// <summary>Right replies from elsewhere (A8).</summary>
    private void AddStrangers()
    {
        foreach (var from in (string[])["127.0.0.1", "127.0.0.2", "127.0.0.99"])
        {
            for (var n = 0; n < 3; n++)
            {
                _cases.Add(new ReplyCase($"from another port of {from}, {n}", ReplyVerdict.Discarded, request => [Raw.Accept(request)]) { From = from });
            }
        }
    }

    /// <summary>Who can only guess must not keep anybody from signing in (A9).</summary>
    private void AddFloods()
    {
        foreach (var (name, make) in ((string, Func<byte[], byte[]>)[])
            [
                ("wrong authenticators", request => Changed(Raw.Accept(request), 4)),
                ("unsigned acceptances", request => Raw.Reply(request, RadiusCode.AccessAccept)),
                ("garbage", _ => Octets(40)),
                ("other Identifiers", request => Changed(Raw.Accept(request), 1)),
            ])
        {
            _cases.Add(new ReplyCase($"{Flood} {name}", ReplyVerdict.Discarded, request => [.. Enumerable.Range(0, Flood).Select(_ => make(request))]));
        }
    }

    /// <summary>A value of another length than its type has is no value; what limits a session may then not be unlimited (A11, RFC 6929 section 2.8).</summary>
    private void AddValueLengths()
    {
        foreach (var length in (int[])[0, 1, 2, 3, 5, 8, 253])
        {
            var value = Octets(length);
            foreach (var type in (byte[])[27, 28, 85, 6, 7])
            {
                Add($"attribute {type} of {length} octets", ReplyVerdict.Refused, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Place(), Raw.Attribute(type, value)));
            }

            foreach (var type in (byte[])[8, 9, 12, 13, 29, 61, 62, 76, 101])
            {
                Add($"attribute {type} of {length} octets", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Attribute(type, value)), limits => Seconds(limits) == Raw.WrongTimeout);
            }
        }
    }

    /// <summary>Numbers at the ends of what 32 bits hold (A12).</summary>
    private void AddExtremes()
    {
        foreach (var value in (uint[])[0, 1, 59, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
        {
            Add($"Session-Timeout {value}", ReplyVerdict.Granted, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Place(), Raw.Integer(27, value)), limits => Seconds(limits) == (value == 0 ? LocalTimeout : Math.Min(value, LocalTimeout)));
            Add($"Idle-Timeout {value}", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Integer(28, value)), limits => limits.IdleTimeout is { } idle && idle > TimeSpan.Zero && idle <= TimeSpan.FromMinutes(30));
            Add($"Acct-Interim-Interval {value}", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Integer(85, value)), limits => limits.InterimInterval is null || limits.InterimInterval >= TimeSpan.FromMinutes(1));
            Add($"WISPr-Bandwidth-Max-Up {value}", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Vendor(14122, [7, 6, .. Raw.Integer(0, value)[2..]])), limits => limits.UploadRate == (value == 0 ? null : value));
            Add($"Session-Timeout {value} and a shorter one", ReplyVerdict.Granted, request => Raw.Reply(request, RadiusCode.AccessAccept, Raw.Place(), Raw.Integer(27, value), Raw.Integer(27, 77)), limits => Seconds(limits) is > 0 and <= 77);
        }
    }

    /// <summary>A service that is not served is a rejection (RFC 2865 section 5.6; A13, RTYP-2).</summary>
    private void AddServices()
    {
        foreach (var service in (uint[])[0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 17, 18, 19, 100, uint.MaxValue])
        {
            Add($"Service-Type {service}", ReplyVerdict.Refused, request => Raw.Accept(request, Raw.Integer(6, service)));
        }

        Add("Service-Type Framed", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Integer(6, 2)), limits => Seconds(limits) == Raw.WrongTimeout);
        Add("Framed-Protocol of no meaning", ReplyVerdict.Refused, request => Raw.Accept(request, Raw.Integer(7, 77)));
        foreach (var type in (byte[])[29, 45, 76])
        {
            // Termination-Action, Acct-Authentic, Prompt: numbers outside their sets mean nothing.
            Add($"attribute {type} outside its values", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Integer(type, 0xDEAD)), limits => Seconds(limits) == Raw.WrongTimeout);
        }
    }

    /// <summary>Containers that are not what they seem (A10).</summary>
    private void AddOddities()
    {
        foreach (var length in (int[])[0, 1, 3, 4])
        {
            Add($"Vendor-Specific of {length} octets", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Attribute(26, new byte[length])), limits => Seconds(limits) == Raw.WrongTimeout);
        }

        foreach (byte[] inner in (byte[][])[[1], [1, 0], [1, 1], [1, 2], [1, 200], [7, 6, 0, 0, 0], [16, 2, 16, 0], [17, 3]])
        {
            foreach (var vendor in (uint[])[0, 311, 9, uint.MaxValue])
            {
                Add($"Vendor-Specific of {vendor} with {Convert.ToHexString(inner)}", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Vendor(vendor, inner)), limits => Seconds(limits) == Raw.WrongTimeout);
            }
        }

        foreach (var type in (byte[])[241, 242, 243, 244, 245, 246])
        {
            foreach (var length in (int[])[0, 1, 2, 3, 20])
            {
                var value = Octets(length);
                Add($"extended attribute {type} of {length} octets", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Attribute(type, value)), limits => Seconds(limits) == Raw.WrongTimeout);
            }
        }

        foreach (var length in (int[])[0, 1, 2, 3, 17, 18, 19, 253])
        {
            var value = Octets(length);
            Add($"Tunnel-Password of {length} octets", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Attribute(69, value)), limits => Seconds(limits) == Raw.WrongTimeout);
            Add($"MS-MPPE-Recv-Key of {length} octets", ReplyVerdict.Granted, request => Raw.Accept(request, Raw.Vendor(311, [17, (byte)(Math.Min(length, 240) + 2), .. value.Take(240)])), limits => Seconds(limits) == Raw.WrongTimeout);
        }

        foreach (var count in (int[])[1, 100, 900])
        {
            Add($"{count} attributes of no length", ReplyVerdict.Granted, request => Raw.Accept(request, [.. Enumerable.Repeat(Raw.Attribute(25), count)]), limits => Seconds(limits) == Raw.WrongTimeout);
        }

        Add("tunnel that is no VLAN", ReplyVerdict.Refused, request => Raw.Accept(request, Raw.Integer(64, 3), Raw.Integer(65, 1)));
        Add("Tunnel-Type of 3 octets", ReplyVerdict.Refused, request => Raw.Accept(request, Raw.Attribute(64, 0, 0, 13)));
        Add("EAP beside Reply-Message", ReplyVerdict.Refused, request => Raw.Reply(request, RadiusCode.AccessReject, Raw.Place(), Raw.Attribute(79, 4, 1, 0, 4), Raw.Attribute(18, 104, 105)));
    }

    private static IEnumerable<(string Name, Func<byte[], byte[]> Wrap)> Wraps()
    {
        yield return ("a Vendor-Specific", inner => Raw.Vendor(311, inner));
        yield return ("the Vendor-Specific of nobody", inner => Raw.Vendor(0, inner));
        yield return ("an extended attribute", inner => Raw.Attribute(241, [1, .. inner]));
        yield return ("a long extended attribute", inner => Raw.Attribute(245, [1, 0, .. inner]));
        yield return ("Proxy-State", inner => Raw.Attribute(33, inner));
        yield return ("Reply-Message", inner => Raw.Attribute(18, inner));
    }

    private static byte[] Changed(byte[] packet, int place)
    {
        packet[place] ^= 0x10;
        return packet;
    }

    private static double? Seconds(SessionLimits limits) => limits.SessionTimeout?.TotalSeconds;

    private byte[] Octets(int count)
    {
        var octets = new byte[count];
        lock (_random)
        {
            _random.NextBytes(octets);
        }

        return octets;
    }
}
