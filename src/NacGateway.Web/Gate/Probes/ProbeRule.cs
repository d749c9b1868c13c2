using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Probes;

/// <summary>The probe table under the mode of the settings: what a request gets, and so whether it is sent to the portal instead of getting 511.</summary>
internal sealed class ProbeRule
{
    private readonly ProbeMode _mode;
    private readonly ProbeTable _table;

    /// <exception cref="InvalidOperationException">The table cannot be used; the settings' validator has named every error before.</exception>
    public ProbeRule(IOptions<GateOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _mode = options.Value.ProbeMode;
        _table = ProbeTable.TryLoad(options.Value.ProbeTable ?? ProbeTable.DefaultFile, out var errors) ?? throw new InvalidOperationException(string.Join(' ', errors));
    }

    /// <summary>The table's entry for this request; null when it asks for content. Does not allocate.</summary>
    public ProbeEntry? Entry(HttpRequest request) => _table.FindEntry(request);

    /// <summary>What a client without a session gets for this request. Does not allocate.</summary>
    public ArrivalAnswer Find(HttpRequest request) => (_table.Find(request), _mode) switch
    {
        (null, _) => ArrivalAnswer.SignIn,
        (_, ProbeMode.Always511) => ArrivalAnswer.Probe,
        (_, ProbeMode.Always302) or (ProbeAnswer.Redirect, _) => ArrivalAnswer.Redirect,
        _ => ArrivalAnswer.Probe,
    };
}
