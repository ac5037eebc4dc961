using System.Numerics;

namespace Steepest;

/// <summary>The run's penalty on the weights of no group, and on those of groups without a penalty of their own; the groups' own on theirs.</summary>
/// <remarks>Frozen weights count: a constant in the loss, so that freezing does not change what the loss means.</remarks>
internal sealed class PenaltySum<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (ParameterSegment Segment, Penalty Penalty)[] terms;

    /// <param name="penalty">The run's; <see langword="null"/> for none.</param>
    /// <param name="groups">The run's groups.</param>
    /// <param name="layout">The segments.</param>
    /// <exception cref="SteepestException">A group takes no segment, or has a penalty and no weight.</exception>
    public PenaltySum(Penalty? penalty, ValueList<ParameterGroup> groups, ParameterLayout layout)
    {
        var taken = new ParameterGroups(groups, layout);
        terms =
        [
            .. layout.Segments.Select((segment, s) => (segment, Penalty: taken[s]?.Penalty ?? penalty))
                .Where(term => term.segment.Role == ParameterRole.Weight && term.Penalty is { IsZero: false })
                .Select(term => (term.segment, term.Penalty!)),
        ];
    }

    /// <summary>All penalties; their gradient is added to another.</summary>
    /// <param name="at">The parameters.</param>
    /// <param name="gradient">Laid out like them; what it holds stays, with this added.</param>
    public double AddTo(Parameters<T> at, Parameters<T> gradient)
    {
        var value = 0.0;
        foreach (var (segment, penalty) in terms) value += penalty.AddTo(segment, at, gradient);
        return value;
    }

    /// <summary>All penalties alone, with the bits of <see cref="AddTo"/>.</summary>
    public double At(Parameters<T> at)
    {
        var value = 0.0;
        foreach (var (segment, penalty) in terms) value += penalty.At<T>(at[segment]);
        return value;
    }
}
