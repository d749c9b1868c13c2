using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>Tests of what the whole process shares, such as sources of spans: they run when no other gateway does.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
