"""A race, begun, watched and ended by a real mouse: python3 race_test.py ELBOW"""

import os
import sys
import unittest

import desktop

ELBOW = ""


class Race(unittest.TestCase):
    def setUp(self):
        display = desktop.Display()
        self.addCleanup(display.close)
        self.window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1"])
        self.addCleanup(self.window.close)
        desktop.wait_until(lambda: "controls.samples" in self.window.layout() and self.window.samples() > 0, "training to begin", 120)
        self.window.measure_patience()

    def is_seen(self, name):
        return name in self.window.layout()

    def begin_race(self):
        for _ in range(3):  # as a person would who sees no menu
            self.window.click("controls.race")
            if desktop.is_soon(lambda: self.is_seen("race.wake_sleep")):
                break
        self.window.resting("race.wake_sleep")  # a menu finds its place in its first frames
        self.window.click("race.wake_sleep")
        desktop.wait_until(lambda: self.is_seen("second.map.canvas"), "the second map")

    def test_two_runs_race_and_one_goes_on(self):
        window = self.window
        whole = window.widget("map.canvas")["width"]
        estimator = window.value("controls.estimator")
        self.begin_race()
        window.wait_for_value("race", lambda text: "leads by" in text, "both to be evaluated", 120)
        first, second = window.widget("map.canvas"), window.widget("second.map.canvas")
        self.assertLess(first["width"], 0.6 * whole)
        self.assertGreater(second["x"], first["x"] + first["width"])
        self.assertEqual(second["y"], first["y"])

        # Both rest, and show different models of the same images.
        window.click("controls.play")
        window.wait_for_value("status", lambda status: status == "paused", "both to rest")
        mine, rivals = window.settled_picture("map.canvas"), window.settled_picture("second.map.canvas")
        self.assertGreater(mine.differing(rivals), 0.01)

        # Who only looks at the other map moves nothing there: a press, a pan, the wheel.
        dot, corner = window.value("second.map.dot"), window.value("second.map.canvas")
        box = window.widget("second.map.canvas")
        place = lambda x, y: (box["x"] + x * box["width"], box["y"] + y * box["height"])
        window.click_at(*place(0.06, 0.94))
        window.drag(place(0.06, 0.94), place(0.3, 0.9))
        window.move(*place(0.5, 0.5))
        window.zoom_in(1)
        window.wait_for_value("second.map.canvas", lambda view: view != corner, "the view to have moved")
        self.assertEqual(window.value("second.map.dot"), dot)
        self.assertEqual(window.value("controls.estimator"), estimator)

        # A drag of its dot takes its run in hand, a click on a name the one that is named.
        dot = window.resting("second.map.dot")
        start = (dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
        window.drag(start, (start[0] + 0.1 * box["width"], start[1]))
        rival = window.wait_for_value("controls.estimator", lambda name: name != estimator, "the second run in hand")
        window.click("race.name.0")
        window.wait_for_value("controls.estimator", lambda name: name == estimator, "the first run in hand")
        window.click("race.name.1")
        window.wait_for_value("controls.estimator", lambda name: name != estimator, "the second run in hand")

        # That one goes on alone.
        window.click("race.keep.1")
        desktop.wait_until(lambda: not self.is_seen("race"), "the race to end")
        self.assertEqual(window.value("controls.estimator"), rival)
        self.assertAlmostEqual(window.widget("map.canvas")["width"], whole, delta=1)
        samples = window.samples()
        window.click("controls.play")
        desktop.wait_until(lambda: window.samples() > samples, "the run to go on")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
