"""What a person's hand does in the window, done by a real mouse: python3 mouse_test.py ELBOW [mnist] [2x]

On `shapes`, or on MNIST: exit code 77 where that is not on the machine. 2x: a screen of twice the density.
"""

import os
import struct
import sys
import time
import unittest

import desktop

ELBOW = ""
SKIPPED = 77  # as tests/CMakeLists.txt tells ctest
DATASET = "shapes"
SCALE = 1
MINIBATCH = 100


def distance(a, b):
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


class Mouse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.display = desktop.Display(SCALE)
        cls.addClassCleanup(cls.display.close)
        cls.window = desktop.Window(ELBOW, cls.display, ["--dataset", DATASET, "--scale", str(SCALE)])
        cls.addClassCleanup(cls.window.close)
        # It trains without being asked.
        desktop.wait_until(lambda: "controls.samples" in cls.window.layout() and cls.window.samples() > 0, "training to begin", 120)
        cls.window.measure_patience()

    def setUp(self):
        self.play(False)

    # --- what the tests are made of --------------------------------------------------------------

    def is_playing(self):
        return self.window.value("status") == "playing"

    def play(self, on):
        if self.is_playing() != on:
            self.window.click("controls.play")
        desktop.wait_until(lambda: self.is_playing() == on, f"training {'to go on' if on else 'to stop'}")
        if not on:
            self.window.settled("controls.samples")

    def canvas_point(self, across, down):
        """A place on the map, as fractions of it."""
        box = self.window.widget("map.canvas")
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def away_from(self, start):
        """A place on the map a good way off."""
        box = self.window.widget("map.canvas")
        return self.canvas_point(0.3 if start[0] > box["x"] + box["width"] / 2 else 0.7,
                                 0.35 if start[1] > box["y"] + box["height"] / 2 else 0.65)

    def uncover(self, handle):
        """Drags what lies over the handle to free places of the map; it would take the mouse instead."""
        for other, across in (("map.dot", 0.1), ("map.handle_a", 0.9)):
            if other != handle and distance(self.window.centre(other), self.window.centre(handle)) < 30 * SCALE:
                self.window.drag(self.window.centre(other), self.canvas_point(across, 0.1))
                self.window.settled(other)

    def drag_the_dot(self):
        """The pictures that were seen on the way, and how far from the mouse the dot came to rest."""
        start, before = self.window.centre("map.dot"), self.window.value("map.dot")
        end = self.away_from(start)
        seen = [self.window.value("inspector.image")]
        self.window.drag(start, end, at_each_step=lambda: seen.append(self.window.value("inspector.image")))
        self.window.wait_for_value("map.dot", lambda v: v != before, "to have moved")
        return seen, lambda: distance(self.window.centre("map.dot"), end)

    # --- the tests -------------------------------------------------------------------------------

    def test_dragging_the_dot_changes_the_image_while_paused(self):
        self.window.settled("inspector.image")
        samples = self.window.samples()
        pictures, distance_px = self.drag_the_dot()
        self.assertGreaterEqual(len(set(pictures)), 4)
        desktop.wait_until(lambda: distance_px() < 8, "the dot to be where the mouse left it")
        self.assertEqual(self.window.samples(), samples)

    def test_dragging_the_dot_changes_the_image_while_it_trains(self):
        self.play(True)
        before, frames, start = self.window.samples(), len(self.window.frames()), self.window.centre("map.dot")
        pictures, _ = self.drag_the_dot()  # the map may follow its points meanwhile, and the dot with it
        self.assertGreater(self.window.samples(), before)
        self.assertGreaterEqual(len(set(pictures)), 4)
        # Training alone changes the picture, too. So the window must have shown answers to the hand meanwhile...
        answers = [frame for frame in self.window.frames()[frames:] if frame["drag_to_pixel_ms"]]
        self.assertGreaterEqual(len(answers), 4)
        for frame in answers:
            self.assertGreater(float(frame["drag_to_pixel_ms"]), 0)
            self.assertGreater(float(frame["images_per_s"]), 0)
        # ... and with the weights at rest, the picture where the drag ended is not the one where it began.
        self.play(False)
        at_the_end = self.window.settled("inspector.image")
        self.window.drag(self.window.centre("map.dot"), start)
        self.assertNotEqual(self.window.settled("inspector.image"), at_the_end)

    def test_a_maximised_map_shows_the_image_as_an_inset(self):
        self.window.move(*self.canvas_point(0.1, 0.9))
        self.addCleanup(self.window.key, "Escape")  # restores what a failure leaves maximised
        self.window.key("x")
        desktop.wait_until(lambda: "inspector.image" not in self.window.layout(), "the map to fill the window")
        start, seen = self.window.centre("map.dot"), [self.window.value("map.inset")]
        self.window.drag(start, self.away_from(start), at_each_step=lambda: seen.append(self.window.value("map.inset")))
        self.assertGreaterEqual(len(set(seen)), 4)
        self.window.key("x")
        self.window.settled("inspector.image")
        self.assertNotIn("map.inset", self.window.layout())

    def test_pictures_grow_and_controls_do_not_where_a_panel_fills_the_window(self):
        self.addCleanup(self.window.key, "Escape")
        small = self.window.widget("inspector.image")["width"]
        for panel, check in (("inspector", lambda: self.window.resting("inspector.image")["width"] > 1.5 * small),
                             ("controls", lambda: self.window.resting("controls.play")["width"] < 500 * SCALE)):
            box = self.window.widget(panel)
            self.window.move(box["x"] + 20 * SCALE, box["y"] + box["height"] - 20 * SCALE)
            self.window.key("x")
            self.window.wait_for_value(panel + ".maximise", lambda v: v == "on", "to fill the window")
            self.assertTrue(check(), panel)
            self.window.key("Escape")
            desktop.wait_until(lambda: "map.canvas" in self.window.layout(), "all panels to be back")

    def test_a_coordinate_is_typed(self):
        for _ in range(3):  # a click marks what is in the field
            self.window.click("inspector.z1")
            self.window.key("ctrl+a")
            for key in ("1", "period", "5", "Return"):
                self.window.key(key)
            if desktop.is_soon(lambda: self.window.value("map.dot").startswith("1.5000,")):
                break
        self.assertTrue(self.window.value("map.dot").startswith("1.5000,"))

    def test_a_right_click_opens_a_menu_that_puts_a_there(self):
        place = self.canvas_point(0.13, 0.9)
        before = self.window.value("map.handle_a")
        low_x, high_x, low_y, high_y = map(float, self.window.value("map.canvas").split(","))
        there = low_x + 0.13 * (high_x - low_x), high_y - 0.9 * (high_y - low_y)
        self.window.move(*place)
        self.window.jump_and_press(*place, button=3)
        self.window.release(button=3)
        self.window.resting("menu.a")
        self.window.click("menu.a")
        self.window.wait_for_value("map.handle_a", lambda v: v != before, "to have moved")
        # The view may follow A, so that it is A's place in the latent space that is looked at.
        found = tuple(map(float, self.window.value("map.handle_a").split(",")))
        self.assertLess(distance(found, there), 0.02 * (high_x - low_x))
        self.window.click("strip.reset")

    def test_a_click_on_a_prior_sample_moves_the_dot_there(self):
        before = self.window.value("map.dot")
        box = self.window.widget("prior")
        for place in ((x / 10, y / 10) for y in range(4, 7) for x in range(3, 8)):
            self.window.click_at(box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"])
            if self.window.value("map.dot") != before:
                break
        self.assertNotEqual(self.window.value("map.dot"), before)

    def test_points_are_switched_off_and_on(self):
        with_them = self.window.settled_picture("map.canvas")
        self.window.key("p")
        self.window.wait_for_value("map.toggle.points", lambda v: v == "off", "to be off")
        self.assertGreater(self.window.settled_picture("map.canvas").differing(with_them), 0.005)
        self.window.click("map.toggle.points")
        self.window.wait_for_value("map.toggle.points", lambda v: v == "on", "to be on")
        self.assertEqual(self.window.settled_picture("map.canvas").differing(with_them), 0)

    def test_what_is_drawn_in_parts_is_the_same_as_the_whole(self):
        """Without a graphics card only what changes is drawn; other colours, and the first ones again, draw everything."""
        self.window.key("Escape")  # a message that fades meanwhile would be a difference
        dot = self.window.centre("map.dot")
        self.window.drag(dot, self.away_from(dot))
        self.window.click_at(*self.canvas_point(0.5, 0.5))
        panels = ("map", "inspector", "interpolation", "curves", "reconstructions", "prior")
        parts = {name: self.window.settled_picture(name) for name in panels}
        for _ in range(2):
            self.window.key("t")
            time.sleep(0.3)
        for name in panels:
            self.assertEqual(self.window.settled_picture(name).differing(parts[name]), 0, name)

    def test_what_is_panned_is_the_same_as_what_is_drawn_anew(self):
        """While the view pans, most frames shift what was drawn; other colours, and the first ones again, draw it anew."""
        self.window.key("Escape")
        self.window.key("f")
        self.window.settled("map.canvas")
        for end in ((0.55, 0.4), (0.3, 0.65)):  # within what is drawn beyond the view, and past it
            self.window.jump_and_press(*self.canvas_point(0.5, 0.5), button=3)
            start = self.canvas_point(0.5, 0.5)
            for step in range(1, 9):
                self.window.move(*(a + (b - a) * step / 8 for a, b in zip(start, self.canvas_point(*end))))
            self.window.release(button=3)
            self.window.move(*self.canvas_point(0.5, -0.1))  # nothing is hovered
            panned = self.window.settled_picture("map.canvas")
            for _ in range(2):
                self.window.key("t")
                time.sleep(0.3)
            # But for rounding, and for points that OpenGL leaves out where their middle is past the picture's rim.
            self.assertLess(self.window.settled_picture("map.canvas").differing(panned, by_more_than=2), 0.0002)
        self.window.key("f")

    def test_what_computes_gives_way_to_the_window(self):
        """Linux's priority of each thread: the window's own as it began, and those of trainer and explorer lowered."""
        threads = f"/proc/{self.window.process.pid}/task"
        lowered = {int(thread): os.getpriority(os.PRIO_PROCESS, int(thread)) > os.getpriority(os.PRIO_PROCESS, os.getpid())
                   for thread in os.listdir(threads)}
        self.assertFalse(lowered[self.window.process.pid])
        self.assertGreaterEqual(sum(lowered.values()), 2)

    def test_pause_stops_and_play_goes_on(self):
        self.play(True)
        self.window.click("controls.play")
        at_rest = self.window.settled("controls.samples")
        time.sleep(1.0)
        self.assertEqual(self.window.value("controls.samples"), at_rest)
        before = self.window.samples()
        self.window.click("controls.play")
        desktop.wait_until(lambda: self.window.samples() > before, "training to go on", 60)

    def test_step_adds_one_minibatch(self):
        before = self.window.samples()
        self.window.click("controls.step")
        desktop.wait_until(lambda: self.window.samples() != before, "the step to be done")
        self.window.settled("controls.samples")
        self.assertEqual(self.window.samples(), before + MINIBATCH)

    def test_restart_begins_anew(self):
        self.play(True)
        desktop.wait_until(lambda: self.window.samples() > 20 * MINIBATCH, "some training", 60)
        self.play(False)
        before, run = self.window.samples(), self.window.value("run")
        self.window.click("controls.restart")
        self.window.wait_for_value("run", lambda v: v != run, "another run")
        desktop.wait_until(lambda: self.window.samples() < before, "a smaller count of samples")

    def test_export_writes_a_png(self):
        self.window.click("export.open")
        self.window.resting("export.manifold")  # a dialog finds its place in its first frames
        self.window.click("export.manifold")
        self.window.wait_for_value("export.manifold", lambda v: v == "on", "to be chosen")
        self.window.click("export.go")
        file = desktop.wait_until(lambda: list(self.window.folder.glob("*.png")), "an exported picture")[0]
        self.window.wait_for_value("toast", lambda v: file.name in v, "to name the file")
        self.window.click("export.close")
        content = file.read_bytes()
        self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", content[16:24])
        self.assertGreaterEqual(min(width, height), 200)

    def test_ctrl_c_hands_the_picture_under_the_mouse_to_the_clipboard(self):
        folder = self.window.folder / "bin"
        folder.mkdir(exist_ok=True)
        program, copied = folder / "xclip", self.window.folder / "copied"
        program.write_text(f"#!/bin/sh\ncat > '{copied}.new'\nmv '{copied}.new' '{copied}'\n")
        program.chmod(0o755)
        sizes = []
        for name in ("map.canvas", "inspector.image", "curves.plot"):
            self.window.move(*self.window.centre(name))
            self.window.key("ctrl+c")
            desktop.wait_until(copied.exists, f"the picture of {name}")
            self.window.wait_for_value("toast", lambda v: v.startswith("Copied"), "to say so")
            content = copied.read_bytes()
            self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
            sizes.append(struct.unpack(">II", content[16:24]))
            copied.unlink()
        self.assertEqual(len(set(sizes)), 3, "three pictures of their own sizes")
        self.window.move(*self.window.centre("controls.held_out_bound"))
        self.window.key("ctrl+c")
        self.window.wait_for_value("toast", lambda v: "to the clipboard: Held-out bound" in v, "to say so")
        self.window.move(*self.window.centre("curves.plot"))
        program.write_text("#!/bin/sh\necho 'no luck today' >&2\nexit 1\n")
        self.window.key("ctrl+c")
        self.window.wait_for_value("toast", lambda v: "no luck today" in v, "to say why nothing was copied")
        self.window.key("Escape")

    def test_a_label_is_hidden_and_shown(self):
        with_it = self.window.settled_picture("map.canvas")
        self.window.click("map.legend.0")
        self.window.wait_for_value("map.legend.0", lambda v: v == "hidden", "to be hidden")
        without_it = self.window.settled_picture("map.canvas")
        self.assertGreater(with_it.differing(without_it), 0.001)
        self.window.click("map.legend.0")
        self.window.wait_for_value("map.legend.0", lambda v: v == "shown", "to be shown again")
        self.assertEqual(self.window.settled_picture("map.canvas").differing(with_it), 0)

    def test_moving_a_and_b_changes_the_path(self):
        for handle in ("map.handle_a", "map.handle_b"):
            with self.subTest(handle):
                self.uncover(handle)
                frames, where = self.window.settled("strip.frames"), self.window.value(handle)
                start = self.window.centre(handle)
                end = self.away_from(start)
                other = self.window.centre("map.handle_a" if handle == "map.handle_b" else "map.handle_b")
                if distance(other, end) < 80 * SCALE:  # both could snap to one point, to which no path leads
                    end = self.canvas_point(0.5, 0.12)
                self.window.drag(start, end)
                self.window.wait_for_value(handle, lambda v, where=where: v != where, "to have moved")
                self.window.wait_for_value("strip.frames", lambda v, frames=frames: v != frames, "other frames")
                self.assertLess(distance(self.window.centre(handle), end), 40 * SCALE)  # it may snap to a data point

    def test_new_noise_gives_new_samples(self):
        before = self.window.settled("prior.sheet")
        self.window.click("prior.new_noise")
        self.window.wait_for_value("prior.sheet", lambda v: v != before, "other samples")

    def test_the_manifold_is_switched(self):
        before, picture = self.window.value("map.toggle.manifold"), self.window.settled_picture("map.canvas")
        self.window.click("map.toggle.manifold")
        self.window.wait_for_value("map.toggle.manifold", lambda v: v != before, "to change")
        # The points are drawn otherwise on images, too; so most of the map must have changed.
        self.assertGreater(self.window.settled_picture("map.canvas").differing(picture), 0.7)
        self.window.click("map.toggle.manifold")
        self.window.wait_for_value("map.toggle.manifold", lambda v: v == before, "to change back")
        self.assertEqual(self.window.settled_picture("map.canvas").differing(picture), 0)

    def test_clicking_a_point_shows_its_image(self):
        # The points lie densest around the middle, so one of these is hit.
        for place in ((x / 40, y / 40) for y in range(16, 25, 2) for x in range(14, 27)):
            self.window.click_at(*self.canvas_point(*place))
            if "inspector.point" in self.window.layout():
                break
        self.assertTrue(self.window.value("inspector.point").isdigit())

    def fitted_anew(self):
        """The view, x_min, x_max, y_min and y_max, that Fit makes of another one; what it kept while it trained may be a little wider."""
        self.window.move(*self.canvas_point(0.4, 0.4))
        fitted = self.window.settled("map.canvas")
        self.window.zoom_in(5)
        self.window.wait_for_value("map.canvas", lambda v: v != fitted, "to be zoomed")
        self.window.settled("map.canvas")
        self.window.click("map.fit")
        return [float(number) for number in self.window.settled("map.canvas").split(",")]

    def test_fit_shows_the_points_again(self):
        fitted = self.fitted_anew()
        self.window.move(*self.canvas_point(0.4, 0.4))
        self.window.zoom_in(5)
        x_min, x_max = map(float, self.window.settled("map.canvas").split(",")[:2])
        self.assertLess(x_max - x_min, 0.9 * (fitted[1] - fitted[0]))
        self.window.click("map.fit")
        self.window.wait_for_value("map.canvas", lambda v: abs(float(v.split(",")[0]) - fitted[0]) < 0.2, "the view from before")

    def test_the_map_follows_a_panning_hand_however_it_came(self):
        self.window.click("map.fit")
        before = [float(number) for number in self.window.settled("map.canvas").split(",")]
        start, end = self.canvas_point(0.7, 0.6), self.canvas_point(0.5, 0.4)
        self.window.move(*self.canvas_point(0.2, 0.2))
        self.window.jump_and_press(*start, button=3)
        self.window.move(*end)
        self.window.release(button=3)
        after = [float(number) for number in self.window.settled("map.canvas").split(",")]
        self.assertAlmostEqual((after[0] - before[0]) / (before[1] - before[0]), 0.2, delta=0.01)
        self.assertAlmostEqual((after[2] - before[2]) / (before[3] - before[2]), -0.2, delta=0.01)
        self.window.click("map.fit")

    def test_the_paper_menu_opens_and_closes(self):
        run = self.window.value("run")
        for _ in range(3):  # as a person would who sees no menu
            self.window.click("top.paper")
            if desktop.is_soon(lambda: "paper.mnist-3-aevb" in self.window.layout()):
                break
        self.assertEqual(self.window.value("paper.mnist-3-aevb"), "off")
        self.window.resting("paper.mnist-3-aevb")
        self.window.key("Escape")
        desktop.wait_until(lambda: "paper.mnist-3-aevb" not in self.window.layout(), "the menu to close")
        self.assertEqual(self.window.value("run"), run)

    def test_the_view_menu_changes_sizes(self):
        title = self.window.widget("controls.play")["height"]
        for _ in range(3):  # as a person would who sees no menu
            self.window.click("top.view")
            if desktop.is_soon(lambda: "view.scale" in self.window.layout()):
                break
        size = self.window.value("view.scale")
        box = self.window.resting("view.scale")  # a menu finds its place in its first frames
        self.window.click_at(box["x"] + (0.8 if SCALE == 1 else 0.2) * box["width"], box["y"] + box["height"] / 2)
        self.window.wait_for_value("view.scale", lambda v: v != size, "another size")
        desktop.wait_until(lambda: self.window.widget("controls.play")["height"] != title, "larger controls")
        points = self.window.value("view.points")
        box = self.window.resting("view.points")
        self.window.click_at(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2)
        self.window.wait_for_value("view.points", lambda v: v != points, "larger points")
        if self.window.value("view.scale.auto") == "off":
            self.window.click("view.scale.auto")
        self.window.key("Escape")
        desktop.wait_until(lambda: "view.scale" not in self.window.layout(), "the menu to close")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    if "mnist" in sys.argv:
        DATASET = "mnist"
        if not desktop.has_dataset(ELBOW, DATASET):
            print("skipped: MNIST is not on this machine; scripts/get_mnist fetches it", file=sys.stderr)
            sys.exit(SKIPPED)
    if "2x" in sys.argv:
        SCALE = 2
    print(f"a real mouse on {DATASET}, {1600 * SCALE} x {1000 * SCALE} at scale {SCALE}", file=sys.stderr)
    unittest.main(argv=sys.argv[:1], verbosity=2)
