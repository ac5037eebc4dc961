"""The workloads in NumPy, as a good NumPy programmer writes them: one flat array of parameters, nothing allocated in the loop, every
operation in place."""

import peer

before = peer.mapped()

import numpy as np

libraries = peer.mapped() - before


class Adam:
    def __init__(self, parameters, rate):
        self.p, self.rate, self.t = parameters, rate, 0
        self.m, self.v, self.s = (np.zeros_like(parameters) for _ in range(3))

    def step(self, g):
        p, m, v, s = self.p, self.m, self.v, self.s
        self.t += 1
        np.multiply(m, 0.9, out=m)
        np.multiply(g, 0.1, out=s)
        np.add(m, s, out=m)
        np.multiply(v, 0.999, out=v)
        np.multiply(g, g, out=s)
        np.multiply(s, 0.001, out=s)
        np.add(v, s, out=v)
        np.multiply(v, 1 / (1 - 0.999**self.t), out=s)
        np.sqrt(s, out=s)
        np.add(s, 1e-8, out=s)
        np.divide(m, s, out=s)
        np.multiply(s, self.rate / (1 - 0.9**self.t), out=s)
        np.subtract(p, s, out=p)


class Network:
    """Dense layers with leaky ReLU between them and softmax cross-entropy at the end. With a leading axis in `flat`, so many networks
    at once on the same rows."""

    def __init__(self, sizes, flat, slope, rows):
        self.slope, several = slope, flat.shape[:-1]
        self.gradient = np.zeros_like(flat)
        self.layers = peer.matrices(flat, sizes)
        self.gradients = peer.matrices(self.gradient, sizes)
        self.outputs = [np.empty((*several, rows, size), flat.dtype) for size in sizes[1:]]
        self.deltas = [np.empty_like(output) for output in self.outputs]
        self.positive = [np.empty(output.shape, bool) for output in self.outputs]

    def loss_and_gradient(self, x, y):
        rows, last = len(x), len(self.layers) - 1
        outputs = [output[..., :rows, :] for output in self.outputs]
        deltas = [delta[..., :rows, :] for delta in self.deltas]
        a = x
        for l, (weight, bias) in enumerate(self.layers):
            z = outputs[l]
            np.matmul(a, weight.swapaxes(-1, -2), out=z)
            np.add(z, bias[..., None, :], out=z)
            if l < last:
                if self.slope == 0:
                    np.maximum(z, 0, out=z)
                else:
                    np.multiply(z, self.slope, out=deltas[l])
                    np.maximum(z, deltas[l], out=z)
            a = z

        z, d, each = outputs[last], deltas[last], np.arange(rows)
        np.subtract(z, z.max(-1, keepdims=True), out=z)
        labelled = z[..., each, y]
        np.exp(z, out=d)
        sums = d.sum(-1, keepdims=True)
        loss = (np.log(sums[..., 0]) - labelled).mean(-1)
        np.divide(d, sums, out=d)
        d[..., each, y] -= 1
        np.divide(d, rows, out=d)

        for l in range(last, -1, -1):
            d = deltas[l]
            np.matmul(d.swapaxes(-1, -2), outputs[l - 1] if l else x, out=self.gradients[l][0])
            np.sum(d, axis=-2, out=self.gradients[l][1])
            if l:
                back = deltas[l - 1]
                np.matmul(d, self.layers[l][0], out=back)
                positive = self.positive[l - 1][..., :rows, :]
                np.greater(outputs[l - 1], 0, out=positive)
                if self.slope == 0:
                    np.multiply(back, positive, out=back)
                else:
                    np.multiply(back, self.slope, out=back, where=~positive)
        return loss


def training(name):
    setup = peer.SETUP[name]
    x, y = peer.rows_of(setup)
    flat = peer.load(name + "-start")
    batch = setup["batch"] or len(x)
    network, adam = Network(setup["sizes"], flat, setup["slope"], batch), Adam(flat, setup["rate"])
    order = np.random.default_rng(0)

    def run(epochs):
        for _ in range(epochs):
            if batch == len(x):
                network.loss_and_gradient(x, y)
                adam.step(network.gradient)
                continue
            rows = order.permutation(len(x))
            for start in range(0, len(x), batch):
                taken = rows[start : start + batch]
                network.loss_and_gradient(x[taken], y[taken])
                adam.step(network.gradient)

    return run


def w4():
    rng = np.random.default_rng(0)
    parameters, gradient = (rng.uniform(-1, 1, peer.W4_PARAMETERS).astype(np.float32) for _ in range(2))
    adam = Adam(parameters, 0.001)

    def run(steps):
        for _ in range(steps):
            adam.step(gradient)

    return run


def w5():
    setup = peer.SETUP["w1"]
    x, y = peer.rows_of(setup)

    def run(times):
        for _ in range(times):
            flat = peer.load("w5-starts")
            network, adam = Network(setup["sizes"], flat, setup["slope"], len(x)), Adam(flat, setup["rate"])
            for _ in range(peer.W5_EPOCHS):
                network.loss_and_gradient(x, y)
                adam.step(network.gradient)

    return run


def check(name, epochs):
    if name not in peer.SETUP:
        return None
    setup = peer.SETUP[name]
    x, y = peer.rows_to_check(setup)
    flat = peer.load(name + "-start")
    network, adam = Network(setup["sizes"], flat, setup["slope"], len(x)), Adam(flat, setup["rate"])
    for _ in range(epochs):
        loss = network.loss_and_gradient(x, y)
        adam.step(network.gradient)
    return float(loss)


peer.main(
    "NumPy",
    np.__version__,
    peer.installed_bytes([np], libraries),
    {
        "w1": (lambda: training("w1"), ""),
        "w2": (lambda: training("w2"), ""),
        "w3": (lambda: training("w3"), ""),
        "fashion": (lambda: training("fashion"), ""),
        "w4": (w4, ""),
        "w5": (w5, "one batched model"),
    },
    check,
)
