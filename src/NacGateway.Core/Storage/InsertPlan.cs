using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace NacGateway.Core.Storage;

/// <summary>
/// The INSERT of one entity, read off the model once: its columns without those that the database generates, each with the type mapping
/// and the conversion that the model gives it. Immutable.
/// </summary>
internal sealed class InsertPlan
{
    private static readonly ConditionalWeakTable<IEntityType, InsertPlan> s_plans = [];
    private readonly Column[] _columns;

    private InsertPlan(IEntityType entity, ISqlGenerationHelper sql)
    {
        _columns = [.. entity.GetProperties()
            .Where(property => !property.IsPrimaryKey() || property.ValueGenerated == ValueGenerated.Never)
            .Select((property, number) => new Column(property, sql, number))];
        var table = sql.DelimitIdentifier(entity.GetTableName() ?? throw new InvalidOperationException($"{entity.DisplayName()} has no table."), entity.GetSchema());
        Text = $"INSERT INTO {table} ({string.Join(", ", _columns.Select(column => column.Name))}) VALUES ({string.Join(", ", _columns.Select(column => column.Placeholder))})";
    }

    /// <summary>The statement for one row.</summary>
    public string Text { get; }

    /// <summary>The plan of an entity, made at its first use.</summary>
    public static InsertPlan Of(IEntityType entity, IInfrastructure<IServiceProvider> database) =>
        s_plans.GetValue(entity, type => new InsertPlan(type, database.GetService<ISqlGenerationHelper>()));

    /// <summary>The parameters of a row, made by the provider as it wants them.</summary>
    public void Fill(DbParameterCollection parameters, DbCommand maker, object row)
    {
        foreach (var column in _columns)
        {
            parameters.Add(column.ToParameter(maker, row));
        }
    }

    /// <summary>The same parameters, with the values of another row.</summary>
    public void Refill(DbParameterCollection parameters, object row)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            parameters[i].Value = _columns[i].ToValue(row);
        }
    }

    private sealed class Column
    {
        private readonly IClrPropertyGetter _getter;
        private readonly RelationalTypeMapping _mapping;
        private readonly Func<object?, object?>? _convert;
        private readonly bool _isNullable;

        public Column(IProperty property, ISqlGenerationHelper sql, int number)
        {
            var parameter = "p" + number.ToString(CultureInfo.InvariantCulture);
            Placeholder = sql.GenerateParameterNamePlaceholder(parameter);
            Name = sql.DelimitIdentifier(property.GetColumnName());
            _getter = property.GetGetter();
            _mapping = property.GetRelationalTypeMapping();
            _convert = _mapping.Converter?.ConvertToProvider;
            _isNullable = property.IsNullable;
        }

        public string Name { get; }

        public string Placeholder { get; }

        public DbParameter ToParameter(DbCommand maker, object row) => _mapping.CreateParameter(maker, Placeholder, _getter.GetClrValue(row), _isNullable);

        public object ToValue(object row) => (_getter.GetClrValue(row) is { } value ? _convert is null ? value : _convert(value) : null) ?? DBNull.Value;
    }
}
