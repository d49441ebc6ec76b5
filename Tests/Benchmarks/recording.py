"""What the benchmarks print at their end, and keep as small files under Results, with the date and the machine."""

import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent / "Results"


def spread(values):
    """The median of some figures, with the smallest and the largest."""
    return {"median": round(statistics.median(values), 4), "from": round(min(values), 4), "to": round(max(values), 4)}


def show(result):
    """Prints a result, one figure a line."""
    for name, value in result.items():
        if isinstance(value, dict) and "median" in value:
            print(f"{name}: {value['median']:g} (from {value['from']:g} to {value['to']:g})")
        else:
            print(f"{name}: {value}")


def keep(name, result):
    """Writes a result to a file of its own: a second one of a day takes the place of the first."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{datetime.date.today().isoformat()}-{name}.json"
    path.write_text(json.dumps({"machine": machine(), "commit": commit(), **result}, indent=2) + "\n")
    print(f"kept in {path}")


def machine():
    """The processor, how many of its cores there are, memory in GiB, and what else kept them busy at that time."""
    model, memory = platform.processor() or platform.machine(), None
    with open("/proc/cpuinfo") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemTotal"):
                memory = round(int(line.split()[1]) / 1024 / 1024, 1)
    return {"processor": model, "cores": os.cpu_count(), "memory_gib": memory,
            "load": round(os.getloadavg()[0], 1), "system": platform.system()}


def commit():
    """The commit that was measured, as far as git knows it."""
    shown = subprocess.run(["git", "-C", FOLDER.parent, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return shown.stdout.strip()
