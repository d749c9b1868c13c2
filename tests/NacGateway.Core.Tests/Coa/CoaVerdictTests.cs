using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

/// <summary>
/// A corpus of requests over the real listener: each valid one, and each mutation of it, ends in the verdict that RFC 5176 asks for. Whoever
/// is not answered by an ACK has changed nothing.
/// </summary>
public sealed class CoaVerdictTests(PostgreSqlServer postgres)
{
    private const string Silence = CoaCases.Silence;
    private const string Ack = CoaCases.Ack;
    private const int Seed = 5176;

    private static readonly byte[] s_two = [0, 0, 0, 2];

    [Fact]
    [Requirement("COA-1", "COA-10", "COA-11", "COA-12", "COA-13", "COA-14")]
    public async Task Sessions_and_nas_are_identified_by_every_attribute_that_may_do_so()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        await RunAsync(scene, CoaCases.Identifications(scene), [CoaClient.Disconnect, CoaClient.Change]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("COA-15", "COA-16", "COA-22", "COA-28", "COA-30", "RVLAN-1", "RTUN-6")]
    public async Task Each_attribute_type_beside_a_session_has_its_verdict(bool isDisconnect)
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        for (var type = 0; type <= 255; type++)
        {
            var attribute = (byte)type;
            await CheckAsync(scene, $"attribute {type} of 4 octets", Request(attribute, s_two), isDisconnect ? CoaCases.OfDisconnect(attribute) : CoaCases.OfChange(attribute));
            await CheckAsync(scene, $"attribute {type} without value", Request(attribute, []), CoaCases.OfEmpty(attribute));
        }

        byte[] Request(byte type, byte[] value) => CoaClient.SignDigestAlone((isDisconnect ? (Func<Action<RadiusPacket>?, RadiusPacket>)CoaClient.Disconnect : CoaClient.Change)(packet =>
        {
            packet.AcctSessionId = scene.Bob.AcctSessionId;
            packet.Attributes.Add(type, value);
        }));
    }

    [Fact]
    [Requirement("COA-15", "COA-16", "COA-17")]
    public async Task Each_value_has_its_verdict()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        foreach (var (name, fill, verdict) in CoaCases.Values())
        {
            await CheckAsync(scene, name, CoaClient.Sign(CoaClient.Change(packet =>
            {
                packet.AcctSessionId = scene.Bob.AcctSessionId;
                fill(packet);
            })), verdict);
        }
    }

    [Fact]
    [Requirement("COA-2", "COA-4", "COA-5", "COA-6", "COA-31")]
    public async Task What_is_not_authentic_or_not_well_formed_is_met_with_silence()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        using var stranger = new CoaClient(scene.Gateway, "127.0.0.9");
        var valid = Named(scene);

        // 1. From an address that is not listed, and with another secret.
        Assert.Null(await stranger.AskAsync(valid));
        await CheckAsync(scene, "another secret", CoaClient.Sign(CoaClient.Disconnect(packet => packet.UserName = "bob"), "another secret, as long as ours"), Silence);

        // 2. Any bit of it turned.
        for (var bit = 0; bit < valid.Length * 8; bit++)
        {
            byte[] turned = [.. valid];
            turned[bit / 8] ^= (byte)(1 << (bit % 8));
            await CheckAsync(scene, $"bit {bit} turned", turned, Silence);
        }

        // 3. Cut off, however little; padded it is whole.
        for (var length = 0; length < valid.Length; length++)
        {
            await CheckAsync(scene, $"cut to {length}", valid[..length], Silence);
        }

        // 4. Every code but the two.
        for (var code = 0; code <= 255; code++)
        {
            if ((RadiusCode)code is not (RadiusCode.DisconnectRequest or RadiusCode.CoaRequest))
            {
                var other = new RadiusPacket((RadiusCode)code, 1) { UserName = "bob" };
                await CheckAsync(scene, $"code {code}", CoaClient.Sign(other), Silence);
            }
        }

        await CheckAsync(scene, "padded", [.. valid, 0, 0, 0], Ack);

        static byte[] Named(CoaScene scene) => CoaClient.Sign(CoaClient.Disconnect(packet => packet.UserName = "bob"));
    }

    [Fact]
    [Requirement("COA-4")]
    public async Task Message_authenticator_is_verified_where_it_is()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        for (var place = 0; place < 2; place++)
        {
            byte[] signed = CoaClient.Sign(Request(place == 0, 1));
            await CheckAsync(scene, $"right, at {place}", signed, Ack);
        }

        await CheckAsync(scene, "of zeros under a right authenticator", CoaClient.SignDigestAlone(Request(true, 1)), Silence);
        await CheckAsync(scene, "twice", CoaClient.SignDigestAlone(Request(true, 2)), Silence);
        await CheckAsync(scene, "of 15 octets", CoaClient.SignDigestAlone(CoaClient.Change(packet => packet.Attributes.Add(RadiusAttributeType.MessageAuthenticator, new byte[15]))), Silence);
        await CheckAsync(scene, "missing beside EAP-Message", CoaClient.Sign(CoaClient.Change(packet =>
        {
            packet.UserName = "bob";
            packet.Attributes.Add(RadiusAttributeType.EapMessage, [1, 2, 0, 4]);
        })), Silence);

        static RadiusPacket Request(bool isFirst, int count) => CoaClient.Change(packet =>
        {
            packet.UserName = "bob";
            for (var number = 0; number < count; number++)
            {
                if (isFirst)
                {
                    packet.Attributes.Prepend(RadiusAttributeType.MessageAuthenticator, new byte[16]);
                }
                else
                {
                    packet.Attributes.Add(RadiusAttributeType.MessageAuthenticator, new byte[16]);
                }
            }
        });
    }

    [Fact]
    public async Task A_mutation_that_is_signed_again_changes_at_most_whom_it_names()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        var random = new Random(Seed);
        for (var round = 0; round < 400; round++)
        {
            await scene.FillAsync();
            var octets = new byte[4096];
            var request = round % 2 == 0 ? CoaClient.Disconnect(Fill) : CoaClient.Change(Fill);
            octets = octets[..request.WriteTo(octets)];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                octets[random.Next(RadiusPacket.HeaderLength, octets.Length)] = (byte)random.Next(256);
            }

            // Where the framing broke it cannot be signed, and goes out as it is.
            var signed = RadiusPacket.TryParse(octets, out var mutated, out _) && mutated.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator) == 0 ? CoaClient.Sign(mutated) : octets;
            var before = scene.State();
            var reply = await scene.Client.AskAsync(signed);

            Assert.Contains(scene.Carol.AcctSessionId, string.Join('\n', scene.State()), StringComparison.Ordinal);
            if (reply?.Code is not (RadiusCode.DisconnectAck or RadiusCode.CoaAck))
            {
                Assert.True(before.SequenceEqual(scene.State(), StringComparer.Ordinal), $"Seed {Seed}, round {round}: refused, and yet something changed.");
            }

            void Fill(RadiusPacket packet)
            {
                packet.UserName = "bob";
                packet.AcctSessionId = scene.Bob.AcctSessionId;
                packet.FramedIpAddress = scene.Bob.ClientAddress;
                if (packet.Code == RadiusCode.CoaRequest)
                {
                    packet.SessionTimeout = 1800;
                    packet.IdleTimeout = 300;
                    packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.BandwidthMaxUp, [0, 1, 0, 0]);
                }
            }
        }
    }

    private static async Task RunAsync(CoaScene scene, IEnumerable<(string Name, Action<RadiusPacket> Fill, string Verdict)> cases, Func<Action<RadiusPacket>?, RadiusPacket>[] kinds)
    {
        foreach (var (name, fill, verdict) in cases)
        {
            foreach (var kind in kinds)
            {
                var request = kind(fill);
                await CheckAsync(scene, $"{request.Code}: {name}", CoaClient.Sign(request), verdict);
            }
        }
    }

    private static async Task CheckAsync(CoaScene scene, string name, byte[] request, string expected)
    {
        var before = scene.State();
        var reply = await scene.Client.AskAsync(request);

        var verdict = reply switch
        {
            null => Silence,
            { Code: RadiusCode.DisconnectAck or RadiusCode.CoaAck } => Ack,
            _ => ((uint)(reply.ErrorCause ?? ErrorCause.None)).ToString(CultureInfo.InvariantCulture),
        };
        Assert.True(expected == verdict, $"{name}: {verdict} in place of {expected}");
        if (reply is not null)
        {
            Assert.Equal(request[0] == (byte)RadiusCode.DisconnectRequest ? "Disconnect" : "Coa", reply.Code.ToString()[..^3]);
            Assert.All(reply.Attributes, attribute => Assert.Contains(attribute.Type, Allowed(reply.Code)));
        }

        if (verdict != Ack)
        {
            Assert.True(before.SequenceEqual(scene.State(), StringComparer.Ordinal), $"{name}: refused, and yet something changed");
        }

        await scene.FillAsync();
    }

    /// <summary>What RFC 5176 section 3.6 allows in an answer.</summary>
    private static byte[] Allowed(RadiusCode code) => code switch
    {
        RadiusCode.DisconnectAck => [RadiusAttributeType.ProxyState, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.AcctTerminateCause],
        RadiusCode.CoaAck => [RadiusAttributeType.ProxyState, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.State],
        RadiusCode.DisconnectNak => [RadiusAttributeType.ProxyState, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.ErrorCause],
        _ => [RadiusAttributeType.ProxyState, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.ErrorCause, RadiusAttributeType.State, RadiusAttributeType.ServiceType],
    };
}
