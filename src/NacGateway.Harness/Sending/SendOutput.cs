using System.Globalization;
using System.Text.Json;
using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>Prints exchanges as they end. Repeated ones are counted, and only those that are not as expected are told one by one.</summary>
/// <param name="isJson">Whether each is an object on a line.</param>
/// <param name="paint">Colour.</param>
/// <param name="packets">Packets that were given.</param>
/// <param name="count">Exchanges in all.</param>
internal sealed class SendOutput(bool isJson, Paint paint, int packets, int count)
{
    private const int MostReasons = 10;
    private int _reasons;

    public void Show(SendExchange exchange, int number)
    {
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(exchange.Report(count == 1 ? null : number), HarnessJson.Default.SendReport));
        }
        else if (count == packets)
        {
            exchange.Write(Console.Out, paint);
            if (number != count)
            {
                Console.Out.WriteLine();
            }
        }

        if (exchange.Reason is { } reason && ++_reasons <= MostReasons)
        {
            Console.Error.WriteLine(count == 1 ? $"error: {reason}" : string.Create(CultureInfo.InvariantCulture, $"error: exchange {number}: {reason}"));
        }
    }

    public void End(SendSummary summary)
    {
        if (_reasons > MostReasons)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: and {_reasons - MostReasons} more exchanges that are not as expected."));
        }

        if (count == 1)
        {
            return;
        }

        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, HarnessJson.Default.SendSummary));
            return;
        }

        if (count == packets)
        {
            Console.Out.WriteLine();
        }

        summary.Write(Console.Out, paint);
    }
}
