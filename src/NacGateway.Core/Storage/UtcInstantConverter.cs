using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NacGateway.Core.Storage;

/// <summary>Instants are stored as UTC by both providers; SQLite gives them back without a kind, which would else be read as local time.</summary>
internal sealed class UtcInstantConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
