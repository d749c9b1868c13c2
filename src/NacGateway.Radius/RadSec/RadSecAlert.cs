namespace NacGateway.Radius.RadSec;

/// <summary>Finds what the peer said of TLS in an exception: the framework keeps alerts only in the text of the innermost one.</summary>
internal static class RadSecAlert
{
    /// <summary>Whether the peer sent an alert, that is: whether it refused rather than vanished.</summary>
    public static bool IsAlert(Exception exception) => Innermost(exception).Message.Contains("alert", StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of the innermost exception, which are the most exact.</summary>
    public static string Explain(Exception exception) => Innermost(exception).Message.TrimEnd('.');

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
