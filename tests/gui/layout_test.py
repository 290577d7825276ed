"""Panels moved by their titles with a real mouse, and found there by the next window: python3 layout_test.py ELBOW"""

import json
import os
import pathlib
import sys
import time
import unittest

import desktop

ELBOW = ""


class Layout(unittest.TestCase):
    def setUp(self):
        self.display = desktop.Display()
        self.addCleanup(self.display.close)
        self.window = self.open_window()

    def open_window(self, folder=None):
        window = desktop.Window(ELBOW, self.display, ["--dataset", "shapes"], folder, remembers=True)
        self.addCleanup(window.close)
        desktop.wait_until(lambda: "controls.samples" in window.layout() and window.samples() > 0, "training to begin", 120)
        window.measure_patience()
        return window

    def place(self, name, across, down):
        box = self.window.resting(name)
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def is_seen(self, name):
        return name in self.window.layout()

    def settings_file(self):
        return pathlib.Path(self.window.environment["XDG_CONFIG_HOME"]) / "elbow" / "window.json"

    def end(self):
        """As the desktop ends it; its settings stay."""
        self.window.process.terminate()
        self.window.process.wait(60)

    def restart(self):
        self.end()
        self.window = self.open_window(self.window.folder)

    def test_a_panel_moves_to_another_group_and_is_found_there(self):
        self.window.resting("reconstructions")
        self.window.drag(self.window.centre("curves.title"), self.place("prior.title", 0.9, 0.5))
        self.window.wait_for_value("prior.title", lambda v: v == "behind", "to be a tab behind the curves")
        self.assertFalse(self.is_seen("prior.sheet"))
        self.assertEqual(self.window.value("compare.title"), "front", "its neighbour stays")
        curves = self.window.resting("curves")
        self.restart()
        self.assertEqual(self.window.value("curves.title"), "front")
        self.assertEqual(self.window.value("prior.title"), "behind")
        self.assertEqual(self.window.resting("curves"), curves)
        self.window.click("prior.title")
        desktop.wait_until(lambda: self.is_seen("prior.sheet"), "the samples to come to the front")
        self.assertEqual(self.window.value("curves.title"), "behind")

    def test_a_panel_splits_a_group_and_all_of_it_is_put_back(self):
        before = self.window.resting("prior")
        self.window.move(*self.window.centre("prior.title"))
        self.window.press()
        there = self.place("inspector", 0.5, 0.9)
        self.window.move(there[0] - 30, there[1])
        self.window.move(*there)
        preview = self.window.widget("layout.preview")
        self.assertEqual(preview["value"], "prior")
        self.window.release()
        desktop.wait_until(lambda: self.window.widget("prior")["y"] < before["y"], "the samples to lie under the image")
        landed = self.window.resting("prior")
        self.assertAlmostEqual(landed["y"] + landed["height"], preview["y"] + preview["height"], delta=1)
        self.assertAlmostEqual(landed["x"], self.window.widget("inspector")["x"], delta=1)
        for _ in range(3):  # as a person would who sees no menu
            self.window.click("top.view")
            if desktop.is_soon(lambda: self.is_seen("view.reset_layout")):
                break
        self.window.resting("view.reset_layout")
        self.window.click("view.reset_layout")
        desktop.wait_until(lambda: self.window.widget("prior") == before, "the panel to be back")

    def test_escape_leaves_a_carried_panel_where_it_was(self):
        before = self.window.resting("inspector")
        self.window.move(*self.window.centre("inspector.title"))
        self.window.press()
        self.window.move(*self.place("map.canvas", 0.5, 0.4))
        self.window.move(*self.place("map.canvas", 0.5, 0.5))
        desktop.wait_until(lambda: self.is_seen("layout.preview"), "where the panel would land")
        self.window.key("Escape")
        desktop.wait_until(lambda: not self.is_seen("layout.preview"), "the panel to be let go of")
        self.window.release()
        self.assertEqual(self.window.resting("inspector"), before)

    def test_a_search_brings_hidden_options_to_the_front_and_a_double_click_still_maximises(self):
        self.window.drag(self.window.centre("controls.title"), self.place("inspector.title", 0.9, 0.5))
        self.window.wait_for_value("inspector.title", lambda v: v == "behind", "to give way to the tab that was dropped")
        self.window.click("inspector.title")
        self.window.wait_for_value("controls.title", lambda v: v == "behind", "to be behind")
        self.window.key("ctrl+f")
        self.window.wait_for_value("controls.title", lambda v: v == "front", "to be in front for the search")
        self.window.key("Escape")
        self.window.click("controls.play")  # a window that trains may draw too seldom to see two clicks
        self.window.settled("controls.samples")
        self.window.move(*self.window.centre("curves.title"))
        time.sleep(0.5)
        self.window._xdotool("click", "--repeat", "2", "--delay", "120", "1")
        self.window.wait_for_value("curves.maximise", lambda v: v == "on", "to fill the window")
        self.window.key("x")
        desktop.wait_until(lambda: self.is_seen("map.canvas"), "all panels to be back")

    def test_settings_from_before_panels_could_move_open_as_they_were(self):
        self.end()
        self.settings_file().parent.mkdir(parents=True, exist_ok=True)
        self.settings_file().write_text(json.dumps({
            "left_width": 0.3, "right_width": 0.25, "bottom_height": 0.4, "bottom_first": 0.5, "bottom_second": 0.8, "strip_height": 0.2}))
        self.window = self.open_window(self.window.folder)
        space = 1600 - 2 * 7  # the panels' width
        self.assertAlmostEqual(self.window.resting("controls")["width"], 0.3 * space, delta=1)
        self.assertAlmostEqual(self.window.widget("inspector")["width"], 0.25 * space, delta=1)
        row = 1600 - 7 - self.window.widget("curves")["x"]
        self.assertAlmostEqual(self.window.widget("curves")["width"], 0.5 * row, delta=1)
        self.assertAlmostEqual(self.window.widget("prior")["width"], 0.2 * row, delta=1)


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
