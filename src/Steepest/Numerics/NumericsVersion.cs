namespace Steepest;

/// <summary>Which bits results have. Two runs of one description agree to the last bit, on any machine, where this is the same for both.</summary>
/// <remarks>
/// It is raised with every change that changes the bits of a training run: another order of a sum, another polynomial for exp, other random draws.
/// What merely makes a run faster leaves it alone. A test holds the hashes of two trainings that belong to each version, and fails where the hashes
/// change and the version does not. Whoever keeps results keeps this beside them.
/// </remarks>
public static class NumericsVersion
{
    /// <summary>The version of this library: 1, 2 and so on. No constant, so that a program tells the version of the library that it runs with.</summary>
    public static int Current => 1;
}
