namespace NacGateway.Radius.Dictionary;

/// <summary>What stands between an attribute's name and its value in a users file; what it means is the reader's business.</summary>
public enum AttributeOperator
{
    /// <summary><c>=</c></summary>
    Assign = 0,

    /// <summary><c>:=</c></summary>
    Set,

    /// <summary><c>+=</c></summary>
    Append,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,
}
