namespace Steepest.Numerics;

/// <summary>The layout of a double, as the lanes use it to make and to split powers of two.</summary>
internal static class DoubleBits
{
    /// <summary>Bits of the stored mantissa.</summary>
    public const int Mantissa = 52;

    /// <summary>What is added to an exponent before it is stored.</summary>
    public const double Bias = 1023;

    /// <summary>1.5·2⁵²: adding it leaves a small whole number in the lowest bits of the mantissa.</summary>
    public const double WholeNumbers = 6755399441055744;

    /// <summary>The bits of <see cref="WholeNumbers"/>.</summary>
    public const long WholeNumbersBits = 0x4338000000000000;

    /// <summary>The bits of √½, the smallest mantissa of a split number.</summary>
    public const long RootOfHalf = 0x3FE6A09E667F3BCD;
}

/// <summary>The layout of a float, as the lanes use it to make and to split powers of two.</summary>
internal static class SingleBits
{
    /// <summary>Bits of the stored mantissa.</summary>
    public const int Mantissa = 23;

    /// <summary>What is added to an exponent before it is stored.</summary>
    public const float Bias = 127;

    /// <summary>1.5·2²³: adding it leaves a small whole number in the lowest bits of the mantissa.</summary>
    public const float WholeNumbers = 12582912;

    /// <summary>The bits of <see cref="WholeNumbers"/>.</summary>
    public const int WholeNumbersBits = 0x4B400000;

    /// <summary>The bits of √½, the smallest mantissa of a split number.</summary>
    public const int RootOfHalf = 0x3F3504F3;
}
