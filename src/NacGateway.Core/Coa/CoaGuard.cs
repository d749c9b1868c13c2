using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>Which authentic requests are answered at all: of the right kind, of now, and no more than a client may send. Safe for concurrent use.</summary>
internal sealed class CoaGuard(IOptions<CoaOptions> options, TimeProvider time)
{
    private readonly CoaOptions _options = options.Value;

    private readonly FrozenDictionary<string, ClientRate> _rates =
        options.Value.Clients.DistinctBy(client => client.Address, StringComparer.Ordinal).ToFrozenDictionary(client => client.Address, _ => new ClientRate(options.Value, time), StringComparer.Ordinal);

    /// <summary>Why the request is met with silence; null when it is to be answered.</summary>
    public CoaDrop? Check(RadiusRequestContext context, CoaRequest request)
    {
        if (context.Request.Code is not (RadiusCode.DisconnectRequest or RadiusCode.CoaRequest))
        {
            return CoaDrop.OtherRequest;
        }

        // Counted here, where the secret has been proved: whoever forges the client's address uses up nothing. Nor does who recorded a
        // request and sends it when its time is over.
        return CheckTime(context.Request.Attributes) ?? (_rates[context.Nas.Name].TryTake(request) ? null : CoaDrop.TooMany);
    }

    private CoaDrop? CheckTime(AttributeList attributes)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var isTimed = false;
        foreach (var attribute in attributes)
        {
            if (attribute.Type == RadiusAttributeType.EventTimestamp && AttributeValue.TryReadInteger(attribute.Value.Span, out uint sent))
            {
                isTimed = true;
                if (Math.Abs(now - sent) > _options.TimestampWindow.TotalSeconds)
                {
                    return CoaDrop.Stale;
                }
            }
        }

        return isTimed || !_options.RequireEventTimestamp ? null : CoaDrop.NoTimestamp;
    }
}
