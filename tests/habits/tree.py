"""The project's own files, and how a habit tells what it found."""
import pathlib
import sys

FOREIGN = {".git", ".cache", "build", "__pycache__"}


def files(root, folders, suffixes):
    """Pairs (path from the root, text) of the text files below some folders; tracked by git or not yet."""
    root = pathlib.Path(root)
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and (not suffixes or path.suffix in suffixes) and not FOREIGN & set(path.relative_to(root).parts):
                try:
                    yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    continue  # no text: a picture, a seed of a fuzzer


def end(found, what):
    """Prints what was found, file:line first, as a compiler does; exits with 1 when that is anything."""
    for line in found:
        print(line)
    print(f"{len(found)} against the habit: {what}" if found else f"held: {what}")
    sys.exit(1 if found else 0)
