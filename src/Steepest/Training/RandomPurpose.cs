using Steepest.Numerics;

namespace Steepest;

/// <summary>The purposes that chance serves in a run. Each has a stream of its own, NumPy's <c>SeedSequence(seed, spawn_key=(purpose,))</c>,
/// so that more draws for one never shift another.</summary>
internal enum RandomPurpose
{
    /// <summary>Which rows train, validate and test.</summary>
    Split = 0,

    /// <summary>Initial parameters.</summary>
    InitialParameters = 1,

    /// <summary>The order of rows in mini-batches.</summary>
    BatchOrder = 2,

    /// <summary>Dropout masks.</summary>
    Dropout = 3,

    /// <summary>The settings that tuning tries.</summary>
    Tuning = 4,

    /// <summary>Noise added to gradients.</summary>
    Noise = 5,
}

internal static class RandomStreams
{
    public static Pcg64 Of(ulong seed, RandomPurpose purpose) => new(new SeedSequence(seed, (uint)purpose));
}
