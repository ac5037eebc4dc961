using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>What happens to finished elements of a product: bias and activation forward, the activation's derivative backward.</summary>
internal interface IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns neighbouring elements of a row into what is to be there. The last may lie beyond the row's last column, but within whole lanes
    /// of the widest kind.</summary>
    /// <param name="elements">The first of them.</param>
    /// <param name="row">Their row.</param>
    /// <param name="column">The column of the first.</param>
    /// <param name="lanes">How many lanes of them there are.</param>
    void Apply<V>(ref T elements, int row, int column, int lanes)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>
/// A product with what is done to its elements, part by part, while a part is in the cache. (Fused into the innermost loop it would be no faster, and all
/// of the product would have to be compiled again for every activation.) The rows of C are padded to whole lanes of the widest kind.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TEpilogue">What is done to the elements.</typeparam>
internal ref struct FusedProduct<T, TEpilogue>(Product<T> product, TEpilogue epilogue) : ISplitWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<T>, allows ref struct
{
    private Product<T> product = product;
    private readonly TEpilogue epilogue = epilogue;

    public readonly int Parts => product.Parts;

    /// <summary>Multiplies, with up to so many threads.</summary>
    [MethodImpl(Compiled.Once)]
    public static void Run(scoped ref FusedProduct<T, TEpilogue> fused, int threads)
    {
        fused.product.Split(threads);
        ThreadTeam.Run<T, FusedProduct<T, TEpilogue>>(ref fused, threads);
    }

    [MethodImpl(Compiled.Once)]
    public readonly void Run<V>(int part)
        where V : struct, IKernelLane<V, T>
    {
        product.Run<V>(part);
        var (row, endRow, column, endColumn) = product.RangeOf(part);
        var lanes = (endColumn - column - 1 + V.Count) / V.Count;
        for (; row < endRow; row++) epilogue.Apply<V>(ref Unsafe.Add(ref product.C, (row * product.CRow) + column), row, column, lanes);
    }
}
