#!/usr/bin/env python3
"""The peer of `elbow bench train`: the same VAEs in PyTorch, timed step by step; prints one JSON object.

    scripts/bench_peer.py MODEL loader|memory --threads T --seconds S

MODEL is one of MODELS. "loader" is as most people write it: a data set whose images are bytes until each is asked for, as
torchvision's are, and a DataLoader that shuffles, collates image by image, and hands over minibatches. "memory" keeps all images in one tensor of floats and picks the rows of each minibatch itself.
"""

import argparse
import json
import math
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("batches", choices=("loader", "memory"))
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    arguments = parser.parse_args()

    torch.manual_seed(1)
    torch.set_num_threads(arguments.threads)
    make, pixels, minibatch = MODELS[arguments.model]
    count = 60000 if pixels == 784 else 1700
    grey = torch.randint(0, 256, (count, pixels), dtype=torch.uint8)
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
