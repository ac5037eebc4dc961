using System.Text.Json;

namespace Steepest.Tests;

/// <summary>Our optimizers by the names and settings of the reference files.</summary>
internal static class ReferenceOptimizers
{
    private static readonly Lazy<JsonElement> Torch = new(() => Golden.Load("optimizers_torch"));

    private static readonly Lazy<JsonElement> New = new(() => Golden.Load("optimizers_new"));

    /// <summary>All cases of both files, whether we have their optimizer or not.</summary>
    public static IEnumerable<(string File, int Index, JsonElement Case)> Cases =>
        from file in (string[])["torch", "new"]
        from found in Root(file).GetProperty("cases").EnumerateArray().Index()
        select (file, found.Index, found.Item);

    public static JsonElement Root(string file) => file == "torch" ? Torch.Value : New.Value;

    /// <summary>The names that have no optimizer of ours, each for a reason: another form of one that we have, a known bug, or one left out of the zoo.</summary>
    public static IReadOnlyList<string> LeftOut { get; } =
    [
        "NAdam_torch1.13_bug", "SGDSklearnNesterov", "SophiaG", "LAMB_jettify",
    ];

    /// <summary>The optimizer of a case; null for one that is not among ours.</summary>
    public static Optimizer? Of(JsonElement expected)
    {
        var s = new ReferenceSettings(expected.GetProperty("all_hyperparameters"));
        var name = expected.GetProperty("optimizer").GetString()!;
        return name switch
        {
            "SGD" => new Sgd(s["lr"], s["momentum"], s["dampening"], s.IsOn("nesterov"), s["weight_decay"], Maximize: s.IsOn("maximize")),
            "ASGD" => new Asgd(s["lr"], s["lambd"], s["alpha"], s["t0"], s["weight_decay"], s.IsOn("maximize")),
            "Rprop" => new Rprop(s["lr"], s["etas", 0], s["etas", 1], s["step_sizes", 0], s["step_sizes", 1], s.IsOn("maximize")),
            "Adagrad" => new Adagrad(s["lr"], s["eps"], s["weight_decay"], s.IsOn("maximize"), s["lr_decay"], s["initial_accumulator_value"]),
            "Adadelta" => new Adadelta(s["lr"], s["rho"], s["eps"], s["weight_decay"], s.IsOn("maximize")),
            "RMSprop" => new RmsProp(s["lr"], s["alpha"], s["eps"], s["momentum"], s.IsOn("centered"), false, s["weight_decay"], s.IsOn("maximize")),
            "RMSpropKeras" => new RmsProp(s["lr"], s["rho"], s["eps"], s["momentum"], s.IsOn("centered"), EpsilonInside: true),
            "Adam" => new Adam(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("maximize")),
            "AMSGrad" => new AmsGrad(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("maximize")),
            "AdamKeras" => s.IsOn("amsgrad")
                ? new AmsGrad(s["lr"], s["betas", 0], s["betas", 1], s["eps"], EpsilonHat: true)
                : new Adam(s["lr"], s["betas", 0], s["betas", 1], s["eps"], EpsilonHat: true),
            "AdamW" => new AdamW(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("maximize"), s.IsOn("amsgrad")),
            "Adamax" => new Adamax(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("maximize")),
            "NAdam" or "NAdam_decoupled" => new NAdam(
                s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("decoupled_weight_decay"), s.IsOn("maximize"), s["momentum_decay"]),
            "RAdam" or "RAdam_decoupled" => new RAdam(
                s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("decoupled_weight_decay"), s.IsOn("maximize")),
            "Yogi" => new Yogi(s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], InitialMoment: s["initial_accumulator"]),
            "AdaBelief" => new AdaBelief(
                s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s.IsOn("weight_decouple"), false, s.IsOn("rectify"), s.IsOn("amsgrad")),
            "Adan" => new Adan(
                s["lr"], s["betas", 0], s["betas", 1], s["betas", 2], s["eps"], s["weight_decay"], s.IsOn("no_prox"), s["max_grad_norm"]),
            "LBFGS" or "LBFGS_strong_wolfe" => new LBfgs(
                s["lr"], (int)s["max_iter"], (int)s["history_size"], s.Text("line_search_fn") is null, s["tolerance_grad"], s["tolerance_change"]),
            "LAMB_timm" => new Lamb(
                s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s["max_grad_norm"], s.IsOn("trust_clip"), s.IsOn("always_adapt")),
            "Adafactor_torch" => new Adafactor(
                s["lr"], -s["beta2_decay"], 0, s.Or("eps", 0, double.BitIncrement(1) - 1), s["eps", 1], s["d"], s["weight_decay"], Maximize: s.IsOn("maximize")),
            "Adafactor_timm" => new Adafactor(
                s.IsOn("warmup_init") ? new WarmUp(1, 1_000_000) : s.Or("lr", 0.01), -s["decay_rate"], s["beta1"], s["eps"], s["eps_scale"], s["clip_threshold"], s["weight_decay"],
                (int)s["min_dim_size_to_factor"], AddEpsilon: true, Absolute: !s.IsOn("relative_step")),
            "Muon_KellerJordan" => new Muon(s["lr"], s["momentum"], s["weight_decay"]),
            "Muon_torch" => new Muon(
                s["lr"], s["momentum"], s["weight_decay"], (int)s["ns_steps"], !s.IsOn("nesterov"), MatchAdam(expected), ClampNorm: true),
            "SOAP" or "SOAP_1d_and_rectangular" => new Soap(
                s["lr"], s["betas", 0], s["betas", 1], s["shampoo_beta"], s["eps"], s["weight_decay"], (int)s["precondition_frequency"],
                (int)s["max_precond_dim"], s.IsOn("normalize_grads"), s.IsOn("correct_bias")),
            "Prodigy" => new Prodigy(
                s["lr"], s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s["d0"], s["d_coef"], s["growth_rate"], s.IsOn("use_bias_correction"),
                !s.IsOn("decouple"), s.IsOn("safeguard_warmup")),
            "ScheduleFreeSGD" => new ScheduleFreeSgd(Warmed(s), s["momentum"], s["weight_decay"], s["r"], s["weight_lr_power"]),
            "ScheduleFreeAdamW" when s["inner_momentum"] == 0 => new ScheduleFreeAdamW(
                Warmed(s), s["betas", 0], s["betas", 1], s["eps"], s["weight_decay"], s["r"], s["weight_lr_power"]),
            "Lion" => new Lion(s["lr"], s["betas", 0], s["betas", 1], s["weight_decay"]),
            _ => null,
        };
    }

    /// <summary>Whether a case is left out, by name or by a setting that we have not.</summary>
    public static bool IsLeftOut(JsonElement expected) => LeftOut.Contains(expected.GetProperty("optimizer").GetString()!)
        || (expected.GetProperty("all_hyperparameters").TryGetProperty("inner_momentum", out var inner) && inner.GetDouble() != 0);

    private static Schedule Warmed(ReferenceSettings s) => s["warmup_steps"] > 0 ? new WarmUp(s["lr"], (long)s["warmup_steps"]) : s["lr"];

    private static bool MatchAdam(JsonElement expected) =>
        expected.GetProperty("hyperparameters").TryGetProperty("adjust_lr_fn", out var adjust) && adjust.GetString() == "match_rms_adamw";
}

/// <summary>The settings of a case by name.</summary>
internal sealed class ReferenceSettings(JsonElement settings)
{
    /// <summary>A number; 0 where the reference has no such setting, or none.</summary>
    public double this[string name] => settings.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Number() : 0;

    /// <summary>A number of a list.</summary>
    public double this[string name, int place] => settings.GetProperty(name)[place].Number();

    /// <summary>The settings inside a setting.</summary>
    public ReferenceSettings In(string name) => new(settings.GetProperty(name));

    public double Or(string name, double absent) => settings.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Number() : absent;

    /// <summary>A number of a list; what to take for it where it is none.</summary>
    public double Or(string name, int place, double absent) => settings.GetProperty(name)[place] is { ValueKind: not JsonValueKind.Null } value ? value.Number() : absent;

    public bool Or(string name, bool absent) => settings.TryGetProperty(name, out var value) ? value.GetBoolean() : absent;

    public string? Text(string name) => settings.TryGetProperty(name, out var value) ? value.GetString() : null;

    public bool IsOn(string name) => settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
