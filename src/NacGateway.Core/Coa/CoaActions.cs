namespace NacGateway.Core.Coa;

/// <summary>The three things that a request can ask for.</summary>
internal sealed class CoaActions(DisconnectHandler disconnect, ChangeHandler change, AuthorizeOnlyHandler authorizeOnly)
{
    public Task<CoaAnswer> DoAsync(CoaRequest request, CancellationToken cancellationToken) =>
        request.IsDisconnect ? disconnect.HandleAsync(request, cancellationToken)
        : request.IsAuthorizeOnly ? authorizeOnly.HandleAsync(request, cancellationToken)
        : change.HandleAsync(request, cancellationToken);
}
