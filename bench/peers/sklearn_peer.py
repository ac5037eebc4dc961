"""The workloads in scikit-learn's MLPClassifier, by its own fit with warm_start: an epoch as it does one. It has no leaky ReLU, so W1 has
ReLU here, and draws its own start. Its loss is part of its loop."""

import peer

before = peer.mapped()

import warnings

import scipy
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

libraries = peer.mapped() - before
warnings.filterwarnings("ignore", category=ConvergenceWarning)


def classifier(name, rows, seed=0):
    setup = peer.SETUP[name]
    return MLPClassifier(
        setup["sizes"][1:-1],
        activation="relu",
        solver="adam",
        alpha=0,
        batch_size=setup["batch"] or rows,
        learning_rate_init=setup["rate"],
        shuffle=setup["batch"] is not None,
        random_state=seed,
        tol=0,
        n_iter_no_change=10**9,
        max_iter=1,
        warm_start=True,
    )


def training(name):
    x, y = peer.rows_of(peer.SETUP[name])
    model = classifier(name, len(x))

    def run(epochs):
        model.max_iter = epochs
        model.fit(x, y)

    return run


def train_one(seed):
    x, y = peer.rows_of(peer.SETUP["w1"])
    model = classifier("w1", len(x), seed)
    model.max_iter = peer.W5_EPOCHS
    model.fit(x, y)
    return model.loss_


def w5_pool():
    import multiprocessing

    def run(times):
        for _ in range(times):
            with multiprocessing.Pool(peer.THREADS) as pool:
                pool.map(train_one, range(64), chunksize=1)

    return run


peer.main(
    "scikit-learn",
    sklearn.__version__,
    peer.installed_bytes([sklearn, scipy], libraries),
    {
        "w1": (lambda: training("w1"), "ReLU, for want of a leaky one"),
        "w2": (lambda: training("w2"), ""),
        "w3": (lambda: training("w3"), ""),
        "fashion": (lambda: training("fashion"), ""),
        "w5-pool": (w5_pool, "a pool of processes"),
    },
    lambda name, epochs: None,
)
