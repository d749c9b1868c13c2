using System.Globalization;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Numbers such as <c>500k</c>, <c>20M</c>, <c>1.5G</c>: thousands, as networks count.</summary>
internal static class AmountText
{
    private const decimal Most = 1_000_000_000_000_000m;

    public static bool TryParse(string text, out long number)
    {
        number = 0;
        decimal factor = text.Length == 0 ? 1 : text[^1] switch { 'k' => 1e3m, 'M' => 1e6m, 'G' => 1e9m, 'T' => 1e12m, _ => 1 };
        var digits = factor == 1 ? text : text[..^1];
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value <= 0 || value > Most / factor || value * factor < 1)
        {
            return false;
        }

        number = (long)(value * factor);
        return true;
    }
}
