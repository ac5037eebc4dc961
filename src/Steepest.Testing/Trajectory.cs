namespace Steepest.Testing;

/// <summary>Where a reference implementation goes step by step, under gradients that are given: a paper's code, PyTorch, or your own plain loop.</summary>
/// <param name="Source">What it is from, for the sentence.</param>
/// <param name="Start">The parameters before the first step, as one segment.</param>
/// <param name="Gradients">The gradient of each step, as long as <paramref name="Start"/>.</param>
/// <param name="Parameters">The parameters after each step, as long as <paramref name="Start"/>.</param>
/// <param name="Tolerance">By how much a parameter may be off, as a part of the largest of its step or of 1 if that is more: not negative.</param>
public sealed record Trajectory(
    string Source, ValueList<double> Start, ValueList<ValueList<double>> Gradients, ValueList<ValueList<double>> Parameters, double Tolerance = 1e-12);
