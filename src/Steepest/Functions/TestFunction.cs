using System.Numerics;

namespace Steepest;

/// <summary>A function of one or two numbers on which one can watch an optimizer: its value, its gradient, and where its least values are.</summary>
public abstract record TestFunction
{
    private protected TestFunction()
    {
    }

    /// <summary>All test functions, from easy to hard.</summary>
    public static IReadOnlyList<TestFunction> All { get; } =
    [
        new BowlFunction(), new ValleyFunction(), new RosenbrockFunction(), new BealeFunction(), new HimmelblauFunction(), new RastriginFunction(),
        new SaddleFunction(), new PlateauFunction(), new ReddiFunction(),
    ];

    /// <summary>Its name in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Its formula and what makes it hard, in a sentence.</summary>
    public abstract string Description { get; }

    /// <summary>How many numbers it takes: 1 or 2.</summary>
    public virtual int Dimensions => 2;

    /// <summary>Where to begin.</summary>
    public abstract ValueList<double> Start { get; }

    /// <summary>The places where it is least.</summary>
    public abstract ValueList<ValueList<double>> Minima { get; }

    /// <summary>The part of the plane that a picture shows: least and greatest x, least and greatest y.</summary>
    public abstract (double Left, double Right, double Bottom, double Top) View { get; }

    /// <summary>The test function of that name.</summary>
    /// <param name="name">A name of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static TestFunction Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("test function", name, All.Select(f => f.Name));

    /// <summary>The value at a place.</summary>
    /// <param name="at">The place, of length <see cref="Dimensions"/>.</param>
    public abstract double Value(ReadOnlySpan<double> at);

    /// <summary>The gradient at a place.</summary>
    /// <param name="at">The place, of length <see cref="Dimensions"/>.</param>
    /// <param name="step">The step's number, from 1: only <see cref="ReddiFunction"/> has another gradient at another step.</param>
    /// <param name="gradient">Receives it, of the same length.</param>
    public abstract void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient);

    /// <summary>Puts a place back to where the function is defined.</summary>
    /// <param name="at">The place after a step.</param>
    public virtual void Confine(Span<double> at)
    {
    }

    /// <summary>Takes steps.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="steps">How many: at least 1.</param>
    /// <param name="noise">The standard deviation of the normal noise that every number of the gradient gets: not negative.</param>
    /// <param name="seed">Decides the noise.</param>
    /// <param name="start">Where to begin: <see cref="Dimensions"/> finite numbers; <see cref="Start"/> unless given.</param>
    /// <typeparam name="T">The precision of the steps.</typeparam>
    /// <exception cref="SteepestException">A number lies outside its range, or the optimizer does not train a place of so many numbers.</exception>
    public FunctionPath Descend<T>(Optimizer optimizer, int steps, double noise = 0, ulong seed = 0, ValueList<double>? start = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FunctionPath.Of<T>(this, optimizer, start ?? Start, steps, noise, seed);

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;
}
