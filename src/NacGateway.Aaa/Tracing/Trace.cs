using System.Globalization;
using System.Text.Json;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Tracing;

/// <summary>What a server was asked and said, read from a file. Immutable.</summary>
public sealed class Trace
{
    private readonly Dictionary<(ScenarioPort Port, long Number), TracedExchange> _exchanges;

    private Trace(Dictionary<(ScenarioPort Port, long Number), TracedExchange> exchanges) => _exchanges = exchanges;

    /// <summary>How many requests were taken.</summary>
    public int Count => _exchanges.Count;

    /// <summary>
    /// Whether the run was made with a secret. A request tells, where it is signed: it was proven before it was recorded, and a reply may
    /// be wrong on purpose. Where no request is, one of the replies must be right; where there are none either, any secret will do. Inside TLS none is at work.
    /// </summary>
    public bool IsMadeWith(ReadOnlySpan<byte> secret)
    {
        var isSeen = false;
        foreach (var exchange in _exchanges.Where(exchange => exchange.Key.Port != ScenarioPort.Tls).Select(exchange => exchange.Value))
        {
            switch (Rebase.VerdictOf(exchange.Request, secret))
            {
                case PacketVerdict.Authentic:
                    return true;
                case not (PacketVerdict.AuthenticWithoutMessageAuthenticator or null):
                    return false;
            }

            foreach (var departure in exchange.Departures)
            {
                isSeen = true;
                if (Rebase.Proves(departure.Octets.Span, exchange.Request, secret))
                {
                    return true;
                }
            }
        }

        return !isSeen;
    }

    /// <summary>Reads a file that <see cref="TraceWriter"/> wrote.</summary>
    /// <exception cref="ScenarioException">It cannot be read or understood.</exception>
    public static Trace Load(string path)
    {
        Dictionary<(ScenarioPort, long), TracedExchange> exchanges = [];
        var number = 0;
        try
        {
            foreach (var text in File.ReadLines(path))
            {
                var line = ++number > TraceWriter.MostLines ? throw Error(path, number, "the file has more lines than a trace") : Parse(text, path, number);
                if (number == 1)
                {
                    _ = line.Trace == 1 ? line : throw Error(path, number, "the file does not begin as a trace. Give one that --record wrote");
                }
                else if (line is { Port: not null, Refused: null })
                {
                    Add(exchanges, line, path, number);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{path} cannot be read: {exception.Message}", exception);
        }

        return number == 0 ? throw Error(path, 1, "the file is empty. Give one that --record wrote") : new Trace(exchanges);
    }

    internal TracedExchange? Find(ScenarioPort port, long number) => _exchanges.GetValueOrDefault((port, number));

    private static void Add(Dictionary<(ScenarioPort, long), TracedExchange> exchanges, TraceLine line, string path, int number)
    {
        if (!PortName.TryParse(line.Port, out var port) || line.N < 1)
        {
            throw Error(path, number, "port or n is none of a trace");
        }

        if (line.In is not null)
        {
            var octets = Octets(line.In, path, number);
            exchanges[(port, line.N)] = octets.Length >= RadiusPacket.HeaderLength ? new TracedExchange(octets) : throw Error(path, number, "the request is shorter than a packet");
            return;
        }

        if (!exchanges.TryGetValue((port, line.N), out var exchange))
        {
            throw Error(path, number, "there is no request above it");
        }

        if (line.CrashSeconds is { } seconds)
        {
            exchange.Crash = seconds is >= 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : throw Error(path, number, "crashSeconds is not 0 to 3600");
        }
        else if (line.Out is not null)
        {
            exchange.Departures.Add(new Departure(Octets(line.Out, path, number))
            {
                Delay = TimeSpan.FromMilliseconds(Math.Clamp(line.DelayMs, 0, 3_600_000)),
                FromOtherPort = line.OtherPort,
                AfterNext = line.AfterNext,
                CutsConnection = line.Cut,
            });
        }
    }

    private static byte[] Octets(string hex, string path, int number)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException exception)
        {
            throw new ScenarioException($"{path}:{number}: the octets are not hexadecimal.", exception);
        }
    }

    private static TraceLine Parse(string text, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(text, TraceJson.Default.TraceLine) ?? new TraceLine();
        }
        catch (JsonException exception)
        {
            throw new ScenarioException(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}: the line is no JSON object of a trace."), exception);
        }
    }

    private static ScenarioException Error(string path, int number, string message) => new(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}: {message}."));
}
