using System.Globalization;
using System.Text;
using System.Text.Json;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Tracing;

/// <summary>
/// Writes down each datagram in and out, a JSON object a line, so that a run can be compared and replayed. Nothing in it depends on the
/// clock: times are those that were planned. Secrets are not in it, but what they hide is, as it was on the wire. Bounded. Safe for
/// concurrent use.
/// </summary>
public sealed class TraceWriter : IDisposable
{
    /// <summary>Lines written at most; then one that says so.</summary>
    public const int MostLines = 1_000_000;

    private readonly Lock _lock = new();
    private readonly StreamWriter _file;
    private readonly Action<IOException>? _failed;
    private int _lines;
    private bool _hasFailed;

    /// <summary>Makes the file anew.</summary>
    /// <param name="path">Where.</param>
    /// <param name="failed">Told once when a line cannot be written; nothing is recorded from then on, and the server goes on.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public TraceWriter(string path, Action<IOException>? failed = null)
    {
        _failed = failed;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            // Passwords are in it, hidden by no more than the shared secret.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Whether something could not be written, so that the record is not whole.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_lock)
            {
                return _hasFailed;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                _file.Dispose();
            }
            catch (IOException error)
            {
                // What was still held back has no place either.
                Fail(error);
            }
        }
    }

    internal void Begin(ulong seed, string scenario) => Write(string.Create(CultureInfo.InvariantCulture, $"{{\"trace\":1,\"seed\":{seed},\"scenario\":{JsonSerializer.Serialize(scenario, TraceJson.Default.String)}}}"));

    internal void Arrived(ScenarioPort port, long number, ReadOnlySpan<byte> octets, bool isLost) =>
        Write($"{Head(port, number)},\"in\":\"{Convert.ToHexStringLower(octets)}\"{(isLost ? ",\"lost\":true" : "")}}}");

    internal void Refused(ScenarioPort port, ReadOnlySpan<byte> octets, RadiusDropReason reason) =>
        Write($"{{\"port\":\"{PortName.Of(port)}\",\"refused\":\"{reason}\",\"in\":\"{Convert.ToHexStringLower(octets)}\"}}");

    internal void Crashed(ScenarioPort port, long number, TimeSpan away) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{Head(port, number)},\"crashSeconds\":{away.TotalSeconds}}}"));

    internal void Left(ScenarioPort port, long number, IReadOnlyList<Departure> departures)
    {
        foreach (var departure in departures)
        {
            var line = new StringBuilder(Head(port, number)).Append(",\"out\":\"").Append(Convert.ToHexStringLower(departure.Octets.Span)).Append('"');
            if (departure.Delay > TimeSpan.Zero)
            {
                line.Append(CultureInfo.InvariantCulture, $",\"delayMs\":{(long)departure.Delay.TotalMilliseconds}");
            }

            line.Append(departure.FromOtherPort ? ",\"otherPort\":true" : "").Append(departure.AfterNext ? ",\"afterNext\":true" : "").Append(departure.CutsConnection ? ",\"cut\":true" : "");
            Write(line.Append('}').ToString());
        }
    }

    private static string Head(ScenarioPort port, long number) => string.Create(CultureInfo.InvariantCulture, $"{{\"port\":\"{PortName.Of(port)}\",\"n\":{number}");

    private void Write(string line)
    {
        lock (_lock)
        {
            if (_hasFailed || _lines >= MostLines || _file.BaseStream is not { CanWrite: true })
            {
                return;
            }

            _lines++;
            try
            {
                _file.WriteLine(_lines == MostLines ? "{\"ended\":\"too many lines\"}" : line);
            }
            catch (IOException error)
            {
                // A disk that is full is no reason to serve nobody any more.
                Fail(error);
            }
        }
    }

    private void Fail(IOException error)
    {
        if (!_hasFailed)
        {
            _hasFailed = true;
            _failed?.Invoke(error);
        }
    }
}
