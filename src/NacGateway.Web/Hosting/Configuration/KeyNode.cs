using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>One place in the tree of known keys: a value, an object with named children, a list, or a part that is free.</summary>
internal sealed class KeyNode
{
    private readonly Dictionary<string, KeyNode> _children = new(StringComparer.OrdinalIgnoreCase);

    private KeyNode()
    {
    }

    /// <summary>Type of the value; null when this is no value.</summary>
    public Type? ValueType { get; private init; }

    /// <summary>Whether a value may be empty, which says the same as none.</summary>
    public bool MayBeEmpty { get; private init; }

    /// <summary>Whether it is a value that must not be shown: its property says so by <see cref="PasswordPropertyTextAttribute"/>, and nothing else does.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>Element of a list or value of a dictionary; null when this is neither.</summary>
    public KeyNode? Element { get; private set; }

    /// <summary>Whether the element is found by number (a list) and not by name.</summary>
    public bool IsList { get; private init; }

    /// <summary>Whether anything may stand below, as in the proxy's own section.</summary>
    public bool IsFree { get; private init; }

    public IReadOnlyDictionary<string, KeyNode> Children => _children;

    public static KeyNode Free() => new() { IsFree = true };

    public static KeyNode Object() => new();

    /// <summary>The tree of an options class, by its settable properties and the elements of its lists.</summary>
    public static KeyNode Of(Type type, bool isSecret = false)
    {
        if (type == typeof(string) || type == typeof(Uri) || Nullable.GetUnderlyingType(type) is not null || type.IsValueType)
        {
            return Value(type, isSecret);
        }

        if (type.IsAssignableTo(typeof(IEnumerable)))
        {
            var arguments = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
            return new KeyNode { Element = Of(arguments[^1], isSecret), IsList = arguments.Length == 1 };
        }

        var node = new KeyNode();
        foreach (var property in type.GetProperties().Where(property => property.CanWrite || property.PropertyType.IsAssignableTo(typeof(ICollection)) || property.PropertyType.IsGenericType))
        {
            node._children[property.Name] = Of(property.PropertyType, property.GetCustomAttribute<PasswordPropertyTextAttribute>() is { Password: true });
        }

        return node;
    }

    public static KeyNode Value(Type type, bool isSecret = false)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        return new KeyNode
        {
            ValueType = underlying ?? type,
            MayBeEmpty = underlying is not null || !type.IsValueType,
            IsSecret = isSecret,
        };
    }

    /// <summary>Adds a path such as <c>Coa:Clients:N:Secret</c>, where N is any number.</summary>
    public KeyNode Add(string path, Type type)
    {
        var node = this;
        var steps = path.Split(':');
        for (var i = 0; i < steps.Length; i++)
        {
            var nextIsElement = i + 1 < steps.Length && steps[i + 1] == "N";
            if (steps[i] == "N")
            {
                node = node.Element ??= i + 1 == steps.Length ? Value(type) : Object();
            }
            else if (node._children.TryGetValue(steps[i], out var known))
            {
                node = known;
            }
            else
            {
                var added = i + 1 == steps.Length ? Value(type) : new KeyNode { IsList = nextIsElement };
                node._children.Add(steps[i], added);
                node = added;
            }
        }

        return this;
    }

    public KeyNode Add(string name, KeyNode child)
    {
        _children.Add(name, child);
        return this;
    }

    /// <summary>Every value's key, the numbers of lists written N.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (ValueType is not null)
        {
            return [prefix];
        }

        var named = _children.SelectMany(child => child.Value.Paths(prefix.Length == 0 ? child.Key : $"{prefix}:{child.Key}"));
        return Element is null ? named : named.Concat(Element.Paths($"{prefix}:N"));
    }
}
