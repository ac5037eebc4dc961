using System.Numerics;

namespace Steepest;

/// <summary>A training run as its observers see it. One object serves the whole run: read what you need, keep copies.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class TrainingState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Trainer<T> trainer;

    internal TrainingState(Trainer<T> trainer, Network<T> network, TrainingSpec spec, Stepper<T> stepper, StepContext<T> context, long rows)
    {
        this.trainer = trainer;
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
    public long Rows { get; }

    /// <summary>The epoch that runs or has just ended, counted from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>At the end of an epoch its loss, as in <see cref="History.Loss"/>.</summary>
    public double Loss { get; internal set; }

    /// <summary>At the end of an epoch the loss on the validation rows, as in <see cref="History.ValidationLoss"/>; NaN if there are none.</summary>
    public double ValidationLoss { get; internal set; } = double.NaN;

    /// <summary>At the end of an epoch the training rows predicted right, each before its batch's update; 0 unless <see cref="CountsRight"/>.</summary>
    public long Right { get; internal set; }

    /// <summary>Whether to count the rows predicted right; an observer that needs them sets it when the run starts. Numbers have none.</summary>
    public bool CountsRight { get; set; }

    internal bool StopRequested { get; private set; }

    /// <summary>Asks the run to end after this epoch.</summary>
    public void RequestStop() => StopRequested = true;

    /// <summary>Keeps all that the run needs to go on from here, in a file that <see cref="Trainer{T}.Resume"/> reads. The file is replaced only once the new
    /// one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SteepestException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The run is over.</exception>
    public void SaveCheckpoint(string path) => trainer.SaveCheckpoint(path);
}
