using System.Numerics;

namespace Steepest;

/// <summary>Whoever looks on while a network trains: a progress bar, a recorder, early stopping. Called on the training thread.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public interface ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Before the first step.</summary>
    /// <param name="state">The run.</param>
    void OnStart(TrainingState<T> state)
    {
    }

    /// <summary>After each update. The gradient, unless the optimizer changed it, is still the one the update used.</summary>
    /// <param name="state">The run.</param>
    void OnStep(TrainingState<T> state)
    {
    }

    /// <summary>After the last update of each epoch.</summary>
    /// <param name="state">The run.</param>
    void OnEpoch(TrainingState<T> state)
    {
    }
}

/// <summary>A training run as its observers see it. One object serves the whole run: read what you need, keep copies.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class TrainingState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal TrainingState(Network<T> network, TrainingSpec spec, Stepper<T> stepper, StepContext<T> context, int rows)
    {
        Network = network;
        Spec = spec;
        Stepper = stepper;
        Context = context;
        Rows = rows;
    }

    /// <summary>The network that trains.</summary>
    public Network<T> Network { get; }

    /// <summary>What the run was asked for.</summary>
    public TrainingSpec Spec { get; }

    /// <summary>The optimizer at work, with its state.</summary>
    public Stepper<T> Stepper { get; }

    /// <summary>The gradient and loss of the last step.</summary>
    public StepContext<T> Context { get; }

    /// <summary>Training rows.</summary>
    public int Rows { get; }

    /// <summary>The epoch that runs or has just ended, counted from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>At the end of an epoch its loss, as in <see cref="History.Loss"/>.</summary>
    public double Loss { get; internal set; }

    /// <summary>At the end of an epoch the training rows predicted right, each before its batch's update; 0 unless <see cref="CountsRight"/>.</summary>
    public int Right { get; internal set; }

    /// <summary>Whether to count the rows predicted right; an observer that needs them sets it when the run starts.</summary>
    public bool CountsRight { get; set; }

    internal bool StopRequested { get; private set; }

    /// <summary>Asks the run to end after this epoch.</summary>
    public void RequestStop() => StopRequested = true;
}
