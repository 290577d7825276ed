"""A display without a screen, the program's window on it, and a mouse that is really moved (Xvfb and xdotool)."""

import csv
import json
import os
import pathlib
import select
import shutil
import struct
import subprocess
import tempfile
import time
import zlib

FUNCTION_KEYS = {"F1": 67, "F2": 68, "F5": 71}  # X's codes of the keys


class Failure(AssertionError):
    """What was waited for did not come."""


def need(program):
    found = shutil.which(program)
    if not found:
        raise Failure(f"{program} is not installed; scripts/setup test installs it")
    return found


def wait_until(condition, what, timeout_s=30.0):
    """The first true value of condition(), asked for 50 times a second."""
    end = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"waited {timeout_s:.0f} s in vain: {what}")
        time.sleep(0.02)


def is_soon(condition, timeout_s=3.0):
    try:
        wait_until(condition, "", timeout_s)
    except Failure:
        return False
    return True


class Picture:
    """Pixels of three bytes each, row by row from the top left."""

    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    def __eq__(self, other):
        return (self.width, self.height, self.pixels) == (other.width, other.height, other.pixels)

    def differing(self, other, by_more_than=0):
        """The share of the pixels that are not the same, to so many grey levels, in the other picture, which is as large."""
        if (self.width, self.height) != (other.width, other.height):
            raise Failure(f"pictures of {self.width} x {self.height} and {other.width} x {other.height} cannot be compared")
        different = 0
        for at in range(0, len(self.pixels), 3 * self.width):  # most rows are equal, and told so at once
            mine, theirs = self.pixels[at:at + 3 * self.width], other.pixels[at:at + 3 * self.width]
            if mine != theirs:
                different += sum(any(abs(a - b) > by_more_than for a, b in zip(mine[i:i + 3], theirs[i:i + 3])) for i in range(0, 3 * self.width, 3))
        return different / (self.width * self.height)

    def colours(self):
        """How many pixels have each colour."""
        counts = {}
        for at in range(0, len(self.pixels), 3):
            colour = self.pixels[at:at + 3]
            counts[colour] = counts.get(colour, 0) + 1
        return counts


def read_png(content):
    """The picture in a PNG of 8 bits and three channels, as elbow writes it."""
    if content[:8] != b"\x89PNG\r\n\x1a\n":
        raise Failure("not a PNG")
    at, packed, width, height = 8, b"", 0, 0
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        body = content[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour_type = struct.unpack(">IIBB", body[:10])
            if (depth, colour_type) != (8, 2):
                raise Failure(f"a PNG of 8 bits and three channels was expected, found {depth} bits, colour type {colour_type}")
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    lines, size = zlib.decompress(packed), 3 * width
    above, pixels = bytearray(size), bytearray()
    for start in range(0, height * (size + 1), size + 1):
        line = bytearray(lines[start + 1:start + 1 + size])
        _undo_png_filter(lines[start], line, above)
        pixels += line
        above = line
    return Picture(width, height, bytes(pixels))


def _undo_png_filter(kind, line, above):
    """Adds to each byte what the filter predicted from the bytes left (a), above (b) and above left (c)."""
    def paeth(a, b, c):
        to_a, to_b, to_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        return a if to_a <= to_b and to_a <= to_c else b if to_b <= to_c else c

    predicted = (None, lambda a, b, c: a, lambda a, b, c: b, lambda a, b, c: (a + b) // 2, paeth)[kind]
    if predicted:
        for i, value in enumerate(line):
            a, c = (line[i - 3], above[i - 3]) if i >= 3 else (0, 0)
            line[i] = (value + predicted(a, above[i], c)) & 255


class Display:
    """An X server of its own, on a number that it chooses itself; its pixels lie in a file (of XWD's format)."""

    def __init__(self, scale=1):
        self.folder = tempfile.mkdtemp(prefix="elbow-display-")
        self.size = f"{1600 * scale}x{1000 * scale}"
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            [need("Xvfb"), "-displayfd", str(writer), "-screen", "0", self.size + "x24", "-fbdir", self.folder, "-noreset", "-nolisten", "tcp"],
            pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            if not select.select([answer], [], [], 30)[0]:
                raise Failure("Xvfb did not start within 30 s")
            number = answer.readline().strip()
        if not number:
            raise Failure("Xvfb ended at once")
        self.name = ":" + number

    def die(self):
        """The connection of every window ends, as at a logout or when ssh -X drops."""
        self.process.kill()
        self.process.wait(10)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def picture(self, x, y, width, height):
        """What the screen shows in a rectangle."""
        with open(os.path.join(self.folder, "Xvfb_screen0"), "rb") as file:
            header = struct.unpack(">25I", file.read(100))
            header_size, byte_order, bits, line_size, colours = header[0], header[7], header[11], header[12], header[19]
            if (byte_order, bits) != (0, 32):
                raise Failure("Xvfb keeps its pixels in an unexpected form")
            pixels = bytearray(3 * width * height)
            for row in range(height):
                file.seek(header_size + 12 * colours + (y + row) * line_size + 4 * x)
                line, into = file.read(4 * width), slice(3 * width * row, 3 * width * (row + 1))
                packed = bytearray(3 * width)
                packed[0::3], packed[1::3], packed[2::3] = line[2::4], line[1::4], line[0::4]
                pixels[into] = packed
        return Picture(width, height, bytes(pixels))


def environment(folder, display):
    """The machine's environment with settings and data of its own; MNIST is found where the person keeps it."""
    result = dict(os.environ)
    home_data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    if not os.environ.get("ELBOW_DATA") and os.path.isdir(os.path.join(home_data, "elbow")):
        result["ELBOW_DATA"] = os.path.join(home_data, "elbow")
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        result[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
    result.pop("WAYLAND_DISPLAY", None)
    result.pop("DISPLAY", None)
    if display:
        result["DISPLAY"] = display
    return result


def has_dataset(elbow, name):
    with tempfile.TemporaryDirectory() as folder:
        listing = subprocess.run([elbow, "data", "list", "--json"], capture_output=True, text=True, check=True,
                                 env=environment(folder, None))
    return any(entry["name"] == name and entry["available"] for entry in json.loads(listing.stdout))


class Window:
    """elbow gui on a display, read through its layout log and driven by the mouse."""

    def __init__(self, elbow, display, arguments, folder=None, remembers=False):
        """`folder`: that of a window before this one, whose settings and runs it finds. A window that `remembers` its own
        settings is given no size."""
        self.display = display
        self.folder = folder or pathlib.Path(tempfile.mkdtemp(prefix="elbow-gui-"))
        self.folder_is_its_own = folder is None
        (self.folder / "layout.json").unlink(missing_ok=True)
        self.layout_file = self.folder / "layout.json"
        self.frame_file = self.folder / "frames.csv"
        self.environment = environment(str(self.folder), display.name)
        # Stand-ins for other programs, which a test may put there.
        self.environment["PATH"] = f"{self.folder / 'bin'}:{self.environment.get('PATH', '/usr/bin:/bin')}"
        self.messages = open(self.folder / "messages.txt", "w+")
        self.process = subprocess.Popen(
            [elbow, "gui", *([] if remembers else ["--size", display.size]), "--layout-log", str(self.layout_file), "--frame-log", str(self.frame_file), *arguments],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.messages, stderr=self.messages)
        self.origin = self._find_origin()
        self.patience_s = 0.1

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.messages.close()
        if self.folder_is_its_own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def said(self):
        self.messages.flush()
        return (self.folder / "messages.txt").read_text()

    def check_alive(self):
        if self.process.poll() is not None:
            raise Failure(f"elbow ended with code {self.process.returncode}: {self.said()}")

    # --- reading ---------------------------------------------------------------------------------

    def layout(self):
        self.check_alive()
        try:
            return json.loads(self.layout_file.read_text())
        except FileNotFoundError:
            return {}

    def widget(self, name, timeout_s=30.0):
        return wait_until(lambda: self.layout().get(name), f"a widget named {name}; there are: {', '.join(self.layout())}", timeout_s)

    def value(self, name):
        return self.widget(name)["value"]

    def samples(self):
        return int("".join(c for c in self.value("controls.samples") if c.isdigit()) or "0")

    def centre(self, name):
        box = self.widget(name)
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def picture(self, name):
        """What the screen shows where the widget is."""
        box = self.widget(name)
        x, y = round(self.origin[0] + box["x"]), round(self.origin[1] + box["y"])
        return self.display.picture(x, y, round(box["width"]), round(box["height"]))

    def settled_picture(self, name, quiet_s=0.6, timeout_s=30.0):
        """The widget's pixels once they have stayed the same for a while, with the mouse where it covers nothing."""
        self.move(1, 1)
        end, seen, since = time.monotonic() + timeout_s, self.picture(name), time.monotonic()
        while time.monotonic() - since < max(quiet_s, 3 * self.patience_s):
            if time.monotonic() > end:
                raise Failure(f"the pixels of {name} do not come to rest")
            time.sleep(0.1)
            now = self.picture(name)
            if now != seen:
                seen, since = now, time.monotonic()
        return seen

    def frames(self):
        """The lines of the frame log so far."""
        lines = self.frame_file.read_text().splitlines(keepends=True)
        return list(csv.DictReader(line for line in lines if line.endswith("\n")))  # the last one may be half written

    def wait_for_value(self, name, accept, what, timeout_s=30.0):
        return wait_until(lambda: (lambda v: v if accept(v) else None)(self.value(name)), f"{name}: {what}", timeout_s)

    def settled(self, name, quiet_s=0.6, timeout_s=60.0):
        """The widget's value once it has stayed the same for a while."""
        end, value, since = time.monotonic() + timeout_s, self.value(name), time.monotonic()
        quiet_s = max(quiet_s, 3 * self.patience_s)
        while time.monotonic() - since < quiet_s:
            if time.monotonic() > end:
                raise Failure(f"{name} does not come to rest")
            time.sleep(0.05)
            now = self.value(name)
            if now != value:
                value, since = now, time.monotonic()
        return value

    def resting(self, name, quiet_s=0.4):
        """The widget once it has stayed where it is for a while."""
        box, since = self.widget(name), time.monotonic()
        while time.monotonic() - since < max(quiet_s, 3 * self.patience_s):
            time.sleep(0.05)
            now = self.widget(name)
            if any(now[key] != box[key] for key in ("x", "y", "width", "height")):
                box, since = now, time.monotonic()
        return box

    def measure_patience(self):
        """How long the window needs to notice a hand, while it trains: the layout changes with every frame then."""
        seen = []
        while len(seen) < 8:
            before = self.layout_file.stat().st_mtime_ns
            wait_until(lambda before=before: self.layout_file.stat().st_mtime_ns != before, "the window to draw")
            seen.append(time.monotonic())
        slowest_s = max(b - a for a, b in zip(seen, seen[1:]))
        self.patience_s = min(2.0, max(0.08, 1.5 * slowest_s - 0.1))  # at most ten layouts a second are written

    # --- the hand --------------------------------------------------------------------------------

    def _xdotool(self, *arguments):
        done = subprocess.run([need("xdotool"), *map(str, arguments)], env=self.environment, capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise Failure(f"xdotool {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    def _find_origin(self):
        def windows():
            self.check_alive()
            done = subprocess.run([need("xdotool"), "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                  env=self.environment, capture_output=True, text=True, timeout=30)
            return done.stdout.split()

        self.number = wait_until(windows, "the window on the display")[0]
        lines = dict(line.split("=") for line in self._xdotool("getwindowgeometry", "--shell", self.number).split())
        return int(lines["X"]), int(lines["Y"])

    def kill_client(self):
        """The X server ends the program's connection, as xkill asks it to."""
        self._xdotool("windowkill", self.number)

    def move(self, x, y):
        self._xdotool("mousemove", round(self.origin[0] + x), round(self.origin[1] + y))
        time.sleep(self.patience_s)

    def press(self):
        self._xdotool("mousedown", 1)
        time.sleep(self.patience_s)

    def jump_and_press(self, x, y, button):
        """The mouse is pressed within the frame in which it arrives."""
        self._xdotool("mousemove", round(self.origin[0] + x), round(self.origin[1] + y), "mousedown", button)
        time.sleep(self.patience_s)

    def release(self, button=1):
        self._xdotool("mouseup", button)
        time.sleep(self.patience_s)

    def key(self, name):
        # Where the keyboard's description lets Alt change nothing of a function key, xdotool presses Alt with it.
        code = FUNCTION_KEYS.get(name)
        self._xdotool("key", name if code is None else code)
        time.sleep(self.patience_s)

    def type(self, text):
        """Into the field that has the keyboard."""
        self._xdotool("type", "--delay", 5, text)
        time.sleep(self.patience_s)

    def click_at(self, x, y):
        self.move(x, y)
        self.press()
        self.release()

    def click(self, name):
        self.click_at(*self.centre(name))

    def zoom_in(self, notches):
        for _ in range(notches):
            self._xdotool("click", 4)  # the wheel, away from the hand

    def drag(self, start, end, steps=12, at_each_step=lambda: None):
        self.move(*start)
        self.press()
        for step in range(1, steps + 1):
            self.move(*(a + (b - a) * step / steps for a, b in zip(start, end)))
            at_each_step()
        self.release()
