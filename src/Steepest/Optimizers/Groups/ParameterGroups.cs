using System.Numerics;

namespace Steepest;

/// <summary>Which group takes which segment of a layout.</summary>
internal sealed class ParameterGroups
{
    private readonly ValueList<ParameterGroup> groups;
    private readonly int[] groupOf;

    /// <param name="groups">The groups, the first that matches winning.</param>
    /// <param name="layout">The segments.</param>
    /// <exception cref="SteepestException">A group takes no segment, or has a penalty and no weight.</exception>
    public ParameterGroups(ValueList<ParameterGroup> groups, ParameterLayout layout)
    {
        Layout = layout;
        this.groups = groups;
        groupOf = [.. layout.Segments.Select(FirstThatMatches)];
        for (var g = 0; g < groups.Count; g++) RequireUse(g);
    }

    public ParameterLayout Layout { get; }

    /// <summary>The group that takes a segment; <see langword="null"/> where the run's own settings hold.</summary>
    /// <param name="segment">The segment's place in the layout.</param>
    public ParameterGroup? this[int segment] => groupOf[segment] < 0 ? null : groups[groupOf[segment]];

    /// <summary>Makes what applies each group's optimizer to its segments, and the run's own to the rest.</summary>
    /// <exception cref="SteepestException">
    /// A group takes no segment, or has a penalty and no weight; all segments are frozen; or a setting does not work in this precision.
    /// </exception>
    public static Stepper<T> CreateStepper<T>(Optimizer optimizer, ValueList<ParameterGroup> groups, Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => groups.Count == 0
            ? optimizer.CreateStepper(parameters)
            : new GroupedStepper<T>(parameters, new ParameterGroups(groups, parameters.Layout).Trained(optimizer));

    /// <summary>
    /// Sets the gradient of frozen segments to zero, so that they have no part in a clipped norm. (PyTorch computes no gradient for them.)
    /// </summary>
    public void ClearFrozen<T>(Parameters<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var s = 0; s < groupOf.Length; s++)
        {
            if (this[s] is { Optimizer: null }) gradient[Layout.Segments[s]].Clear();
        }
    }

    /// <summary>The segments that one optimizer trains together, for the run's own and for each group's, in the order of their first segments.</summary>
    private (Optimizer Optimizer, int[] Segments)[] Trained(Optimizer own)
    {
        (Optimizer, int[])[] trained =
        [
            .. from s in Enumerable.Range(0, groupOf.Length)
               group s by groupOf[s] into together
               let optimizer = together.Key < 0 ? own : groups[together.Key].Optimizer
               where optimizer is not null
               select (optimizer, together.ToArray()),
        ];
        return trained.Length > 0 ? trained : throw new SteepestException("All segments of the parameters are frozen, so that there is nothing to train.");
    }

    private int FirstThatMatches(ParameterSegment segment)
    {
        for (var g = 0; g < groups.Count; g++)
        {
            if (groups[g].Matches(segment)) return g;
        }

        return -1;
    }

    private void RequireUse(int g)
    {
        var group = groups[g];
        var taken = Layout.Segments.Where((_, s) => groupOf[s] == g).ToArray();
        if (taken.Length == 0)
        {
            var names = string.Join(", ", Layout.Segments.Select(segment => segment.Name));
            throw new SteepestException(Layout.Segments.Any(group.Matches)
                ? $"The parameter group {group.Title} matches only segments that groups before it take; there are {names}."
                : $"The parameter group {group.Title} matches no segment; there are {names}.");
        }

        if (group.Penalty is { IsZero: false } && taken.All(segment => segment.Role != ParameterRole.Weight))
            throw new SteepestException($"The parameter group {group.Title} has a penalty, but only weights are penalized and it has none.");
    }
}
