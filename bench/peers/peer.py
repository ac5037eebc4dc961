"""What the peers share: the data, and the conversation with the program that measures.

Started as `python3 numpy_peer.py FOLDER`, a peer writes one line of JSON that says who it is, then answers each line of JSON with one:
{"workload": "w1", "repetitions": 100} with the seconds that took, {"check": "w1", "epochs": 200} with the loss of that epoch, the whole set
as one batch. Started as `python3 numpy_peer.py FOLDER w6` it trains 200 epochs of W1 and ends. FOLDER holds the data and the starts, as
the measuring program wrote them, so that all train on the same rows from the same parameters.
"""

import json
import os
import sys
import time

import numpy as np

THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))
QUICK = "STEEPEST_QUICK" in os.environ  # only shows that everything runs

# Rows a batch, None for all; learning rate.
SETUP = {
    "w1": {"sizes": (4, 10, 3), "batch": None, "rate": 0.01, "slope": 0.01, "data": "iris"},
    "w2": {"sizes": (64, 128, 64, 10), "batch": 64, "rate": 0.001, "slope": 0.0, "data": "digits"},
    "w3": {"sizes": (784, 1000, 1000, 10), "batch": 128, "rate": 0.001, "slope": 0.0, "data": "random"},
    "fashion": {"sizes": (784, 256, 128, 10), "batch": 128, "rate": 0.001, "slope": 0.0, "data": "fashion"},
}
W4_PARAMETERS = 10_000_000
W5_EPOCHS = 10 if QUICK else 2_000


def load(name):
    return np.load(os.path.join(sys.argv[1], name + ".npy"))


def rows_of(setup):
    features, labels = load(setup["data"] + "-features"), load(setup["data"] + "-labels")
    return (features[:1797], labels[:1797]) if QUICK else (features, labels)


def rows_to_check(setup):
    """At most 1,797 rows: enough to tell that two programs do the same."""
    features, labels = rows_of(setup)
    return features[:1797], labels[:1797]


def matrices(flat, sizes):
    """Views of the weights (outputs × inputs) and biases in a flat array, or in the last axis of several."""
    views, at = [], 0
    for inputs, outputs in zip(sizes, sizes[1:]):
        weight = flat[..., at : at + outputs * inputs].reshape(*flat.shape[:-1], outputs, inputs)
        at += outputs * inputs
        views.append((weight, flat[..., at : at + outputs]))
        at += outputs
    return views


def timed(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def mapped():
    """The shared libraries in this process."""
    if not os.path.exists("/proc/self/maps"):
        return set()
    with open("/proc/self/maps") as lines:
        return {os.path.realpath(parts[5]) for parts in map(str.split, lines) if len(parts) == 6 and ".so" in parts[5]}


def installed_bytes(packages, libraries):
    """What the packages' folders take on the disk, and the shared libraries outside of them that came with them."""
    folders = [os.path.realpath(os.path.dirname(package.__file__)) for package in packages]
    files = {
        os.path.realpath(os.path.join(folder, name))
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if "__pycache__" not in folder
    }
    return sum(os.path.getsize(file) for file in files | libraries if os.path.exists(file))


def blas():
    """Which OpenBLAS kernels run, if it is OpenBLAS."""
    import ctypes

    for path in sorted(mapped()):
        if "openblas" in path:
            library = ctypes.CDLL(path)
            library.openblas_get_corename.restype = ctypes.c_char_p
            library.openblas_get_config.restype = ctypes.c_char_p
            version = library.openblas_get_config().decode().split()[1]
            return f"OpenBLAS {version}, {library.openblas_get_corename().decode()}"
    return "no OpenBLAS"


def main(name, version, size, workloads, check, details=None):
    """Answers until the measuring program hangs up.

    `workloads` names for each workload a function that prepares it and gives another, which does so many repetitions; beside it a note
    for the table. `check(workload, epochs)` gives a loss or None.
    """
    if len(sys.argv) > 2:
        workloads["w1"][0]()(200)
        return
    hello = {"name": name, "version": version, "details": details or blas(), "bytes": size, "workloads": {key: note for key, (_, note) in workloads.items()}}
    print(json.dumps(hello), flush=True)
    ready = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "check" in request:
            answer = {"loss": check(request["check"], request["epochs"])}
        else:
            key = request["workload"]
            if key not in ready:
                ready.clear()  # one workload's memory at a time
                ready[key] = workloads[key][0]()
            repetitions = request["repetitions"]
            answer = {"seconds": timed(lambda: ready[key](repetitions))}
        print(json.dumps(answer), flush=True)
