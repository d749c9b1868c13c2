namespace NacGateway.Core.Storage;

/// <summary>Tells a row whose columns make no sense any more from a database that cannot be asked: the one must not stop the others, the other stops all.</summary>
internal static class RowDamage
{
    /// <summary>Whether a row is at fault, and not the way to the database.</summary>
    public static bool Is(Exception exception) =>
        exception is FormatException or InvalidCastException or ArgumentException or OverflowException
        || (exception is InvalidOperationException && !WriteTransaction.IsEnvironment(exception));
}
