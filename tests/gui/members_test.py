"""A conditional, a convolutional, a coloured, a VampPrior and a planar run, seen and moved by a real mouse: python3 members_test.py ELBOW"""

import os
import sys
import unittest

import desktop

ELBOW = ""
DATASET = "shapes:side=28,train=1e4,held-out=1e3"


class Members(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.display = desktop.Display()
        cls.addClassCleanup(cls.display.close)

    def open(self, images, *options, dataset=DATASET):
        """A run with these options that has learned from so many images, paused."""
        self.window = desktop.Window(ELBOW, self.display, ["--dataset", dataset, *options])
        self.addCleanup(self.window.close)
        desktop.wait_until(lambda: "controls.samples" in self.window.layout() and self.window.samples() >= images,
                           f"training on {images} images", 180)
        self.window.measure_patience()
        self.play(False)

    def play(self, on):
        self.window.click("controls.play")
        desktop.wait_until(lambda: (self.window.value("status") == "playing") == on, f"training {'to go on' if on else 'to stop'}")
        if not on:
            self.window.settled("controls.samples")

    def is_seen(self, name):
        return name in self.window.layout()

    def drag_the_dot(self):
        """The pictures that were seen on the way."""
        box, start = self.window.widget("map.canvas"), self.window.centre("map.dot")
        seen = [self.window.settled("inspector.image")]
        right = start[0] > box["x"] + box["width"] / 2
        end = box["x"] + (0.3 if right else 0.7) * box["width"], box["y"] + 0.3 * box["height"]
        self.window.drag(start, end, at_each_step=lambda: seen.append(self.window.value("inspector.image")))
        return seen

    def check_that_dragging_the_dot_changes_the_picture(self):
        before = self.window.value("map.dot")
        self.assertGreaterEqual(len(set(self.drag_the_dot())), 3)
        self.window.wait_for_value("map.dot", lambda v: v != before, "to have moved")

    def check_that_all_is_there(self):
        for name in ("map.canvas", "map.dot", "inspector.image", "inspector.neighbours", "strip.frames", "reconstructions.sheet",
                     "prior.sheet", "curves.plot", "controls.held_out_bound"):
            self.window.widget(name)

    def test_a_conditional_run_decodes_the_dot_as_the_label_that_is_chosen(self):
        self.open(3000, "--condition", "label")
        self.check_that_all_is_there()
        self.check_that_dragging_the_dot_changes_the_picture()
        picture, label, dot = (self.window.settled(f"inspector.{name}") for name in ("image", "label", "z"))
        for _ in range(3):  # as a person would who sees no list
            self.window.click("inspector.label")
            if desktop.is_soon(lambda: self.is_seen("inspector.label.2")):
                break
        self.window.resting("inspector.label.2")
        self.window.click("inspector.label.2")
        self.window.wait_for_value("inspector.label", lambda v: v != label, "another label")
        self.window.wait_for_value("inspector.image", lambda v: v != picture, "another picture of the same z")
        self.assertEqual(self.window.value("inspector.z"), dot)

    def test_a_convolutional_run_is_explored_as_any_other(self):
        self.open(500, "--network", "conv", "--channels", "8,16")
        self.check_that_all_is_there()
        self.check_that_dragging_the_dot_changes_the_picture()
        self.assertFalse(self.is_seen("pseudo_inputs.title"), "its prior has none")

    def test_a_run_on_coloured_pictures_is_explored_as_any_other(self):
        if not desktop.has_dataset(ELBOW, "emoji"):
            self.skipTest("emoji is not on this machine; elbow data fetch emoji fetches it")
        self.open(300, "--network", "conv", "--channels", "8,16", "--likelihood", "logistic", dataset="emoji")
        self.check_that_all_is_there()
        self.check_that_dragging_the_dot_changes_the_picture()
        box = self.window.widget("reconstructions")
        self.window.click_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        pixels = self.window.settled_picture("reconstructions.sheet").pixels
        coloured = sum(max(pixels[at:at + 3]) - min(pixels[at:at + 3]) > 60 for at in range(0, len(pixels), 3))
        self.assertGreater(coloured, len(pixels) / 3 / 50)

    def test_a_vamp_prior_shows_its_pseudo_inputs_and_its_density(self):
        self.open(2000, "--prior", "vamp", "--components", "12")
        self.check_that_all_is_there()
        self.check_that_dragging_the_dot_changes_the_picture()
        self.assertEqual(self.window.value("pseudo_inputs.title"), "behind")
        self.window.click("pseudo_inputs.title")
        before, dot = self.window.settled("pseudo_inputs.sheet"), self.window.value("map.dot")
        box = self.window.widget("pseudo_inputs")
        for place in ((x / 10, y / 10) for y in range(4, 7) for x in range(3, 8)):
            self.window.click_at(box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"])
            if self.window.value("map.dot") != dot:
                break
        self.assertNotEqual(self.window.value("map.dot"), dot)

        for name in ("points", "path"):  # what is left is dark but for the dot
            self.window.click(f"map.toggle.{name}")
            self.window.wait_for_value(f"map.toggle.{name}", lambda v: v == "off", "to be off")
        without = self.bright_pixels()
        self.window.click("map.toggle.density")
        self.window.wait_for_value("map.density", lambda v: not v.startswith("0 lines"), "to have lines")
        self.assertGreater(self.bright_pixels(), without + 200)
        for name in ("map.legend.density", "map.legend.0"):
            self.window.widget(name)

        self.play(True)
        self.window.wait_for_value("pseudo_inputs.sheet", lambda v: v != before, "to change while they learn", 60)

    def bright_pixels(self):
        picture = self.window.settled_picture("map.canvas")
        return sum(min(picture.pixels[at:at + 3]) > 110 for at in range(0, len(picture.pixels), 3))

    def test_the_posterior_of_a_planar_run_is_a_cloud_of_draws(self):
        self.open(2000, "--posterior", "planar", "--latent", "2")
        self.check_that_all_is_there()
        self.check_that_dragging_the_dot_changes_the_picture()
        self.assertFalse(self.is_seen("map.posterior"))
        box = self.window.widget("reconstructions")
        for place in ((x / 10, y / 10) for y in range(4, 7) for x in range(3, 8)):  # a click selects the image
            self.window.click_at(box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"])
            if self.is_seen("map.posterior"):
                break
        self.window.wait_for_value("map.posterior", lambda v: v == "400 draws", "to be drawn")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
