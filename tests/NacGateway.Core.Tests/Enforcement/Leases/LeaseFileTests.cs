using System.Net;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Enforcement.Leases;

/// <summary>Files of DHCP servers, as those write them and as nobody should.</summary>
public sealed class LeaseFileTests(PostgreSqlServer postgres)
{
    private const string KeaNames = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n";

    [Theory]
    [InlineData("1790000000 02:00:5e:00:00:01 10.0.0.7 laptop 01:02:00:5e:00:00:01", "10.0.0.7", "02-00-5E-00-00-01", false)]
    [InlineData("0 02:00:5e:00:00:01 10.0.0.7 * *", "10.0.0.7", "02-00-5E-00-00-01", false)]
    [InlineData("1790000000 12345 fd00::7 * 00:01:00:01:2a:2b:2c:2d:02:00:5e:00:00:01", "fd00::7", "02-00-5E-00-00-01", true)]
    [InlineData("1790000000 12345 fd00::7 * 00:03:00:01:02:00:5e:00:00:01", "fd00::7", "02-00-5E-00-00-01", true)]
    [InlineData("1790000000 12345 fd00::7 * 00:02:00:00:ab:11:44:f1:7d:2b", "fd00::7", null, true)]
    public void A_line_of_dnsmasq_is_a_lease(string line, string address, string? mac, bool isGuess)
    {
        Assert.True(DnsmasqLeases.TryRead(line, out var lease));

        Assert.Equal((address, mac, isGuess), (lease.Address.ToString(), lease.Mac?.ToString(), lease.IsGuess));
        Assert.Equal(line.StartsWith("0 ", StringComparison.Ordinal), lease.Expires is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("duid 00:01:00:01:2a:2b:2c:2d:02:00:5e:00:00:01")]
    [InlineData("1790000000 02:00:5e:00:00:01 10.0.0.7 laptop")]
    [InlineData("1790000000 02:00:5e:00:00:01 10.0.0.7 name with spaces")]
    [InlineData("99999999999999999999 02:00:5e:00:00:01 10.0.0.7 * *")]
    [InlineData("-5 02:00:5e:00:00:01 10.0.0.7 * *")]
    [InlineData("1790000000 02:00:5e:00:00 10.0.0.7 * *")]
    [InlineData("1790000000 06-02:00:5e:00:00:01 10.0.0.7 * *")]
    [InlineData("1790000000 02:00:5e:00:00:01 10.0.0.700 * *")]
    public void Anything_else_is_none(string line) => Assert.False(DnsmasqLeases.TryRead(line, out _));

    [Fact]
    public void Of_the_rows_of_kea_the_last_counts_and_what_is_released_is_nobodys()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "kea-leases4.csv",
            KeaNames
            + "10.0.0.7,02:00:5e:00:00:01,,3600,1790000000,1,0,0,a&#x2cb,0,,0\n"
            + "10.0.0.8,02:00:5e:00:00:02,,3600,1790000000,1,0,0,,0,,0\n"
            + "10.0.0.7,02:00:5e:00:00:03,,3600,1790003600,1,0,0,,0,,0\n"
            + "10.0.0.8,02:00:5e:00:00:02,,0,1790000000,1,0,0,,0,,0\n"
            + "10.0.0.9,02:00:5e:00:00:04,,3600,1790000000,1,0,0,,1,,0\n"
            + "10.0.0.10,02:00:5e:00:00:05,,4294967295,1790000000,1,0,0,,0,,0\n"
            + "10.0.0.11,02:00:5e:00:00:06,,3600,179");
        folder.Write("kea-leases4.csv.2", KeaNames + "10.0.0.12,02:00:5e:00:00:07,,3600,1790000000,1,0,0,,0,,0\n10.0.0.7,02:00:5e:00:00:08,,3600,1790000000,1,0,0,,0,,0\n");

        var leases = LeaseFileReader.Read(new LeaseFileOptions { Path = path, Format = LeaseFileFormat.Kea });

        Assert.Equal(
            ["10.0.0.10 02-00-5E-00-00-05 ", "10.0.0.12 02-00-5E-00-00-07 1790000000", "10.0.0.7 02-00-5E-00-00-03 1790003600", "10.0.0.8  1790000000", "10.0.0.9  1790000000"],
            leases.Values.Select(lease => $"{lease.Address} {lease.Mac} {lease.Expires?.ToUnixTimeSeconds()}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Kea_tells_the_devices_of_addresses_of_version_6_and_no_prefixes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "kea-leases6.csv",
            "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context\n"
            + "fd00::7,00:02:00:00:ab:11,3600,1790000000,1,1800,0,7,128,0,0,,02:00:5e:00:00:01,0,\n"
            + "fd00::8,00:03:00:01:02:00:5e:00:00:02,3600,1790000000,1,1800,0,7,128,0,0,,,0,\n"
            + "fd00:1::,00:03:00:01:02:00:5e:00:00:02,3600,1790000000,1,1800,2,7,56,0,0,,,0,\n");

        var leases = LeaseFileReader.Read(new LeaseFileOptions { Path = path, Format = LeaseFileFormat.Kea });

        Assert.Equal(["fd00::7 02-00-5E-00-00-01 False", "fd00::8 02-00-5E-00-00-02 True"], leases.Values.Select(lease => $"{lease.Address} {lease.Mac} {lease.IsGuess}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Hostile_files_are_read_to_a_bound_and_never_thrown_out_of()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullName, "leases");
        var random = new Random(20261126);
        var octets = new byte[200_000];
        random.NextBytes(octets);
        using (var file = File.Create(path))
        {
            file.Write(octets);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"\n1790000000 02:00:5e:00:00:01 10.0.0.7 {new string('x', 100_000)} *\n"));
            file.Write("1790000000 02:00:5e:00:00:02 10.0.0.8 \x1b[2J%n%n<script> 01\n"u8);
            file.Write(octets);
        }

        foreach (var format in Enum.GetValues<LeaseFileFormat>())
        {
            var leases = LeaseFileReader.Read(new LeaseFileOptions { Path = path, Format = format });

            Assert.Equal(format == LeaseFileFormat.Dnsmasq ? ["10.0.0.8"] : [], leases.Keys.Select(key => key.ToString()), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_is_followed_as_it_is_written_replaced_and_gone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullName, "dnsmasq.leases");
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, Devices.NoInterface, ("Enforcement:LeaseFiles:0:Path", path));
        Assert.Contains(gateway.Lines, line => line.Id.Id == 4130);
        var session = await gateway.OpenAsync(Devices.Opening("10.0.0.7", 1));

        await File.WriteAllTextAsync(path, Line(1, "10.0.0.9"), TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => gateway.SessionAt("10.0.0.9") == session.AcctSessionId, turn: () => gateway.Time.Advance(LeaseFiles.Interval));

        await File.WriteAllTextAsync(path + ".new", Line(1, "10.0.0.9") + Line(2, "10.0.0.8"), TestContext.Current.CancellationToken);
        File.Move(path + ".new", path, overwrite: true);
        await Waiting.UntilAsync(() => gateway.Get<LeaseTable>().TryGet(IPAddress.Parse("10.0.0.8"), out _), turn: () => gateway.Time.Advance(LeaseFiles.Interval));

        File.Delete(path);
        gateway.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<LeaseFiles>().Single().ReadAll();
        Assert.Equal(2, gateway.Get<LeaseTable>().Count);
    }

    [Fact]
    public async Task What_a_file_still_says_takes_nothing_from_who_is_there_now()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dnsmasq.leases", Line(1, "10.0.0.7"));
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, Devices.NoInterface, ("Enforcement:LeaseFiles:0:Path", path));
        gateway.See("10.0.0.7", 2);
        var session = await gateway.OpenAsync(Devices.Opening("10.0.0.7", 2));
        var files = gateway.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<LeaseFiles>().Single();
        gateway.Time.Advance(LeaseTable.Answered);

        // The same row an hour later is no news of anybody.
        files.ReadAll();
        Assert.Equal(session.AcctSessionId, gateway.SessionAt("10.0.0.7"));

        // A row that is renewed is.
        await File.WriteAllTextAsync(path, Line(1, "10.0.0.7", 1_890_003_600), TestContext.Current.CancellationToken);
        files.ReadAll();
        Assert.Null(gateway.SessionAt("10.0.0.7"));
    }

    private static string Line(byte device, string address, long expires = 1_890_000_000) => $"{expires} 02:00:5e:00:00:{device:x2} {address} host *\n";
}
