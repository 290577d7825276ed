"""Whether README.md and docs/ are true in what can be looked up: python3 documents_test.py ELBOW

Lengths of lines, links and their anchors, names of files, and the options of every elbow command that is shown.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

ELBOW = ""
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MOST_COLUMNS = 120


def pages(root=ROOT):
    return [root / "README.md", *sorted((root / "docs").glob("*.md"))]


def blocks_and_text(text):
    """The blocks of code, and what is left without them."""
    fence = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return fence.findall(text), fence.sub("", text)


def too_long(text):
    return [line for line in text.splitlines() if len(line) > MOST_COLUMNS]


def anchors(text):
    """Of the headings, as GitHub makes them."""
    result = set()
    for heading in re.findall(r"^#+ +(.*)$", blocks_and_text(text)[1], re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number, unique = 0, anchor
        while unique in result:
            number += 1
            unique = f"{anchor}-{number}"
        result.add(unique)
    return result


def broken_links(page, text):
    """Links into the tree that lead nowhere."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", blocks_and_text(text)[1]):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
            broken.append(link)
    return broken


def commands(text):
    """The command lines that call elbow, in blocks of code and `in the text`, as lists of words."""
    blocks, prose = blocks_and_text(text)
    found = []
    for block in [*blocks, *re.findall(r"`((?:elbow|scripts/run) [^`]+)`", prose.replace("\n", " "))]:
        for line in block.replace("\\\n", " ").splitlines():
            try:
                words = shlex.split(line, comments=True)
            except ValueError:  # no command: text with a lone quote
                continue
            names = [at for at, word in enumerate(words) if re.fullmatch(r"(.*/bin/)?elbow|(\./)?scripts/run", word)]
            if names:
                found.append(words[names[0] + 1:])
    return found


def split_command(names, words):
    """The words that name the command, and those after them."""
    command = []
    for word in words:
        if tuple([*command, word]) not in names:
            break
        command.append(word)
    return command, words[len(command):]


def helps():
    """What `elbow COMMAND --help` prints, by the words of the command."""
    result, waiting = {}, [()]
    while waiting:
        command = waiting.pop()
        done = subprocess.run([ELBOW, *command, "--help"], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise AssertionError(f"elbow {' '.join(command)} --help: {done.stderr}")
        result[command] = done.stdout
        section = re.search(r"^Subcommands:\n((?:  .*\n)*)", done.stdout, re.MULTILINE | re.IGNORECASE)
        waiting += [(*command, name) for name in re.findall(r"^  (\w[\w-]*) ", section[1] if section else "", re.MULTILINE)]
    return result


def options_of(text):
    """The options that a help text lists, at the beginnings of its lines, in the layout of any version of CLI11."""
    found = set()
    for names in re.findall(r"^ {2,12}((?:-\w, *)?-[^ ]+)", text, re.MULTILINE):
        found |= {name.split("=")[0] for name in re.split(", *", names)}
    return found


def unknown_options(words, known):
    """Of one command line, the words that its command does not take."""
    command, rest = split_command(known, words)
    listed = options_of(known[tuple(command)])
    if not command:  # 'elbow --latent 5' is 'elbow gui --latent 5'
        listed |= options_of(known[("gui",)])
        if rest and not rest[0].startswith("-"):
            return [rest[0]]
    given = [word.split("=")[0] for word in rest if re.match(r"--?[a-zA-Z]", word)]
    return [word for word in given if word not in listed]


class TheCheckItself(unittest.TestCase):
    """That it would see what it looks for."""

    def test_long_lines_are_seen(self):
        self.assertEqual(too_long("x" * 120 + "\n" + "y" * 121), ["y" * 121])

    def test_broken_links_are_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text("# One `thing`, two\n[a](page.md#one-thing-two) [b](#one) [c](missing.md) [d](https://x.org/y)\n"
                            "```\n# no heading\n[e](nor.a.link)\n```\n[f](page.md#no-heading)\n")
            self.assertEqual(broken_links(page, page.read_text()), ["#one", "missing.md", "page.md#no-heading"])

    def test_unknown_options_are_seen(self):
        known = {(): "  --version  Print\n", ("gui",): "  --latent COUNT=2  Size\n",
                 ("data",): "", ("data", "fetch"): "  -h,--help  Print\n  --data-dir FOLDER  Into\n"}
        text = ("no elbow --nothing, but `elbow\n--much`\n```sh\nelbow data fetch mnist --data-dir=x --force   # --help\nxvfb-run build/bin/elbow --latent 5\n"
                "elbow learn\nscripts/run data \\\n  fetch -h\nprintf 'elbow --not'\n```\n")
        self.assertEqual([unknown_options(words, known) for words in commands(text)], [["--force"], [], ["learn"], [], ["--much"]])


class Documents(unittest.TestCase):
    def test_no_line_of_the_readme_is_too_long(self):
        self.assertEqual(too_long((ROOT / "README.md").read_text()), [])

    def test_every_link_leads_somewhere(self):
        for page in pages():
            with self.subTest(page=page.name):
                self.assertEqual(broken_links(page, page.read_text()), [])

    def test_every_script_that_is_named_is_there(self):
        for page in pages():
            for script in re.findall(r"(?<![\w/])(?:scripts|tests|engine|app|assets)/[\w./-]*\w", page.read_text()):
                with self.subTest(page=page.name, script=script):
                    self.assertTrue("NAME" in script or (ROOT / script).exists())

    def test_the_commands_take_the_options_that_are_shown(self):
        known = helps()
        self.assertGreater(len(known), 5)
        seen = 0
        for page in pages():
            for words in commands(page.read_text()):
                seen += 1
                with self.subTest(page=page.name, command=" ".join(words)):
                    self.assertEqual(unknown_options(words, known), [])
        self.assertGreater(seen, 10)


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
