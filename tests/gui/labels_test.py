"""A data set with more classes than the legend has rows: python3 labels_test.py ELBOW"""

import os
import pathlib
import random
import struct
import sys
import tempfile
import unittest

import desktop

ELBOW = ""
SIDE = 8  # pixels
CLASSES = 47
LAST_ROW = 31  # this label and all above share it


def write_idx(path, shape, values):
    path.write_bytes(struct.pack(f">I{len(shape)}I", 0x800 + len(shape), *shape) + bytes(values))


def write_dataset(folder):
    """Files in MNIST's format; the held-out images, which the map shows, have the labels that share the last row."""
    chance = random.Random(1)

    def square():  # somewhere, so that the latents spread
        left, top, grey = chance.randrange(SIDE - 2), chance.randrange(SIDE - 2), chance.randrange(60, 256)
        return [grey * (left <= i % SIDE < left + 3 and top <= i // SIDE < top + 3) for i in range(SIDE * SIDE)]

    for stem, count, first_label in (("train", 940, 0), ("t10k", 480, LAST_ROW)):
        labels = [first_label + i % (CLASSES - first_label) for i in range(count)]
        pixels = [pixel for _ in range(count) for pixel in square()]
        write_idx(folder / f"{stem}-images-idx3-ubyte", [count, SIDE, SIDE], pixels)
        write_idx(folder / f"{stem}-labels-idx1-ubyte", [count], labels)


class ManyLabels(unittest.TestCase):
    def test_the_last_row_hides_the_points_of_all_labels_from_there_on(self):
        folder = tempfile.TemporaryDirectory(prefix="elbow-labels-")
        self.addCleanup(folder.cleanup)
        write_dataset(pathlib.Path(folder.name))
        display = desktop.Display()
        self.addCleanup(display.close)
        window = desktop.Window(ELBOW, display, ["--dataset", "mnist", "--data-dir", folder.name])
        self.addCleanup(window.close)
        desktop.wait_until(lambda: "controls.samples" in window.layout() and window.samples() > 20000, "some training", 120)
        window.measure_patience()
        window.click("controls.play")
        window.settled("controls.samples")
        window.move(*window.centre("map.canvas"))
        window.key("x")  # a map that fills the window has room for all rows
        desktop.wait_until(lambda: "controls.play" not in window.layout(), "the map to fill the window")

        def switch(row, to):
            window.click(f"map.legend.{row}")
            window.wait_for_value(f"map.legend.{row}", lambda v: v == to, f"to be {to}")

        shown = window.settled_picture("map.canvas")
        self.assertNotIn(f"map.legend.{LAST_ROW + 1}", window.layout())
        switch(LAST_ROW, "hidden")
        hidden = window.settled_picture("map.canvas")
        self.assertGreater(shown.differing(hidden), 0.001)
        # Nothing is left that another row would hide, and other rows hide nothing of these labels.
        for row in (0, 1, 8):
            switch(row, "hidden")
        self.assertEqual(window.settled_picture("map.canvas").differing(hidden), 0)
        switch(LAST_ROW, "shown")
        self.assertEqual(window.settled_picture("map.canvas").differing(shown), 0)


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
