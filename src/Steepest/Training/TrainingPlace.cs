using System.Runtime.InteropServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>How far a run is, and what it has summed up in the epoch that runs.</summary>
/// <param name="Epoch">The epoch that runs, counted from 0.</param>
/// <param name="Order">Where the order of its rows is drawn from, as it was when the epoch began.</param>
/// <param name="BatchesDone">Its batches that are done.</param>
/// <param name="LossSum">Their losses, each times its weight.</param>
/// <param name="WeightSum">Their weights.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrainingPlace(int Epoch, Pcg64State? Order, int BatchesDone, double LossSum, double WeightSum)
{
    public static TrainingPlace AtStartOf(int epoch, Pcg64State? order) => new(epoch, order, 0, 0, 0);

    public TrainingPlace After(int batches, double loss, double weight) =>
        this with { BatchesDone = BatchesDone + batches, LossSum = LossSum + (loss * weight), WeightSum = WeightSum + weight };
}
