using Steepest.Compare.Statistics;

namespace Steepest.Compare.Running;

internal static class ExperimentCurves
{
    extension(ExperimentTrial trial)
    {
        /// <summary>The metric against gradient evaluations, counted from 0.</summary>
        public Curve Curve() => new([.. trial.Result.Evaluations.Select(count => count - 1)], trial.Result.Metric);
    }
}
