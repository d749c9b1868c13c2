using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>A thousand sessions under traffic: none of them, and not one of their packets, is lost when other settings are put in force.</summary>
public sealed partial class ManySessionsTests
{
    private const int Count = 1000;
    private const string Watch = "inet watch";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_settings_lose_no_packet_of_a_thousand_sessions()
    {
        // One session that was signed in, and a thousand like it, each of a device of its own.
        await using var scene = await KernelScene.StartAsync(Cancel);
        await scene.SignInAsync(scene.Lab.Clients[0], Cancel);
        await scene.Gateway.StopAsync("TERM");
        (PhysicalAddress Mac, IPAddress Address)[] devices = [.. Enumerable.Range(0, Count).Select(Device)];
        Multiply(scene.Gateway.Folder["nacgateway.db"], devices);
        await AttachAsync(scene.Lab, devices);
        await WatchAsync(scene);
        await scene.Gateway.StartAsync(Cancel);
        await using var source = await PacketSource.StartAsync(scene.Lab.Clients[0], devices, scene.Lab.Gateway.Mac, new IPEndPoint(scene.Far[0], KernelScene.EchoPort));
        await EverybodyPassesAsync(scene);

        // Other rules, another garden; the new process finds a table of the old one, and packets come all the time.
        var settings = scene.Gateway.Folder["appsettings.json"];
        await File.WriteAllTextAsync(
            settings,
            (await File.ReadAllTextAsync(settings, Cancel)).Replace("\"Gate:Listen\"", "\"Enforcement:GatewayPorts:0\":\"tcp/22\",\"WalledGarden:Hosts:0\":\"192.0.2.0/24\",\"Gate:Listen\"", StringComparison.Ordinal),
            Cancel);
        var before = source.Sent;
        await scene.Gateway.StopAsync("TERM");
        await scene.Gateway.StartAsync(Cancel);

        Assert.Contains("tcp dport 22 return", await scene.NftAsync("list chain inet nacgateway lan_input", Cancel), StringComparison.Ordinal);
        await scene.NftAsync($"flush set {Watch} passed", Cancel);
        await EverybodyPassesAsync(scene);
        Assert.InRange(source.Sent, before + Count, long.MaxValue);
        await source.StopAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel); // What is on its way arrives.

        // What came to the rules and what they let pass, out and back in.
        var (upBefore, upAfter) = (await CounterAsync(scene, "up_before"), await CounterAsync(scene, "up_after"));
        var (downBefore, downAfter) = (await CounterAsync(scene, "down_before"), await CounterAsync(scene, "down_after"));
        Assert.Equal((source.Sent, 0, 0), (upBefore, upBefore - upAfter, downBefore - downAfter));
        Assert.InRange(downAfter, Count, long.MaxValue);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"with {Count + 1} sessions open"), scene.Gateway.Log, StringComparison.Ordinal);
    }

    private static (PhysicalAddress Mac, IPAddress Address) Device(int number) => (
        new PhysicalAddress([0x02, 0x00, 0x5e, 0x10, (byte)(number >> 8), (byte)number]),
        new IPAddress([10, 78, (byte)(1 + (number / 200)), (byte)(1 + (number % 200))]));

    /// <summary>Their neighbours and routes, as if they had been there all along.</summary>
    private static async Task AttachAsync(NetLab lab, (PhysicalAddress Mac, IPAddress Address)[] devices)
    {
        using var folder = new TemporaryFolder("neighbours");
        var lines = devices.Select(device => $"neigh replace {device.Address} lladdr {Text(device.Mac, ':')} dev {lab.Gateway.Device} nud permanent");
        var file = folder.Write("batch", string.Join('\n', lines.Prepend($"address add 10.78.0.1/16 dev {lab.Gateway.Device}")) + "\n");
        await lab.Gateway.IpAsync(Cancel, "-batch", file);
        await lab.Internet.IpAsync(Cancel, "route", "add", "10.78.0.0/16", "via", "198.51.100.1");
    }

    /// <summary>A table of our own: it counts before and behind the gateway's rules, and notes who got through.</summary>
    private static async Task WatchAsync(KernelScene scene)
    {
        await scene.NftAsync(
            $$"""
            table {{Watch}} {
              counter up_before { }
              counter up_after { }
              counter down_before { }
              counter down_after { }
              set passed { type ipv4_addr; size 4096; flags dynamic; }
              chain before {
                type filter hook forward priority -200; policy accept;
                ip saddr 10.78.0.0/16 udp dport 7007 counter name up_before
                ip daddr 10.78.0.0/16 udp sport 7007 counter name down_before
              }
              chain after {
                type filter hook forward priority 200; policy accept;
                ip saddr 10.78.0.0/16 udp dport 7007 counter name up_after
                ip daddr 10.78.0.0/16 udp sport 7007 counter name down_after add @passed { ip daddr }
              }
            }
            """,
            Cancel);
    }

    private static async Task EverybodyPassesAsync(KernelScene scene) => await KernelScene.UntilAsync(
        async () => TheirAddress().Count(await scene.NftAsync($"list set {Watch} passed", Cancel)) == Count,
        TimeSpan.FromSeconds(20),
        Cancel);

    private static async Task<long> CounterAsync(KernelScene scene, string name)
    {
        var words = (await scene.NftAsync($"list counter {Watch} {name}", Cancel)).Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>Rows like the one that is there, for other devices.</summary>
    private static void Multiply(string database, (PhysicalAddress Mac, IPAddress Address)[] devices)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        string[] own = ["Id", "AcctSessionId", "ClientAddress", "CallingStationId", "UserName", "UserKey"];
        List<string> same = [];
        using (var columns = connection.CreateCommand())
        {
            columns.CommandText = "select name from pragma_table_info('Sessions')";
            using var reader = columns.ExecuteReader();
            while (reader.Read())
            {
                same.Add(reader.GetString(0));
            }
        }

        var shared = string.Join(", ", same.Except(own, StringComparer.Ordinal).Select(name => $"\"{name}\""));
        using var insert = connection.CreateCommand();
        insert.CommandText = $"""
            insert into Sessions (AcctSessionId, ClientAddress, CallingStationId, UserName, UserKey, {shared})
            select $id, $address, $mac, $user, upper($user), {shared} from Sessions where UserName = 'alice'
            """;
        var (id, address, mac, user) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$address", SqliteType.Text), insert.Parameters.Add("$mac", SqliteType.Text), insert.Parameters.Add("$user", SqliteType.Text));
        for (var number = 0; number < devices.Length; number++)
        {
            id.Value = string.Create(CultureInfo.InvariantCulture, $"many-{number:D6}");
            (address.Value, mac.Value) = (devices[number].Address.ToString(), Text(devices[number].Mac, '-').ToUpperInvariant());
            user.Value = string.Create(CultureInfo.InvariantCulture, $"user{number}");
            Assert.Equal(1, insert.ExecuteNonQuery());
        }

        transaction.Commit();
    }

    private static string Text(PhysicalAddress mac, char separator) => string.Join(separator, mac.GetAddressBytes().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"10\.78\.\d+\.\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TheirAddress();
}
