"""Keras's figures for the reference recipe's networks on windows that export-windows.ts wrote.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1
    python test/bench/keras-reference.py FOLDER [--epochs 50] [--seed 0] [--kinds lstm cnn-lstm]

Trains Keras's own layers with the recipe: Adam 1e-3, binary cross-entropy, batch 32, EarlyStopping (patience 10 on
validation loss, best weights restored), ReduceLROnPlateau (.5, patience 5). Prints the pooled test AUC of each kind and
its training speed as JSON, and keeps the same in FOLDER/keras.json, where against-keras.ts looks for it.
"""
import argparse
import json
import os
import pathlib
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH = 32


def read_windows(folder):
    header = json.loads((folder / "windows.json").read_text())
    rows = np.fromfile(folder / "rows.f32", dtype="<f4").reshape(header["rows"], len(header["inputs"]))
    steps = np.arange(header["windowSteps"])

    def part(name):
        starts = np.fromfile(folder / f"{name}.starts.i32", dtype="<i4")
        labels = np.fromfile(folder / f"{name}.labels.u8", dtype=np.uint8)
        if not len(starts) == len(labels) == header["windows"][name]:
            sys.exit(f"{folder} holds other windows than its windows.json says")
        return rows[starts[:, None] + steps], labels.astype(np.float32)[:, None]

    return {name: part(name) for name in ("train", "validation", "test")}


def network(kind, window, inputs):
    padding = "same" if window < 10 else "valid"
    convolutions = [] if kind == "lstm" else [
        layers.Conv1D(32, 3, activation="relu", padding=padding), layers.BatchNormalization(), layers.MaxPooling1D(2),
        layers.Conv1D(64, 3, activation="relu", padding=padding), layers.BatchNormalization(), layers.MaxPooling1D(2),
    ]
    model = keras.Sequential([
        keras.Input((window, inputs)), *convolutions,
        layers.LSTM(64, return_sequences=True), layers.BatchNormalization(), layers.Dropout(0.2),
        layers.LSTM(32), layers.BatchNormalization(), layers.Dropout(0.2),
        layers.Dense(32, activation="relu"), layers.BatchNormalization(), layers.Dropout(0.2),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy")
    return model


class TrainingClock(keras.callbacks.Callback):
    """Seconds of each epoch's training, validation excluded, and a line an epoch on stderr."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter()
        self.validation_started = None

    def on_test_begin(self, logs=None):
        self.validation_started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(self.validation_started - self.started)
        losses = f"loss {logs['loss']:.4f}  validation {logs['val_loss']:.4f}"
        print(f"{self.kind}  epoch {epoch + 1}  {losses}  {self.seconds[-1]:.1f} s", file=sys.stderr, flush=True)


def auc(scores, labels):
    """Share of the pairs of an event and a non-event in which the event scores higher, ties half."""
    order = np.argsort(scores, kind="stable")
    values, first, counts = np.unique(scores[order], return_index=True, return_counts=True)
    ranks = np.empty(len(scores))
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    events = labels == 1
    n = int(events.sum())
    return float((ranks[events].sum() - n * (n + 1) / 2) / (n * (len(scores) - n)))


def fit(kind, windows, epochs, seed):
    keras.utils.set_random_seed(seed)
    (x, y), (test_x, test_y) = windows["train"], windows["test"]
    model = network(kind, x.shape[1], x.shape[2])
    clock = TrainingClock(kind)
    stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)
    plateau = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=5, min_delta=1e-4)
    history = model.fit(
        x, y, batch_size=BATCH, epochs=epochs, validation_data=windows["validation"], verbose=0,
        callbacks=[clock, stopping, plateau],
    )
    # The first epoch holds the compilation of the graph.
    trained = clock.seconds[1:] or clock.seconds
    return {
        "testAuc": auc(model.predict(test_x, batch_size=512, verbose=0).ravel(), test_y.ravel()),
        "epochs": len(history.history["loss"]),
        "bestEpoch": int(np.argmin(history.history["val_loss"])) + 1,
        "valLoss": float(np.min(history.history["val_loss"])),
        "windowsPerSecond": len(trained) * len(x) / sum(trained),
    }


parser = argparse.ArgumentParser(description="Keras's test AUC on exported windows")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--epochs", type=int, default=50)
parser.add_argument("--seed", type=int, default=0, help="draws weights, dropout and the order of windows")
parser.add_argument("--kinds", nargs="+", default=["lstm", "cnn-lstm"], choices=["lstm", "cnn-lstm"])
given = parser.parse_args()

windows = read_windows(given.folder)
settings = {"keras": keras.__version__, "tensorflow": tf.__version__, "epochs": given.epochs, "seed": given.seed}
file = given.folder / "keras.json"
kept = json.loads(file.read_text()) if file.exists() else {}
# Figures of other settings are not comparable.
models = kept["models"] if all(kept.get(name) == value for name, value in settings.items()) else {}
for kind in given.kinds:
    models[kind] = fit(kind, windows, given.epochs, given.seed)
text = json.dumps({**settings, "models": models}, indent=2) + "\n"
file.write_text(text)
print(text, end="")
