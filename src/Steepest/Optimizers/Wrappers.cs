namespace Steepest;

/// <summary>What the command and the documentation say of a wrapper: an optimizer around another.</summary>
/// <param name="Name">Its name in kebab-case, as in <c>lookahead(sgd)</c>.</param>
/// <param name="Around">What it is around an optimizer.</param>
public sealed record WrapperInfo(string Name, Func<Optimizer, OptimizerInfo> Around);

/// <summary>All wrappers there are.</summary>
public static class Wrappers
{
    /// <summary>The wrappers.</summary>
    public static IReadOnlyList<WrapperInfo> All { get; } = [new("lookahead", Lookahead.AboutAround), new("sam", Sam.AboutAround)];

    /// <summary>The wrapper of that name.</summary>
    /// <param name="name">A name of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static WrapperInfo Find(string name) => All.FirstOrDefault(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("wrapper", name, All.Select(w => w.Name));
}
