using System.Buffers.Binary;
using System.Net;
using System.Text;
using NacGateway.Web.Hosting.Listeners.ProxyProtocol;
using Xunit;

namespace NacGateway.Web.Tests.Hosting.ProxyProtocol;

/// <summary>The headers of the PROXY protocol as octets.</summary>
public sealed class ProxyHeaderReaderTests
{
    private static readonly byte[] Signature = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
    private static readonly byte[] IpV4 = [192, 0, 2, 1, 198, 51, 100, 7, 0x12, 0x67, 0, 80];
    private static readonly byte[] IpV6 = [.. IPAddress.Parse("2001:db8::1").GetAddressBytes(), .. IPAddress.Parse("2001:db8::7").GetAddressBytes(), 0x12, 0x67, 0, 80];

    /// <summary>Whole headers, with the client that they name.</summary>
    public static TheoryData<string, byte[], string?> Headers { get; } = new()
    {
        { "v1 IPv4", Text("PROXY TCP4 192.0.2.1 198.51.100.7 4711 80"), "192.0.2.1:4711" },
        { "v1 IPv6", Text("PROXY TCP6 2001:db8::1 2001:db8::7 4711 80"), "[2001:db8::1]:4711" },
        { "v1 mapped", Text("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.7 4711 80"), "[::ffff:192.0.2.1]:4711" },
        { "v1 longest ports", Text("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535"), "255.255.255.255:65535" },
        { "v1 port 0", Text("PROXY TCP4 192.0.2.1 198.51.100.7 0 80"), "192.0.2.1:0" },
        { "v1 unknown", Text("PROXY UNKNOWN"), null },
        { "v1 unknown, longest", Text("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535"), null },
        { "v2 IPv4", Binary(0x21, 0x11, IpV4), "192.0.2.1:4711" },
        { "v2 IPv6", Binary(0x21, 0x21, IpV6), "[2001:db8::1]:4711" },
        { "v2 fields", Binary(0x21, 0x11, [.. IpV4, 0x01, 0, 2, (byte)'h', (byte)'2', 0x04, 0, 0]), "192.0.2.1:4711" },
        { "v2 local", Binary(0x20, 0x00, []), null },
        { "v2 local with anything", Binary(0x20, 0x11, [1, 2, 3]), null },
        { "v2 unspecified", Binary(0x21, 0x00, [1, 2, 3]), null },
        { "v2 unix", Binary(0x21, 0x31, new byte[216]), null },
        { "v2 longest", Binary(0x21, 0x11, [.. IpV4, 0x04, .. Length(4096 - 12 - 3), .. new byte[4096 - 12 - 3]]), "192.0.2.1:4711" },
    };

    /// <summary>What is no header, or one that nobody may send.</summary>
    public static TheoryData<string, byte[]> Wrong { get; } = new()
    {
        { "HTTP", "GET / HTTP/1.1\r\n\r\n"u8.ToArray() },
        { "TLS", [0x16, 0x03, 0x01, 0x02, 0x00] },
        { "lower case", Text("proxy TCP4 192.0.2.1 198.51.100.7 4711 80") },
        { "two spaces", Text("PROXY  TCP4 192.0.2.1 198.51.100.7 4711 80") },
        { "space at the end", Text("PROXY TCP4 192.0.2.1 198.51.100.7 4711 80 ") },
        { "a word less", Text("PROXY TCP4 192.0.2.1 198.51.100.7 4711") },
        { "no words", Text("PROXY ") },
        { "another family", Text("PROXY UDP4 192.0.2.1 198.51.100.7 4711 80") },
        { "unknown in part", Text("PROXY UNKNOWNX") },
        { "IPv6 as IPv4", Text("PROXY TCP4 2001:db8::1 2001:db8::7 4711 80") },
        { "IPv4 as IPv6", Text("PROXY TCP6 192.0.2.1 198.51.100.7 4711 80") },
        { "octal", Text("PROXY TCP4 192.0.2.01 198.51.100.7 4711 80") },
        { "short form", Text("PROXY TCP4 192.1 198.51.100.7 4711 80") },
        { "number", Text("PROXY TCP4 3221225985 198.51.100.7 4711 80") },
        { "zone", Text("PROXY TCP6 fe80::1%1 2001:db8::7 4711 80") },
        { "brackets", Text("PROXY TCP6 [2001:db8::1] 2001:db8::7 4711 80") },
        { "prefix", Text("PROXY TCP6 2001:db8::1/64 2001:db8::7 4711 80") },
        { "destination", Text("PROXY TCP4 192.0.2.1 nowhere 4711 80") },
        { "name", Text("PROXY TCP4 localhost 198.51.100.7 4711 80") },
        { "port too large", Text("PROXY TCP4 192.0.2.1 198.51.100.7 65536 80") },
        { "port with zero", Text("PROXY TCP4 192.0.2.1 198.51.100.7 04711 80") },
        { "port with sign", Text("PROXY TCP4 192.0.2.1 198.51.100.7 +4711 80") },
        { "port negative", Text("PROXY TCP4 192.0.2.1 198.51.100.7 -1 80") },
        { "LF alone and no end", [.. "PROXY TCP4 192.0.2.1 198.51.100.7 4711 80\n"u8, .. new byte[70]] },
        { "line too long", [.. "PROXY UNKNOWN "u8, .. new byte[92], .. "\r\n"u8] },
        { "version 1 in binary", Binary(0x11, 0x11, IpV4) },
        { "version 3", Binary(0x31, 0x11, IpV4) },
        { "command 2", Binary(0x22, 0x11, IpV4) },
        { "datagrams", Binary(0x21, 0x12, IpV4) },
        { "unix datagrams", Binary(0x21, 0x32, new byte[216]) },
        { "no such family", Binary(0x21, 0x41, new byte[216]) },
        { "family without transport", Binary(0x21, 0x10, IpV4) },
        { "addresses too short", Binary(0x21, 0x11, IpV4[..11]) },
        { "IPv6 addresses too short", Binary(0x21, 0x21, IpV4) },
        { "field too long", Binary(0x21, 0x11, [.. IpV4, 0x01, 0, 3, 1, 2]) },
        { "field without length", Binary(0x21, 0x11, [.. IpV4, 0x01, 0]) },
        { "one octet too many", Binary(0x21, 0x11, [.. IpV4, 0x00]) },
        { "too long", Binary(0x21, 0x00, new byte[4097]) },
        { "signature with another end", [.. Signature[..11], 0x0b, 0x21, 0x11, 0, 12, .. IpV4] },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_names_the_client_and_ends_where_the_clients_octets_begin(string name, byte[] octets, string? client)
    {
        byte[] followed = [.. octets, .. "GET / HTTP/1.1\r\n\r\n"u8];

        Assert.Equal(ProxyHeaderState.Whole, ProxyHeaderReader.Read(followed, out var header));
        Assert.True((octets.Length, client) == (header.Length, header.Source?.ToString()), $"{name}: {header}");
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Every_part_of_a_header_is_the_beginning_of_one(string name, byte[] octets, string? client)
    {
        for (var length = 0; length < octets.Length; length++)
        {
            // The copy has nothing behind it, so whoever reads further fails.
            Assert.True(ProxyHeaderReader.Read(octets.AsSpan(0, length), out var header) == ProxyHeaderState.Partial && header == default, $"{name} for {client} at {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_header_is_seen_to_be_none_and_no_part_of_it_is_one(string name, byte[] octets)
    {
        for (var length = 0; length < octets.Length; length++)
        {
            Assert.True(ProxyHeaderReader.Read(octets.AsSpan(0, length), out _) != ProxyHeaderState.Whole, $"{name} at {length}");
        }

        Assert.True(ProxyHeaderReader.Read(octets, out var header) == ProxyHeaderState.Wrong && header == default, name);
    }

    [Fact]
    public void Any_octets_are_read_without_an_exception_and_never_beyond_their_end()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var headers = Headers.Select(row => row.Data.Item2).ToList();
        for (var i = 0; i < 20_000; i++)
        {
            // Of pure chance little gets past the signature: most are headers with some octets changed.
            var octets = i % 4 == 0 ? new byte[random.Next(64)] : headers[random.Next(headers.Count)].ToArray();
            if (i % 4 == 0)
            {
                random.NextBytes(octets);
            }
            else
            {
                for (var change = random.Next(1, 4); change > 0; change--)
                {
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
                }
            }

            var state = ProxyHeaderReader.Read(octets, out var header);

            Assert.True(state == ProxyHeaderState.Whole ? header.Length > 0 && header.Length <= octets.Length : header == default, $"seed {seed}: {Convert.ToHexString(octets)}");
        }
    }

    private static byte[] Text(string line) => Encoding.ASCII.GetBytes(line + "\r\n");

    private static byte[] Binary(byte version, byte family, byte[] rest) => [.. Signature, version, family, .. Length(rest.Length), .. rest];

    private static byte[] Length(int length)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, checked((ushort)length));
        return octets;
    }
}
