#!/usr/bin/env python3
"""clang-tidy over app/ and ui/, with a memory: a file that passed is not read again until it, a header of ours that it
reaches, its compile command or the checks change.

usage: tidy.py ROOT BUILD [FILE...]
"""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@lru_cache(maxsize=None)
def reached(path):
    """The files of ours that one includes, itself among them, however far away."""
    seen, waiting = {}, [path]
    while waiting:
        name = waiting.pop()
        if name not in seen and (root / name).is_file():
            seen[name] = (root / name).read_bytes()
            waiting += [found.decode() for found in INCLUDE.findall(seen[name])]
    return seen


def key_of(entry, path):
    sum_of = hashlib.sha256((root / ".clang-tidy").read_bytes() + version + entry["command"].encode())
    for name, text in sorted(reached(path).items()):
        sum_of.update(name.encode() + b"\0" + text)
    return sum_of.hexdigest()


def judge(job):
    path, stamp = job
    run = subprocess.run([tidy, "--quiet", "-p", build, root / path], capture_output=True, text=True)
    if run.returncode == 0:
        stamp.touch()
        return ""
    return run.stdout or run.stderr


if len(sys.argv) < 3:
    sys.exit(__doc__)
root, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
asked = {pathlib.Path(name).resolve() for name in sys.argv[3:]}
tidy = "clang-tidy-14" if any(os.access(f"{d}/clang-tidy-14", os.X_OK) for d in os.get_exec_path()) else "clang-tidy"
version = subprocess.run([tidy, "--version"], capture_output=True, check=True).stdout
commands = build / "compile_commands.json"
if not commands.is_file():
    sys.exit(f"{commands} is not there: configure first (cmake --preset dev)")

stamps = build / "tidy"
stamps.mkdir(exist_ok=True)
jobs, known, passed = [], set(), 0
for entry in json.loads(commands.read_text()):
    file = pathlib.Path(entry["file"])
    if not file.is_relative_to(root) or file.is_relative_to(build) or (asked and file not in asked):
        continue
    path = file.relative_to(root).as_posix()
    if not asked and not path.startswith(("app/", "ui/")):
        continue
    stamp = stamps / key_of(entry, path)
    known.add(stamp.name)
    if stamp.exists():
        passed += 1
    else:
        jobs.append((path, stamp))
if not asked:
    for stamp in stamps.iterdir():
        if stamp.name not in known:
            stamp.unlink()

bad = 0
with ThreadPoolExecutor(os.cpu_count()) as pool:
    for words in pool.map(judge, jobs):
        if words:
            bad += 1
            print(words, flush=True)
print(f"clang-tidy: {len(jobs)} files read, {bad} with something to mend; {passed} had passed before")
if not jobs and not passed:
    sys.exit("clang-tidy: there was nothing to read")
sys.exit(1 if bad else 0)
