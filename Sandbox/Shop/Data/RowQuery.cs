using System.Linq.Expressions;
using System.Reflection;
using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>
/// A query that a plugin gives to a repository. The operators that the plugin uses are evaluated here, since compiling each query would take longer than all the rest of it; any other
/// is left to LINQ.
/// </summary>
internal sealed class RowQuery<T>(Func<IQueryable<T>, IQueryable<T>> query) where T : BaseEntity
{
    private readonly Expression _expression = query(Array.Empty<T>().AsQueryable()).Expression;

    /// <summary>The value that the query wants the column to have; null if it wants none.</summary>
    public object? EqualTo(string column) => Find(ExpressionType.Equal, column);

    /// <summary>The value that the query wants the column not to exceed; null if it wants none.</summary>
    public object? AtMost(string column) => Find(ExpressionType.LessThanOrEqual, column);

    public IEnumerable<T> Run(IEnumerable<T> rows) => TryRun(_expression, rows) ?? query(rows.AsQueryable());

    private object? Find(ExpressionType comparison, string column)
    {
        for (var call = _expression as MethodCallExpression; call is not null; call = call.Arguments[0] as MethodCallExpression)
        {
            if (call.Method.Name == nameof(Queryable.Where) && Find(LambdaOf(call).Body, comparison, column) is { } value)
                return value;
        }

        return null;
    }

    private static IEnumerable<T>? TryRun(Expression expression, IEnumerable<T> rows)
    {
        if (expression is not MethodCallExpression call)
            return rows;
        if (TryRun(call.Arguments[0], rows) is not { } inner)
            return null;
        switch (call.Method.Name)
        {
            case nameof(Queryable.Where) when LambdaOf(call) is Expression<Func<T, bool>> condition:
                return inner.Where(condition.Compile(preferInterpretation: true));
            case nameof(Queryable.OrderBy):
                return inner.OrderBy(KeyOf(call));
            case nameof(Queryable.OrderByDescending):
                return inner.OrderByDescending(KeyOf(call));
            case nameof(Queryable.ThenBy) when inner is IOrderedEnumerable<T> sorted:
                return sorted.ThenBy(KeyOf(call));
            case nameof(Queryable.ThenByDescending) when inner is IOrderedEnumerable<T> ordered:
                return ordered.ThenByDescending(KeyOf(call));
            case nameof(Queryable.Take) when call.Arguments[1] is ConstantExpression { Value: int count }:
                return inner.Take(count);
            default:
                return null;
        }
    }

    private static Func<T, object> KeyOf(MethodCallExpression call)
    {
        var key = LambdaOf(call);
        return Expression.Lambda<Func<T, object>>(Expression.Convert(key.Body, typeof(object)), key.Parameters).Compile(preferInterpretation: true);
    }

    private static LambdaExpression LambdaOf(MethodCallExpression call) => (LambdaExpression)((UnaryExpression)call.Arguments[1]).Operand;

    private static object? Find(Expression condition, ExpressionType comparison, string column) => condition switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => Find(both.Left, comparison, column) ?? Find(both.Right, comparison, column),
        BinaryExpression { Left: MemberExpression { Expression: ParameterExpression } member } binary when binary.NodeType == comparison && member.Member.Name == column => ValueOf(binary.Right),
        _ => null
    };

    private static object? ValueOf(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression closure } => field.GetValue(closure.Value),
        _ => null
    };
}
