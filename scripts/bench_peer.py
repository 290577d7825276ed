#!/usr/bin/env python3
"""The peer of `elbow bench train`: the same VAEs in PyTorch, timed step by step; prints one JSON object.

    scripts/bench_peer.py MODEL loader|memory --threads T --seconds S
    scripts/bench_peer.py "784-500-20 ReLU, SGVB B" memory --threads T --to -105 --images FOLDER --seed S

MODEL is one of MODELS. "loader" is as most people write it: a data set whose images are bytes until each is asked for, as
torchvision's are, and a DataLoader that shuffles, collates image by image, and hands over minibatches. "memory" keeps all images in one tensor of floats and picks the rows of each minibatch itself.

With --to, it trains on MNIST's files in FOLDER until the bound of the held-out images is above that, by the settings of
`elbow train --preset quick`, and prints how many images and seconds of training that took.
"""

import argparse
import json
import math
import pathlib
import statistics
import sys
import time

import torch
from torch import nn

PAPER = {  # name: pixels, hidden units, latents, activation, Gaussian decoder
    "784-500-20 tanh, SGVB B": (784, 500, 20, nn.Tanh, False),
    "784-500-20 ReLU, SGVB B": (784, 500, 20, nn.ReLU, False),
    "560-200-10 tanh, Gaussian, SGVB B": (560, 200, 10, nn.Tanh, True),
}
WARM_UP_STEPS = 20


class Vae(nn.Module):
    """Of an encoder [M, D] -> [M, F], linear heads, and a decoder [M, N] -> logits or means [M, D]."""

    def __init__(self, encoder, features, latents, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.mean, self.log_variance = nn.Linear(features, latents), nn.Linear(features, latents)

    def negative_log_likelihood(self, x, z):
        return nn.functional.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="sum")

    def negative_bound(self, x):
        """Summed over the minibatch [M, D], nats."""
        code = self.encoder(x)
        mean, log_variance = self.mean(code), self.log_variance(code)
        z = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        kl = 0.5 * (mean.pow(2) + log_variance.exp() - 1 - log_variance).sum()
        return self.negative_log_likelihood(x, z) + kl


class PaperVae(Vae):
    def __init__(self, pixels, hidden, latents, activation, gaussian):
        super().__init__(nn.Sequential(nn.Linear(pixels, hidden), activation()), hidden, latents,
                         nn.Sequential(nn.Linear(latents, hidden), activation()))
        self.outputs = nn.Linear(hidden, pixels)
        self.spread = nn.Linear(hidden, pixels) if gaussian else None

    def negative_log_likelihood(self, x, z):
        units = self.decoder(z)
        pixel = torch.sigmoid(self.outputs(units))
        if self.spread is None:
            return nn.functional.binary_cross_entropy(pixel, x, reduction="sum")
        v = self.spread(units)
        return 0.5 * (math.log(2 * math.pi) + v + (x - pixel).pow(2) * torch.exp(-v)).sum()


def deep_perceptron():
    encoder = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU())
    decoder = nn.Sequential(nn.Linear(32, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784))
    return Vae(encoder, 256, 32, decoder)


def convolutional():
    encoder = nn.Sequential(nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(),
                            nn.Flatten())
    decoder = nn.Sequential(nn.Linear(20, 64 * 49), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)), nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(),
                            nn.ConvTranspose2d(32, 1, 4, 2, 1), nn.Flatten())
    return Vae(encoder, 64 * 49, 20, decoder)


MODELS = {  # name: how it is made, pixels, images of a minibatch
    **{name: (lambda sizes=sizes: PaperVae(*sizes), sizes[0], 100) for name, sizes in PAPER.items()},
    "mlp 784-512-256-32 ReLU, minibatch 128": (deep_perceptron, 784, 128),
    "conv 1-32-64 ReLU, minibatch 128": (convolutional, 784, 128),
}


class Images(torch.utils.data.Dataset):
    def __init__(self, grey):
        self.grey = grey

    def __len__(self):
        return len(self.grey)

    def __getitem__(self, index):
        return self.grey[index].float() / 255, 0  # and a label


def from_loader(grey, minibatch):
    loader = torch.utils.data.DataLoader(Images(grey), batch_size=minibatch, shuffle=True, drop_last=True)
    while True:
        for batch, _ in loader:
            yield batch


def from_memory(grey, minibatch):
    images = grey.float() / 255
    while True:
        order = torch.randperm(len(images))
        for rows in order.split(minibatch)[:len(images) // minibatch]:
            yield images.index_select(0, rows)


def read_idx(path, header):
    return torch.frombuffer(bytearray(path.read_bytes()[header:]), dtype=torch.uint8)


class QuickSteps:
    """engine/run/presets.cpp: NAdam of 0.003 after a warm-up, weights that begin with the mean image, their tail average."""

    STEP_SIZE, WARM_UP_IMAGES, MINIBATCH, AVERAGE_EVERY, PART = 0.003, 5000, 100, 16, 0.1

    def __init__(self, vae, images):
        self.vae, self.updates, self.taken = vae, 0, 0
        with torch.no_grad():
            for layer in vae.modules():
                if isinstance(layer, nn.Linear):
                    nn.init.xavier_uniform_(layer.weight, gain=0.5)
                    layer.bias.zero_()
            vae.outputs.bias.copy_(torch.logit(images.mean(0).clamp(0.001, 0.999)))
        # PyTorch lets the momentum grow from half of beta 1 to all of it; here it is there from the first step on.
        self.optimizer = torch.optim.NAdam(vae.parameters(), lr=self.STEP_SIZE, momentum_decay=1e3)
        self.mean = [weights.detach().clone() for weights in vae.parameters()]

    def step(self, images):
        grown = min(1.0, (self.updates * self.MINIBATCH + self.MINIBATCH) / self.WARM_UP_IMAGES)
        self.optimizer.param_groups[0]["lr"] = self.STEP_SIZE * grown
        self.optimizer.zero_grad()
        (self.vae.negative_bound(images) / len(images)).backward()
        self.optimizer.step()
        self.updates += 1
        if self.updates % self.AVERAGE_EVERY == 0:
            self.taken += 1
            power = 1 / self.PART - 1
            share = (power + 1) / (self.taken + power)
            with torch.no_grad():
                for mean, weights in zip(self.mean, self.vae.parameters()):
                    mean.lerp_(weights, share)

    def held_out_bound(self, images):
        """Of the averaged weights, nats per image."""
        live = [weights.detach().clone() for weights in self.vae.parameters()]
        with torch.no_grad():
            for weights, mean in zip(self.vae.parameters(), self.mean):
                weights.copy_(mean)
            bound = -sum(self.vae.negative_bound(part).item() for part in images.split(1000)) / len(images)
            for weights, kept in zip(self.vae.parameters(), live):
                weights.copy_(kept)
        return bound


def race(vae, arguments):
    grey = read_idx(arguments.images / "train-images-idx3-ubyte", 16).view(-1, 784)
    held_out = read_idx(arguments.images / "t10k-images-idx3-ubyte", 16).view(-1, 784).float() / 255
    steps = QuickSteps(vae, grey.float() / 255)
    batches = from_memory(grey, QuickSteps.MINIBATCH)
    seconds = 0.0
    while True:
        begun_s = time.perf_counter()
        for _ in range(arguments.every // QuickSteps.MINIBATCH):
            steps.step(next(batches))
        seconds += time.perf_counter() - begun_s
        bound = steps.held_out_bound(held_out)
        seen = steps.updates * QuickSteps.MINIBATCH
        if bound > arguments.to or seen >= 3_000_000 or not math.isfinite(bound):
            return {"torch": torch.__version__, "images": seen, "seconds": seconds, "bound": bound}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("batches", choices=("loader", "memory"))
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--to", type=float, help="a bound of the held-out images, nats per image")
    parser.add_argument("--every", type=int, default=10_000, help="training images between two looks at it (10000)")
    parser.add_argument("--images", type=pathlib.Path, help="the folder of MNIST's files")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    tuned = arguments.to is not None or arguments.batches == "memory"
    torch.set_flush_denormal(tuned)  # as elbow's threads do
    make, pixels, minibatch = MODELS[arguments.model]
    if arguments.to is not None:
        print(json.dumps(race(make(), arguments)))
        return
    count = 60000 if pixels == 784 else 1700
    grey = torch.randint(0, 256, (count, pixels), dtype=torch.uint8)
    if pixels == 784:  # as many of MNIST's pixels are black; which ones, makes no difference to dense products
        grey *= torch.rand(count, pixels) < 0.19
    vae = make()
    optimizer = torch.optim.Adam(vae.parameters(), lr=1e-3)
    batches = (from_loader if arguments.batches == "loader" else from_memory)(grey, minibatch)

    def step():
        optimizer.zero_grad()
        loss = vae.negative_bound(next(batches)) / minibatch
        loss.backward()
        optimizer.step()
        return loss.item()

    for _ in range(WARM_UP_STEPS):
        step()
    times_s, start_s = [], time.perf_counter()
    before_s = start_s
    while before_s - start_s < arguments.seconds:
        bound = -step()
        now_s = time.perf_counter()
        times_s.append(now_s - before_s)
        before_s = now_s
    if not math.isfinite(bound):
        sys.exit("bench_peer: the bound is no longer a finite number")
    times_s.sort()
    print(json.dumps({
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
        "images_per_s": len(times_s) * minibatch / (before_s - start_s),
        "step_p50_ms": statistics.median(times_s) * 1e3,
        "step_p99_ms": times_s[math.ceil(0.99 * len(times_s)) - 1] * 1e3,
    }))


if __name__ == "__main__":
    main()
