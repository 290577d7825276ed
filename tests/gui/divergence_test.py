"""A run that diverges goes on with one click: python3 divergence_test.py ELBOW"""

import os
import sys
import unittest

import desktop

ELBOW = ""


class Divergence(unittest.TestCase):
    def setUp(self):
        display = desktop.Display()
        self.addCleanup(display.close)
        self.window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1", "--optimizer", "sgd",
                                                      "--weight-prior", "off", "--step-size", "0.64"])
        self.addCleanup(self.window.close)
        self.wait_for_status("failed", 120)

    def wait_for_status(self, status, timeout_s=30):
        self.window.wait_for_value("status", lambda value: value == status, f"the run to be {status}", timeout_s)

    def step_size(self):
        return float(self.window.value("controls.step-size"))

    def test_the_button_goes_on_with_smaller_steps_until_they_hold(self):
        self.assertIn("has diverged", self.window.value("failure"))
        before = self.step_size()
        for _ in range(12):
            step_size = self.step_size()
            self.window.click("failure.0")
            self.window.wait_for_value("controls.step-size", lambda v, step_size=step_size: float(v) < step_size, "smaller steps")
            desktop.wait_until(lambda: self.window.samples() > 20000 or "failure.0" in self.window.layout(),
                               "the run to learn or to diverge again", 120)
            if "failure.0" not in self.window.layout():
                break
        self.wait_for_status("playing")
        self.assertLess(self.step_size(), before)
        self.assertNotIn("failure", self.window.layout())

    def test_a_person_who_lowered_the_step_size_may_play(self):
        self.assertEqual(self.window.value("controls.play"), "", "disabled")
        self.assertEqual(self.window.value("controls.step"), "", "disabled")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
