"""Starting and ending the window, and what is said where none can open: python3 start_test.py ELBOW"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import desktop

ELBOW = ""


class Start(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="elbow-start-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, display, *arguments, **variables):
        return subprocess.run(
            [ELBOW, "gui", "--dataset", "shapes", *arguments], env=desktop.environment(str(self.folder), display) | variables,
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)

    def open_display(self, scale=1):
        display = desktop.Display(scale)
        self.addCleanup(display.close)
        return display.name

    def run_until(self, is_enough, display, *arguments):
        """Ends the window by itself after ten seconds, and where those gave too little, after sixty: where much else
        runs, ten seconds may be four frames and no training."""
        for seconds in ("10", "60"):
            done = self.start(display, *arguments, "--exit-after", seconds, "--layout-log", "layout.json")
            self.assertEqual(done.returncode, 0, done.stderr)
            if is_enough():
                break

    def frames(self):
        with open(self.folder / "frames.csv", newline="") as file:
            return list(csv.DictReader(file))

    def assert_explains(self, done, *words):
        self.assertEqual(done.returncode, 1, done.stderr)
        for word in words:
            self.assertIn(word.lower(), done.stderr.lower())

    def test_no_display_is_explained(self):
        self.assert_explains(self.start(None), "display")

    def test_a_display_that_is_not_there_is_explained(self):
        self.assert_explains(self.start(":4321"), "display")

    def test_an_old_opengl_is_explained(self):
        done = self.start(self.open_display(), MESA_GL_VERSION_OVERRIDE="2.1", MESA_GLSL_VERSION_OVERRIDE="120")
        self.assert_explains(done, "OpenGL", "3.3")

    def test_it_ends_when_told_and_leaves_what_was_asked_for(self):
        def has_trained():
            """It has trained for most of that time."""
            rows = self.frames()
            return len(rows) > 5 and sum(float(row["images_per_s"]) > 0 for row in rows) > len(rows) / 3

        self.run_until(has_trained, self.open_display(), "--size", "1600x1000", "--screenshot", "window.png",
                       "--frame-log", "frames.csv")
        self.check_screenshot(desktop.read_png((self.folder / "window.png").read_bytes()))
        rows = self.frames()
        self.assertTrue(has_trained(), rows)
        self.assertTrue(all(float(row["frame_ms"]) > 0 for row in rows))
        self.assertEqual(list(rows[0]), ["time_s", "frame_ms", "drag_to_pixel_ms", "images_per_s"])
        self.assertEqual({row["drag_to_pixel_ms"] for row in rows}, {""})  # no hand has moved anything

    def test_closed_streams_are_not_taken_for_the_display(self):
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', ELBOW, "gui", "--dataset", "shapes", "--exit-after", "3"],
            env=desktop.environment(str(self.folder), self.open_display()), cwd=self.folder, timeout=120, check=False)
        self.assertEqual(done.returncode, 0)

    def check_screenshot(self, picture):
        """The window as it is drawn: many colours, and none nearly everywhere."""
        self.assertEqual((picture.width, picture.height), (1600, 1000))
        colours = picture.colours()
        self.assertGreater(len(colours), 200)
        self.assertLess(max(colours.values()), 0.9 * picture.width * picture.height)

    def test_the_window_at_twice_the_size_shows_every_panel(self):
        def missing():
            layout = (self.folder / "layout.json").read_text()
            return [name for name in ("map.canvas", "inspector.image", "strip.frames", "prior.sheet", "controls.play")
                    if f'"{name}"' not in layout]

        self.run_until(lambda: not missing(), self.open_display(2), "--size", "3200x2000", "--scale", "2")
        self.assertEqual(missing(), [])

    def test_while_images_are_loaded_the_options_are_those_that_were_asked_for(self):
        display = desktop.Display()
        self.addCleanup(display.close)
        window = desktop.Window(ELBOW, display, ["--dataset", "shapes:train=3e5", "--step-size", "0.02", "--scale", "1"])
        self.addCleanup(window.close)
        window.widget("controls.preset")
        seen = window.layout()
        self.assertEqual(seen["status"]["value"], "loading")
        self.assertEqual(seen["controls.step-size"]["value"], "0.02")

    def test_a_mouse_that_rests_where_the_window_opens_leaves_all_cores_to_the_training(self):
        cores = len(os.sched_getaffinity(0))
        untouched, touched = min(8, cores), min(8, cores - 1)
        if touched == untouched or touched == 0:
            self.skipTest(f"as many threads either way on {cores} cores")
        display = desktop.Display()  # whose pointer is in the middle
        self.addCleanup(display.close)
        window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1"])
        self.addCleanup(window.close)
        desktop.wait_until(lambda: "controls.threads" in window.layout() and window.samples() > 0, "training to begin", 120)
        self.assertEqual(window.value("controls.threads"), str(untouched))
        window.move(*window.centre("controls.play"))
        window.wait_for_value("controls.threads", lambda threads: threads == str(touched), "one fewer while the mouse moves")

    def test_the_window_and_its_start_can_be_measured(self):
        display, seen = self.open_display(), set()
        for part in ("gui", "start"):
            done = subprocess.run([ELBOW, "bench", part, "--repeats", "1", "--threads", "1", "--json"],
                                  env=desktop.environment(str(self.folder), display), cwd=self.folder, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            for figure in json.loads(done.stdout)["figures"]:
                self.assertGreater(figure["median"], 0, figure)
                seen.add(figure["subject"].split(",")[0] + ": " + figure["quantity"])
        self.assertEqual(seen, {
            "window of 1600 x 1000: frame p50, ms", "window of 1600 x 1000: frame p99, ms", "window of 1600 x 1000: frames/s",
            "window of 1600 x 1000: images/s", "without a window: images/s", "elbow gui: first frame, s",
            "elbow gui: first trained picture, s", "elbow train: first step, s"})


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
