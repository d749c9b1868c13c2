using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Turns what YARP says about a failed request into the gateway's page.</summary>
internal static class ForwardingFailure
{
    /// <summary>The answer for a failure, or null where YARP's own status says it: the client's own body was wrong, or the client has gone.</summary>
    public static AnswerKind? Answer(IForwarderErrorFeature failure)
    {
        for (var cause = failure.Exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case DestinationRefusedException:
                    return AnswerKind.Refused;
                case TimeoutException:
                    return AnswerKind.TimedOut;
                default:
                    break;
            }
        }

        return failure.Error switch
        {
            ForwarderError.RequestTimedOut => AnswerKind.TimedOut,
            ForwarderError.Request or ForwarderError.NoAvailableDestinations or ForwarderError.ResponseHeaders
                or ForwarderError.RequestBodyDestination or ForwarderError.UpgradeRequestDestination => AnswerKind.Unreachable,
            ForwarderError.RequestCreation => AnswerKind.NoDestination,
            _ => null,
        };
    }
}
