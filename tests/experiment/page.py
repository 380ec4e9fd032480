# SPDX-License-Identifier: MIT OR Apache-2.0
"""A page that shows an experiment: SVG and text, nothing to load."""

from html import escape

MIB = 1 << 20
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 120, 16, 40

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d2129; --soft: #666e7a;
  --line: #e2e0db; --run-0: #8a8f98; --run-1: #e0702e; --run-2: #2f7fd6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --card: #1c2027; --ink: #e8eaee; --soft: #9aa3b0;
    --line: #303641; --run-0: #8a93a1; --run-1: #f09a55; --run-2: #4f9bf0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif;
}
main { max-width: 760px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { margin: 0; font-size: 1.9rem; letter-spacing: -.02em; }
h2 { margin: 2.5rem 0 .25rem; font-size: 1.25rem; }
p { margin: .25rem 0 1rem; color: var(--soft); max-width: 70ch; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td {
  padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line);
  text-align: right; font-variant-numeric: tabular-nums;
}
th { font-weight: 500; color: var(--soft); }
th:first-child, td:first-child { text-align: left; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--line); }
svg .run { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
svg .limit { stroke: var(--soft); stroke-dasharray: 5 4; }
svg .end { font-weight: 600; }
"""


def ticks(most):
    """From 0 to at least most in steps of 1, 2 or 5 times a power of ten."""
    step = next(
        digit * 10.0**power
        for power in range(-6, 12)
        for digit in (1, 2, 5)
        if digit * 10.0**power * 5 >= most
    )
    return [i * step for i in range(6) if (i - 1) * step < most]


def spread(ends):
    """Where to write the names so that none covers another."""
    placed = {}
    floor = 0
    for y, n in sorted(ends):
        placed[n] = max(y, floor)
        floor = placed[n] + 15
    return placed


class Chart:
    """One line a run: its values, counted from first. A limit is dashed."""

    def __init__(self, label, runs, values, first=0, limit=None):
        self.label, self.runs, self.values = label, runs, values
        self.first, self.limit = first, limit
        self.steps = max(map(len, values))
        self.marks = ticks(max(max(line) for line in values) or 1)

    def x(self, i):
        return LEFT + (WIDTH - LEFT - RIGHT) * i / max(1, self.steps - 1)

    def y(self, value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.marks[-1]

    def grid(self):
        for mark in self.marks:
            y = self.y(mark)
            yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{mark:g}</text>'
        for i in range(self.steps):
            label = f'<text x="{self.x(i):.1f}" y="{HEIGHT - 20}" text-anchor="middle">'
            yield f"{label}{self.first + i}</text>"
        yield f'<text x="{LEFT}" y="{HEIGHT - 3}">round</text>'

    def line(self, n):
        color = f"var(--run-{n})"
        points = [(self.x(i), self.y(value)) for i, value in enumerate(self.values[n])]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        yield f'<path class="run" style="stroke:{color}" d="M{path}"/>'
        for i, (x, y) in enumerate(points):
            value = f"{self.values[n][i]:.4g} {self.label}"
            title = f"{self.runs[n]['name']}, round {self.first + i}: {value}"
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" style="fill:{color}">'
                f"<title>{escape(title)}</title></circle>"
            )

    def names(self):
        ends = [(self.y(line[-1]), n) for n, line in enumerate(self.values)]
        for n, y in spread(ends).items():
            sign = "\u2713" if self.runs[n]["done"] else "\u2717"
            x = self.x(len(self.values[n]) - 1) + 10
            yield (
                f'<text class="end" style="fill:var(--run-{n})" x="{x:.1f}" y="{y + 4:.1f}">'
                f"{escape(self.runs[n]['name'])} {sign}</text>"
            )

    def most(self):
        if self.limit is not None and self.limit <= self.marks[-1]:
            y = self.y(self.limit)
            yield f'<path class="limit" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
            label = f'<text x="{WIDTH - RIGHT}" y="{y + 15:.1f}" text-anchor="end">'
            yield f"{label}fits into the downtime</text>"

    def svg(self):
        yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.label)}">'
        yield from self.grid()
        yield from self.most()
        for n in range(len(self.runs)):
            yield from self.line(n)
        yield from self.names()
        yield "</svg>"


def sent(given, runs):
    values = [[r["bytes"] / MIB for r in run["rounds"]] for run in runs]
    limit = given["max_bandwidth"] * given["downtime_limit"] / 1000
    return "\n".join(Chart("MiB", runs, values, 1, limit).svg())


def left(runs):
    values = [[*(r["pages"] for r in run["rounds"]), run["left"]] for run in runs]
    return "\n".join(Chart("pages", runs, values).svg())


def summary(runs):
    """A row a run, below the names of the columns."""
    rows = [["run", "completed", "rounds", "seconds", "downtime ms", "sent MiB", "cache MiB"]]
    for run in runs:
        rows.append([
            run["name"], "yes" if run["done"] else "no", str(len(run["rounds"])),
            f"{run['seconds']:.1f}", f"{run['downtime'] * 1000:.0f}" if run["done"] else "",
            f"{run['transferred'] / MIB:.1f}", f"{run['cache'] / MIB:.1f}",
        ])  # fmt: skip
    return rows


def table(runs):
    kinds = ["th", *(["td"] * len(runs))]
    rows = ["".join(f"<{k}>{escape(c)}</{k}>" for c in row) for k, row in zip(kinds, summary(runs))]
    return "\n".join(f"<tr>{row}</tr>" for row in rows)


def page(given, runs):
    """The whole page; given is what the experiment was told."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>xbz: the experiment</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>xbz: the experiment</h1>
<p>A guest of {given['memory']:g} MiB changes one byte in each 1024, page after page,
{given['rate']} pages a second. The link takes {given['max_bandwidth']:g} MiB a second, the
guest may stand still for {given['downtime_limit']} ms, and the cache may have
{given['cache_size']:g} MiB. A run that is not done after {given['max_rounds']} rounds has failed
(\u2717).</p>
<p>QEMU's cache is ours with QEMU's shape: one way, and so a power of two of pages. Where
that is no disadvantage, as with a cache for the whole guest, both get done.</p>
<div class="scroll"><table>
{table(runs)}
</table></div>
<h2>MiB sent in each round</h2>
<p>The first round sends every page whole, and the second fills the cache. From then
on, pages that it has go as deltas.</p>
{sent(given, runs)}
<h2>Pages left after each round</h2>
<p>The guest writes to every page in the meantime, whatever is done. Only a last round
that fits into the downtime ends this.</p>
{left(runs)}
</main>
</body>
</html>
"""
