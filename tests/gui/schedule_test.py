"""A schedule that ends is told and goes on, and averaged weights give way to live ones: python3 schedule_test.py ELBOW"""

import os
import sys
import unittest

import desktop

ELBOW = ""


class Schedule(unittest.TestCase):
    def setUp(self):
        display = desktop.Display()
        self.addCleanup(display.close)
        self.window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1", "--schedule", "cosine",
                                                      "--schedule-images", "20000", "--average", "tail"])
        self.addCleanup(self.window.close)
        desktop.wait_until(lambda: "schedule" in self.window.layout(), "the schedule to end", 120)

    def test_it_goes_on_for_as_long_again_and_has_a_curve(self):
        self.assertIn("has run its course", self.window.value("schedule"))
        seen = self.window.samples()
        self.window.click("schedule.0")
        desktop.wait_until(lambda: "schedule" not in self.window.layout(), "the schedule to go on")
        self.window.click("curves.tab.reading.0")
        desktop.wait_until(lambda: "schedule" in self.window.layout(), "the schedule to end again", 120)
        self.assertGreaterEqual(self.window.samples(), seen + 20000)

    def test_it_ends_where_the_person_says_so(self):
        self.window.click("schedule.1")
        desktop.wait_until(lambda: "schedule" not in self.window.layout(), "the note to go")
        self.assertFalse(desktop.is_soon(lambda: "schedule" in self.window.layout(), 1))

    def test_the_live_weights_are_measured_as_soon_as_they_are_shown(self):
        before = self.window.value("controls.held_out_bound")
        self.window.click("controls.search")
        for letter in "shown":
            self.window.key(letter)
        box = self.window.resting("controls.weights")  # high up, so that its list opens below
        for _ in range(3):  # as a person would who sees no list
            self.window.click("controls.weights")
            self.window.click_at(box["x"] + 0.3 * box["width"], box["y"] + 2.6 * box["height"])  # the second of the list
            if desktop.is_soon(lambda: self.window.value("controls.weights") == "live"):
                break
        self.window.wait_for_value("controls.weights", lambda value: value == "live", "the live weights to be chosen")
        desktop.wait_until(lambda: self.window.value("controls.held_out_bound") != before, "another bound")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
