namespace NacGateway.Radius.RadSec;

/// <summary>What an attempt to connect gave.</summary>
/// <param name="Link">The connection, or null.</param>
/// <param name="Problem">Why there is none, with the remedy.</param>
/// <param name="IsRefused">Whether somebody is there and one side does not believe the other.</param>
internal sealed record RadSecDialed(RadSecLink? Link, string? Problem, bool IsRefused);
