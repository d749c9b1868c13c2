using NacGateway.Web.Hosting.Commands;

return await GatewayCommandLine.RunAsync(args);
