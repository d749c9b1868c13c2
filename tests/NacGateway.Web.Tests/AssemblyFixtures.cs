using NacGateway.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]
