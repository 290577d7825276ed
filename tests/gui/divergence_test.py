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

    def failure(self):
        return self.window.layout().get("failure", {"value": ""})["value"]

    def has_learnt(self):
        return "failure" not in self.window.layout() and self.window.samples() > 20000

    def test_the_button_goes_on_with_smaller_steps_until_they_hold(self):
        before, tries = self.step_size(), 0
        while not self.has_learnt() and tries < 12:
            message, tries = self.window.value("failure"), tries + 1
            self.assertIn("has diverged", message)
            self.window.click("failure.0")
            # A run that breaks again is back at the options of the sound state, so only its words tell it from the one before.
            desktop.wait_until(lambda message=message: self.has_learnt() or self.failure() not in ("", message),
                               "the run to learn or to diverge again", 120)
        self.wait_for_status("playing")
        self.assertLess(self.step_size(), before)
        self.assertNotIn("failure", self.window.layout())

    def test_a_person_who_lowered_the_step_size_may_play(self):
        self.assertEqual(self.window.value("controls.play"), "", "disabled")
        self.assertEqual(self.window.value("controls.step"), "", "disabled")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
