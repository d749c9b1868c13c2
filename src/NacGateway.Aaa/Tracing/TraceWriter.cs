using System.Globalization;
using System.Text;
using System.Text.Json;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Tracing;

/// <summary>
/// Writes down each datagram in and out, a JSON object a line, so that a run can be compared and replayed. Nothing in it depends on the
/// clock: times are those that were planned, and at the end the lines are put in order of port and request, for which of two requests is
/// answered first does. Secrets are not in it, but what they hide is, as it was on the wire. Bounded. Safe for concurrent use.
/// </summary>
public sealed class TraceWriter : IDisposable
{
    /// <summary>Lines written at most; then one that says so.</summary>
    public const int MostLines = 1_000_000;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly FileStream _file;
    private readonly TraceOrder _order = new();
    private readonly Action<IOException>? _failed;
    private string? _header;
    private bool _hasFailed;
    private bool _isClosed;

    /// <summary>Opens the file, and leaves what is in it until there is something to write: another option may still be wrong.</summary>
    /// <param name="path">Where.</param>
    /// <param name="failed">Told once when a line cannot be written; nothing is recorded from then on, and the server goes on.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public TraceWriter(string path, Action<IOException>? failed = null)
    {
        _failed = failed;
        _file = new FileStream(path, Options(FileMode.OpenOrCreate));
        _path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
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
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            try
            {
                if (!_hasFailed && !_order.IsKept && _file.CanSeek)
                {
                    Sort();
                }

                _file.Dispose();
            }
            catch (IOException error)
            {
                // The lines are there, only not in order; or what was still held back has no place either.
                Fail(error);
            }
        }
    }

    /// <summary>Names what is recorded, in the line that goes first.</summary>
    internal void Name(ulong seed, string scenario) =>
        _header = string.Create(CultureInfo.InvariantCulture, $"{{\"trace\":1,\"seed\":{seed},\"scenario\":{JsonSerializer.Serialize(scenario, TraceJson.Default.String)}}}");

    /// <summary>Begins the file anew, now that there is a server. What comes before, because that was asked at once, begins it too.</summary>
    internal void Begin()
    {
        lock (_lock)
        {
            Start();
        }
    }

    internal void Arrived(ScenarioPort port, long number, ReadOnlySpan<byte> octets, bool isLost) =>
        Write(port, number, TracePart.Arrival, $"{Head(port, number)},\"in\":\"{Convert.ToHexStringLower(octets)}\"{(isLost ? ",\"lost\":true" : "")}}}");

    internal void Refused(ScenarioPort port, ReadOnlySpan<byte> octets, RadiusDropReason reason) =>
        Write(port, number: null, TracePart.Refusal, $"{{\"port\":\"{PortName.Of(port)}\",\"refused\":\"{reason}\",\"in\":\"{Convert.ToHexStringLower(octets)}\"}}");

    internal void Crashed(ScenarioPort port, long number, TimeSpan away) =>
        Write(port, number, TracePart.Departure, string.Create(CultureInfo.InvariantCulture, $"{Head(port, number)},\"crashSeconds\":{away.TotalSeconds}}}"));

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
            Write(port, number, TracePart.Departure, line.Append('}').ToString());
        }
    }

    private static string Head(ScenarioPort port, long number) => string.Create(CultureInfo.InvariantCulture, $"{{\"port\":\"{PortName.Of(port)}\",\"n\":{number}");

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is FileMode.OpenOrCreate or FileMode.Create)
        {
            // Passwords are in it, hidden by no more than the shared secret.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void Write(ScenarioPort port, long? number, TracePart part, string line)
    {
        lock (_lock)
        {
            if (Start() && _order.Count < MostLines)
            {
                var isLast = _order.Count == MostLines - 1;
                Put(isLast ? "{\"ended\":\"too many lines\"}" : line, length => _order.Add(isLast ? null : port, number, part, length));
            }
        }
    }

    private bool Start()
    {
        if (_header is { } header && !_hasFailed && !_isClosed)
        {
            _header = null;
            if (_file is { CanSeek: true, Length: > 0 })
            {
                _file.SetLength(0);
            }

            Put(header, _order.Begin);
        }

        return !_hasFailed && !_isClosed;
    }

    private void Put(string line, Action<int> written)
    {
        var octets = Encoding.UTF8.GetBytes(line + "\n");
        try
        {
            _file.Write(octets);
            written(octets.Length);
        }
        catch (IOException error)
        {
            // A disk that is full is no reason to serve nobody any more.
            Fail(error);
        }
    }

    /// <summary>Into a file beside it, which then takes its place: there is a whole one at each moment.</summary>
    private void Sort()
    {
        var beside = _path + ".sorted";
        using (var sorted = new FileStream(beside, Options(FileMode.Create)))
        {
            foreach (var (offset, length) in _order.Sorted())
            {
                var line = new byte[length];
                RandomAccess.Read(_file.SafeFileHandle, line, offset);
                sorted.Write(line);
            }
        }

        File.Move(beside, _path, overwrite: true);
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
