"""A training in pieces, each resumed from the save of the one before, ends with the very bytes of one that was never interrupted."""

import itertools
import random

from attacks import Trial
from program import SMALL, Broken, State

BATCH = 450  # does not divide the 1e4 training images, so that epochs end within minibatches
STEPS = 30  # which reach into the second epoch
ESTIMATORS = ("sgvb_b", "sgvb_a", "iwae", "wake_sleep", "autoencoder", "mcem", "per_image", "full_vb")
OPTIMISERS = ("adam", "nadam", "adagrad", "sgd")
TARGETS = ("grey", "binarised", "redrawn")
CODE_PER_IMAGE = ("mcem", "per_image")  # which is of fixed targets, so that redrawn ones are refused
NAMED = {  # beyond the product of those
    "five latents": ["--latent", "5"],
    "ReLU": ["--activation", "relu"],
    "the paper's initial weights": ["--init", "paper"],
    "Gaussian likelihood": ["--likelihood", "gaussian", "--step-size", "1e-5"],
    "Gaussian likelihood, no floor": ["--likelihood", "gaussian", "--variance-floor", "off", "--step-size", "1e-5"],
    "KL warm-up": ["--kl-warmup", "9000", "--beta", "0.5"],
    "iwae, k = 5": ["--estimator", "iwae", "--noise-samples", "5"],
    "sgvb_a, L = 3": ["--estimator", "sgvb_a", "--noise-samples", "3"],
    "a weight prior": ["--weight-prior", "on"],
    "some training images": ["--train-images", "1000"],
    "Adagrad warming up": ["--optimizer", "adagrad", "--warmup-steps", "20"],
    "another seed": ["--seed", "4711"],
    "one image a minibatch": ["--batch", "1"],
}
SLOW = {  # where the cores are busy
    "two threads": ["--threads", "2"],
    "three threads": ["--threads", "3"],
    "autograd": ["--gradients", "autograd"],
    "autograd, wake_sleep": ["--gradients", "autograd", "--estimator", "wake_sleep"],
}


class Pieces:
    def __init__(self, program, seed):
        self.program, self.seed = program, seed

    def split(self, name):
        """Three to five pieces of at least one step."""
        chance = random.Random(f"{self.seed} {name}")
        cuts = sorted(chance.sample(range(1, STEPS), chance.randint(2, 4)))
        return [b - a for a, b in zip([0, *cuts], [*cuts, STEPS])]

    def compare(self, name, options, folder):
        usual = dict(zip(SMALL[::2], SMALL[1::2])) | {"--batch": str(BATCH)}
        named = usual | dict(zip(options[::2], options[1::2]))
        options, batch = [word for pair in named.items() for word in pair], int(named["--batch"])
        whole, pieces = folder / "whole", folder / "pieces"
        self.program.must("train", *options, "--samples", STEPS * batch, "--out", whole)
        split = self.split(name)
        self.program.must("train", *options, "--samples", split[0] * batch, "--out", pieces)
        for steps in split[1:]:
            self.program.must("train", "--resume", pieces, "--samples", steps * batch)
        self.check_equal(State(pieces), State(whole), f"in pieces of {split} steps")

    def compare_a_repeat(self, folder):
        """Options that change between the pieces are changed at the same steps by a repeat."""
        pieces, whole = folder / "pieces", folder / "whole"
        self.program.must("train", *SMALL, "--samples", 700, "--out", pieces)
        self.program.must("train", "--resume", pieces, "--step-size", "0.002", "--samples", 500)
        self.program.must("train", "--resume", pieces, "--beta", "0.5", "--batch", "50", "--samples", 1000)
        self.program.must("train", "--repeat", pieces, "--out", whole)
        self.check_equal(State(pieces), State(whole), "with changed options")

    @staticmethod
    def check_equal(a, b, how):
        differing = [name for name in a.differences(b) if name in ("model", "optimizer")]
        if differing or a.step != b.step:
            raise Broken(f"{how}: {', '.join(differing) or 'the step'} differs from that of the training at once")

    def trials(self, with_slow_ones):
        named = NAMED | (SLOW if with_slow_ones else {})
        for estimator, optimiser, targets in itertools.product(ESTIMATORS, OPTIMISERS, TARGETS):
            if estimator in CODE_PER_IMAGE and targets == "redrawn":
                continue
            named[f"{estimator}, {optimiser}, {targets}"] = ["--estimator", estimator, "--optimizer", optimiser, "--targets", targets]
        trials = [Trial(name, lambda folder, name=name, options=options: self.compare(name, options, folder))
                  for name, options in named.items()]
        return [*trials, Trial("changed options, repeated", self.compare_a_repeat)]
