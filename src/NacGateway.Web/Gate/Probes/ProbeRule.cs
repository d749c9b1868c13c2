using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate.Probes;

/// <summary>The probe table under the mode of the settings: whether a request is sent to the portal instead of getting 511.</summary>
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

    /// <summary>Whether 302 goes out in place of 511. Does not allocate.</summary>
    public bool Redirects(HttpRequest request) => _mode switch
    {
        ProbeMode.Always511 => false,
        ProbeMode.Always302 => _table.Find(request) is not null,
        _ => _table.Find(request) == ProbeAnswer.Redirect,
    };
}
