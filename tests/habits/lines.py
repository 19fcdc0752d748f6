#!/usr/bin/env python3
"""What no line of the tree may hold, and how long a file may be.

usage: lines.py ROOT
"""
import re
import sys

from tree import end, files

CODE = {".h", ".cpp"}
MOST_LINES = 600


class Rule:
    def __init__(self, why, pattern, folders, suffixes=CODE, except_for=()):
        self.why, self.folders, self.suffixes, self.except_for = why, folders, suffixes, tuple(except_for)
        self.pattern = re.compile(pattern)


COMMENT = re.compile(r"^\s*(//|\*|/\*)")
RULES = [
    Rule("a wait or an event loop inside the program", r"\bprocessEvents\b|\bQEventLoop\b|\bwaitFor(Finished|Started|"
         r"ReadyRead|Connected|BytesWritten|Encrypted|Disconnected)\b|(\.|->)exec\(", ["app", "ui"]),
    Rule("Qt guesses HTML in a label: ui::PlainLabel does not", r"\bnew QLabel\b|\bQLabel\s+\w+\s*[;({]", ["ui"],
         except_for=["ui/widgets/plainlabel."]),
    Rule("a message box of Qt's waits inside and guesses HTML", r"\bQMessageBox::(information|question|warning|critical|about)\b", ["ui"]),
    Rule("sentences of the core are made in messages, models, diagnose and cli", r"\btr\(|QCoreApplication::translate\(|QT_TR(ANSLATE)?_NOOP",
         ["app/" + folder for folder in ("base", "config", "keychain", "transport", "endpoint", "kube", "store", "scheduling",
                                         "tke", "metrics", "change", "snapshot")]),
    Rule("a test that skips cannot fail", r"\bQSKIP\b", ["tests"]),
    Rule("a path of one machine", r"(?<![\w.}])/(root|work)/",
         ["app", "ui", "tests", "script", ".ci", "packaging", "translations", "resources"], None,
         except_for=["tests/fixtures/"]),
    Rule("a path of one machine", r"(?<![\w.}])/home/[a-z]", ["app", "ui", "script", ".ci", "packaging", "translations", "resources"], None),
]


def check(root):
    found = []
    for rule in RULES:
        for path, text in files(root, rule.folders, rule.suffixes):
            if path.startswith(rule.except_for):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if rule.pattern.search(line) and not (rule.suffixes == CODE and COMMENT.match(line)):
                    found.append(f"{path}:{number}: {rule.why}: {line.strip()[:100]}")
    for path, text in files(root, ["app", "ui"], CODE):
        lines = text.count("\n")
        if lines > MOST_LINES:
            found.append(f"{path}:{lines}: longer than {MOST_LINES} lines: which second topic could move out?")
    for path, text in files(root, ["app", "ui", "tests"], {".h"}):
        if not re.search(r"^#pragma once$", text, re.MULTILINE):
            found.append(f"{path}:1: a header without #pragma once")
    return found


if __name__ == "__main__":
    end(check(sys.argv[1]), "no line holds what none may hold, no file is too long")
