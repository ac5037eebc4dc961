namespace Steepest.Compare.Reports;

/// <summary>One contender's loss by epoch, with what a picture says about it.</summary>
/// <param name="Label">The contender's name, such as "gradient descent".</param>
/// <param name="Detail">Its settings in a few words, such as "learning rate 0.01"; may be empty.</param>
/// <param name="Loss">The loss by epoch, index 0 being epoch 0; values that are zero, negative or not finite are not drawn.</param>
/// <param name="Place">The contender's fixed place, from 0: it decides the colour and the dash.</param>
/// <param name="ReachedAt">The 0-based epoch at which the target was first reached, or null.</param>
/// <param name="DivergedAt">The 0-based epoch at which the run was given up as diverged, or null; what is drawn and said is how many epochs have a loss.</param>
public sealed record LossCurve(
    string Label,
    string Detail,
    IReadOnlyList<double> Loss,
    int Place,
    int? ReachedAt = null,
    int? DivergedAt = null);
