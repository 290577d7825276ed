"""Keys on a German keyboard, however short they are pressed, and a tour of the controls: python3 keyboard_test.py ELBOW"""

import os
import subprocess
import sys
import time
import unittest

import desktop

ELBOW = ""


class Keyboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.display = desktop.Display()
        cls.addClassCleanup(cls.display.close)
        subprocess.run([desktop.need("setxkbmap"), "-display", cls.display.name, "de"], check=True, timeout=30)
        cls.window = desktop.Window(ELBOW, cls.display, ["--dataset", "shapes"])
        cls.addClassCleanup(cls.window.close)
        desktop.wait_until(lambda: "controls.samples" in cls.window.layout() and cls.window.samples() > 0, "training to begin", 120)
        cls.window.measure_patience()
        cls.window.click("controls.play")
        cls.window.settled("controls.samples")

    def type(self, text):
        self.window._xdotool("type", "--delay", "30", text)
        time.sleep(self.window.patience_s)

    def test_keys_are_the_letters_that_they_type(self):
        where = self.window.settled("map.dot")
        box = self.window.widget("map.canvas")
        self.window.drag(self.window.centre("map.dot"), (box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"]))
        moved = self.window.wait_for_value("map.dot", lambda v: v != where, "to have moved")
        time.sleep(1.0)  # what has just been done is one step with what follows at once
        self.window.key("ctrl+z")
        self.window.wait_for_value("map.dot", lambda v: v == where, "to be back where it was")
        self.window.key("ctrl+y")
        self.window.wait_for_value("map.dot", lambda v: v == moved, "to have moved again")

    def test_every_press_counts_however_short_it_is(self):
        before = self.window.samples()
        for pause in ("0", "0.001", "0.01", "0.05", "0.2"):
            self.window._xdotool("keydown", "s", "sleep", pause, "keyup", "s")
        expected = before + 5 * 100
        desktop.wait_until(lambda: self.window.samples() == expected, f"{expected} images; there are {self.window.samples()}")

    def test_the_search_finds_an_option_by_its_name(self):
        self.assertNotIn("controls.kl-warmup", self.window.layout())
        self.window.key("ctrl+f")
        self.type("kl-warm")
        desktop.wait_until(lambda: "controls.kl-warmup" in self.window.layout(), "the option to be found")
        self.assertNotIn("controls.latent", self.window.layout())
        self.window.key("Escape")
        desktop.wait_until(lambda: "controls.latent" in self.window.layout(), "all options to be back")

    def palette(self, typed):
        """Opens the palette and types, a letter a frame."""
        self.window.key("ctrl+p")
        self.window.widget("palette")
        self.type(typed)
        self.window.wait_for_value("palette.find", lambda v: v == typed, f"{typed} to be typed")

    def wait_until_gone(self, name):
        desktop.wait_until(lambda: name not in self.window.layout(), f"{name} to be gone")

    def test_the_guided_tour_is_walked_by_its_keys_and_leaves_nothing_behind(self):
        before = {name: box["value"] for name, box in self.window.layout().items() if name.startswith("map.toggle.")}
        self.window.key("F1")
        self.window.wait_for_value("guided", lambda v: v == "encode", "the first step")
        self.window.key("Right")
        self.window.wait_for_value("guided", lambda v: v == "sample", "the second step")
        self.window.wait_for_value("map.toggle.ellipses", lambda v: v == "on", "the layer of the step")
        self.window.key("Left")
        self.window.wait_for_value("guided", lambda v: v == "encode", "the first step again")
        self.window.key("Escape")
        self.wait_until_gone("guided")
        after = {name: box["value"] for name, box in self.window.layout().items() if name.startswith("map.toggle.")}
        self.assertEqual(after, before)

    def test_lecture_mode_is_left_as_it_was_entered(self):
        def places():
            return {name: (box["x"], box["y"], box["width"], box["height"]) for name, box in self.window.layout().items() if name.endswith(".title")}

        before = places()
        self.window.key("F5")
        self.wait_until_gone("controls.title")
        self.assertGreater(self.window.widget("map")["width"], 800)
        self.window.key("F5")
        self.window.widget("controls.title")
        desktop.wait_until(lambda: places() == before, "all panels to be where they were")
        self.window.widget("map.toggle.points")  # whose toggles had no room in large type

    def test_the_palette_finds_an_action_and_does_it(self):
        before = self.window.value("map.toggle.ellipses")
        self.palette("true size poster")
        self.window.wait_for_value("palette.row.0", lambda v: v == "map.toggle.ellipses (chosen)", "the layer to be found")
        self.window.key("Return")
        self.wait_until_gone("palette")
        self.window.wait_for_value("map.toggle.ellipses", lambda v: v != before, "the layer to be switched")

    def test_the_arrow_keys_choose_and_what_cannot_be_done_is_not(self):
        self.palette("deselect")
        self.window.wait_for_value("palette.row.0", lambda v: v.startswith("inspector.deselect: No image is selected."), "a reason")
        self.window.key("Return")
        self.assertIn("palette", self.window.layout())
        for _ in "deselect":
            self.window.key("BackSpace")
        desktop.wait_until(lambda: self.window.value("palette.find") == "", "nothing to be typed any more")
        self.window.key("Down")
        self.window.wait_for_value("palette.row.1", lambda v: v.endswith("(chosen)"), "to be chosen")
        self.window.key("Up")
        self.window.wait_for_value("palette.row.0", lambda v: v.endswith("(chosen)"), "to be chosen")
        self.window.key("Escape")
        self.wait_until_gone("palette")

    def test_the_palette_opens_from_a_text_and_escape_goes_back_into_it(self):
        self.window.key("ctrl+f")
        self.type("be")
        self.window.wait_for_value("controls.search", lambda v: v == "be", "to be typed")
        before = self.window.samples()
        self.palette("step")
        self.window.key("Escape")
        self.wait_until_gone("palette")
        self.assertEqual(self.window.value("controls.search"), "be")
        self.window.key("End")
        self.type("ta")
        self.window.wait_for_value("controls.search", lambda v: v == "beta", "to be typed on")
        self.assertEqual(self.window.samples(), before, "no key acted while a text was typed")
        self.window.key("Escape")
        desktop.wait_until(lambda: "controls.latent" in self.window.layout(), "all options to be back")

    def test_an_option_is_changed_by_the_keyboard_alone(self):
        self.window.key("ctrl+f")
        # The search, the preset, the data set, the latents' slider, their number.
        for key in ("Tab", "Down", "Down", "Right", "Return", "ctrl+a"):
            self.window.key(key)
        self.type("7")
        self.window.key("Return")
        self.window.wait_for_value("controls.latent", lambda v: v == "7", "7 latents to be asked for")
        self.window.resting("controls.discard")  # what waits for a click has just moved the rows
        self.window.click("controls.discard")
        self.window.wait_for_value("controls.latent", lambda v: v == "2", "the run's two latents to be shown again")

    def test_tab_and_arrows_move_through_the_controls_and_leave_the_space_key_to_them(self):
        self.window.click("status")
        seen = set()
        def focus():
            return self.window.layout().get("focus", {}).get("value", "")

        for key in 6 * ["Tab"] + 2 * ["Right"] + 2 * ["Up"]:
            before = focus()
            self.window.key(key)
            desktop.is_soon(lambda at=before: focus() != at, 1)
            seen.add(focus())
        seen.discard("")
        self.assertGreater(len(seen), 5, f"controls that Tab and the arrows came to: {seen}")
        before = self.window.samples()
        self.window.key("Escape")
        self.window.key("Escape")
        self.window.click("status")
        self.window.key("space")  # plays again once the tour is over
        desktop.wait_until(lambda: self.window.samples() > before, "training to go on")
        self.window.key("space")
        self.window.settled("controls.samples")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
