using Steepest.Numerics;

namespace Steepest.Compare.Running;

/// <summary>What a trial is for.</summary>
public enum TrialPurpose
{
    /// <summary>One of the N settings that are tried.</summary>
    Try,

    /// <summary>One of the best settings on a fresh start.</summary>
    Confirmation,

    /// <summary>The run that counts, with the selected setting.</summary>
    Final,

    /// <summary>The optimizer as it is set, from the start of the final run.</summary>
    AsSet,
}

/// <summary>
/// Where the chance of a repeat comes from: a split, a sequence of settings, and a seed for every start. They depend on the experiment's seed and the repeat, never on
/// the contender: within a repeat all of them share rows, starts and places in their spaces, and whoever is added changes nothing for the others.
/// </summary>
internal sealed class ExperimentStreams
{
    // Beyond the numbers of the purposes of chance, which have streams of the same seed.
    private const uint Starts = 16;

    private readonly ulong seed;
    private readonly ulong salt;

    /// <summary>The streams of a repeat.</summary>
    /// <param name="experiment">The experiment's seed.</param>
    /// <param name="repeat">Which repeat, from 0.</param>
    /// <param name="salt">Another number gives other starts and settings on the same split: for copies of a contender that differ in their luck alone.</param>
    public ExperimentStreams(ulong experiment, int repeat, ulong salt = 0)
    {
        seed = new SeedSequence(experiment, (uint)repeat).GenerateState64(1)[0];
        this.salt = salt;
    }

    /// <summary>Decides which rows train, validate and test.</summary>
    public uint Split => new SeedSequence(seed, (uint)RandomPurpose.Split).GenerateState32(1)[0];

    /// <summary>The places in the unit cube that are tried.</summary>
    /// <param name="dimensions">Settings that are tuned.</param>
    public Tuning.HaltonSequence Places(int dimensions) => new(dimensions, new Pcg64(Sequence((uint)RandomPurpose.Tuning)));

    /// <summary>The seed of a trial's start, order of rows, dropout and noise.</summary>
    /// <param name="purpose">What it is for; the run as set shares the final run's.</param>
    /// <param name="number">The try, or which of the fresh starts, from 0.</param>
    public ulong Start(TrialPurpose purpose, int number = 0) =>
        Sequence(Starts, (uint)(purpose == TrialPurpose.AsSet ? TrialPurpose.Final : purpose), (uint)number).GenerateState64(1)[0];

    private SeedSequence Sequence(params ReadOnlySpan<uint> key) => salt == 0
        ? new(seed, key)
        : new(seed, [.. key, (uint)salt, (uint)(salt >> 32)]);
}
