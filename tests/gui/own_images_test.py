"""A folder of one's own pictures becomes a data set that the window learns: python3 own_images_test.py ELBOW"""

import os
import struct
import sys
import tempfile
import unittest
import zlib

import desktop

ELBOW = ""


def png(side, grey):
    """A picture of one grey value."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    lines = b"".join(b"\0" + bytes([grey] * side) for _ in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


class OwnImages(unittest.TestCase):
    def setUp(self):
        self.pictures = tempfile.TemporaryDirectory(prefix="elbow-pictures-")
        self.addCleanup(self.pictures.cleanup)
        for name, first in (("dark", 0), ("light", 150)):
            folder = os.path.join(self.pictures.name, "tones", name)
            os.makedirs(folder)
            for i in range(60):
                with open(os.path.join(folder, f"{i}.png"), "wb") as file:
                    file.write(png(28, first + i))
        display = desktop.Display()
        self.addCleanup(display.close)
        self.window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1"])
        self.addCleanup(self.window.close)
        self.window.wait_for_value("status", lambda value: value == "playing", "the run to play", 60)

    def look_at(self, path):
        self.window.key("ctrl+i")
        self.window.widget("images.path")
        self.window.type(path)
        self.window.key("Return")

    def test_a_path_is_typed_and_one_click_later_it_is_learnt(self):
        self.look_at(os.path.join(self.pictures.name, "tones"))
        desktop.wait_until(lambda: "images.go" in self.window.layout() and "images.looking" not in self.window.layout(), "the card", 60)
        self.assertIn("120 images in 2 folders", self.window.value("images.found"))
        self.window.resting("images.go")
        self.window.click("images.go")
        self.window.wait_for_value("controls.dataset", lambda value: value == "tones", "the run on them", 60)
        self.window.wait_for_value("status", lambda value: value == "playing", "it to play", 60)
        desktop.wait_until(lambda: self.window.samples() > 500, "it to learn", 60)

    def test_what_is_not_there_is_told_and_the_run_goes_on(self):
        self.look_at(os.path.join(self.pictures.name, "nothing"))
        self.assertIn("nothing", self.window.widget("images.problem")["value"])
        before = self.window.samples()
        desktop.wait_until(lambda: self.window.samples() > before, "the run to go on", 60)
        self.window.key("Escape")
        desktop.wait_until(lambda: "images.path" not in self.window.layout(), "the window of images to close")


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
