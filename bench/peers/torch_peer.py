"""The workloads in PyTorch, as its own tutorials write a training loop; Adam as one loop over the tensors or with foreach=True, whichever
is faster here."""

import peer

before = peer.mapped()

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

libraries = peer.mapped() - before
torch.set_num_threads(peer.THREADS)


def network(name):
    setup = peer.SETUP[name]
    layers, sizes = [], setup["sizes"]
    flat = peer.load(name + "-start")
    for weight, bias in peer.matrices(flat, sizes):
        linear = nn.Linear(weight.shape[1], weight.shape[0], dtype=torch.from_numpy(flat).dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight))
            linear.bias.copy_(torch.from_numpy(bias))
        layers += [linear, nn.LeakyReLU(setup["slope"]) if setup["slope"] else nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def step(model, optimizer, x, y):
    optimizer.zero_grad(set_to_none=True)
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


def fastest_adam(parameters, rate, work, repetitions):
    """Adam in its faster spelling, by trial: `work(optimizer)` is one step."""
    parameters, chosen, least = list(parameters), None, float("inf")
    for foreach in (False, True):
        optimizer = torch.optim.Adam(parameters, lr=rate, foreach=foreach)
        for _ in range(repetitions):
            work(optimizer)
        seconds = min(peer.timed(lambda: [work(optimizer) for _ in range(repetitions)]) for _ in range(3))
        if seconds < least:
            chosen, least = foreach, seconds
    return torch.optim.Adam(parameters, lr=rate, foreach=chosen)


def training(name):
    setup = peer.SETUP[name]
    x, y = map(torch.from_numpy, peer.rows_of(setup))
    batch = setup["batch"] or len(x)
    model = network(name)
    optimizer = fastest_adam(model.parameters(), setup["rate"], lambda adam: step(model, adam, x[:batch], y[:batch]), 10)

    def run(epochs):
        for _ in range(epochs):
            if batch == len(x):
                step(model, optimizer, x, y).item()
                continue
            rows, total = torch.randperm(len(x)), 0.0
            for start in range(0, len(x), batch):
                taken = rows[start : start + batch]
                total += step(model, optimizer, x[taken], y[taken]).item() * len(taken)

    return run


def w4():
    generator = torch.Generator().manual_seed(0)
    parameter = nn.Parameter(torch.rand(peer.W4_PARAMETERS, generator=generator) * 2 - 1)
    parameter.grad = torch.rand(peer.W4_PARAMETERS, generator=generator) * 2 - 1
    optimizer = fastest_adam([parameter], 0.001, lambda adam: adam.step(), 3)

    def run(steps):
        for _ in range(steps):
            optimizer.step()

    return run


def w5():
    """All sixty-four as one model: every layer a batched product."""
    setup = peer.SETUP["w1"]
    x, y = map(torch.from_numpy, peer.rows_of(setup))
    count, rows = 64, len(x)
    inputs, labels = x.expand(count, *x.shape), y.repeat(count)

    def run(times):
        for _ in range(times):
            starts = peer.load("w5-starts")
            parameters = [nn.Parameter(torch.from_numpy(part.copy())) for pair in peer.matrices(starts, setup["sizes"]) for part in pair]

            def one(adam):
                w1, b1, w2, b2 = parameters
                adam.zero_grad(set_to_none=True)
                hidden = F.leaky_relu(torch.baddbmm(b1.unsqueeze(1), inputs, w1.transpose(1, 2)), setup["slope"])
                logits = torch.baddbmm(b2.unsqueeze(1), hidden, w2.transpose(1, 2))
                loss = F.cross_entropy(logits.reshape(count * rows, -1), labels, reduction="none").view(count, rows).mean(1)
                loss.sum().backward()
                adam.step()
                return loss.detach()

            optimizer = torch.optim.Adam(parameters, lr=setup["rate"])
            for _ in range(peer.W5_EPOCHS):
                one(optimizer)

    return run


def train_one(seed):
    torch.set_num_threads(1)
    setup = peer.SETUP["w1"]
    x, y = map(torch.from_numpy, peer.rows_of(setup))
    model = network("w1")
    with torch.no_grad():
        for parameter, start in zip(model.parameters(), [part for pair in peer.matrices(peer.load("w5-starts")[seed], setup["sizes"]) for part in pair]):
            parameter.copy_(torch.from_numpy(start))
    optimizer = torch.optim.Adam(model.parameters(), lr=setup["rate"])
    for _ in range(peer.W5_EPOCHS):
        loss = step(model, optimizer, x, y).item()
    return loss


def w5_pool():
    import multiprocessing

    def run(times):
        for _ in range(times):
            with multiprocessing.get_context("spawn").Pool(peer.THREADS) as pool:
                pool.map(train_one, range(64), chunksize=1)

    return run


def check(name, epochs):
    if name not in peer.SETUP:
        return None
    setup = peer.SETUP[name]
    x, y = map(torch.from_numpy, peer.rows_to_check(setup))
    model = network(name)
    optimizer = torch.optim.Adam(model.parameters(), lr=setup["rate"])
    for _ in range(epochs):
        loss = step(model, optimizer, x, y)
    return loss.item()


if __name__ == "__main__":
    peer.main(
        "PyTorch",
        torch.__version__,
        peer.installed_bytes([torch], libraries),
        {
            "w1": (lambda: training("w1"), ""),
            "w2": (lambda: training("w2"), ""),
            "w3": (lambda: training("w3"), ""),
            "fashion": (lambda: training("fashion"), ""),
            "w4": (w4, ""),
            "w5": (w5, "one batched model"),
            "w5-pool": (w5_pool, "a pool of processes"),
        },
        check,
    )
