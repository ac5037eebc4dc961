namespace Steepest.Compare;

/// <summary>The precision in which a network computes.</summary>
public enum Precision
{
    /// <summary>64 bits.</summary>
    Double,

    /// <summary>32 bits.</summary>
    Float,
}
