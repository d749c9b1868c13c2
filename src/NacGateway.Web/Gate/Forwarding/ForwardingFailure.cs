using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Turns what YARP says about a failed request into the gateway's page.</summary>
internal static class ForwardingFailure
{
    /// <summary>Why a connection was refused before it was dialled; null when it was not.</summary>
    public static RefusalReason? Refused(IForwarderErrorFeature failure)
    {
        for (var cause = failure.Exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DestinationRefusedException refused)
            {
                return refused.Reason;
            }
        }

        return null;
    }

    /// <summary>The answer for a failure, or null where YARP's own status says it: the client's own body was wrong, or the client has gone.</summary>
    public static AnswerKind? Answer(IForwarderErrorFeature failure)
    {
        for (var cause = failure.Exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException)
            {
                return AnswerKind.TimedOut;
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
