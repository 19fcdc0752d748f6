"""chatter.py RUN: a container whose log grows by a line a second."""
import os
import sys
import time

from container_logs import stamp

run = sys.argv[1]
with open(os.path.join(run, "chatter"), encoding="utf-8") as file:
    name = file.read()
number = 30
while True:
    with open(os.path.join(run, "container-logs", "growing.log"), "a", encoding="utf-8") as out:
        out.write(f"{stamp(time.time())} stdout F tick {number} of {name}\n")
    number += 1
    time.sleep(1)
