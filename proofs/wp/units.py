# SPDX-License-Identifier: MIT OR Apache-2.0
"""The units of proof, as proofs/units.bzl lists them."""

import ast
from dataclasses import dataclass

from .framac import FOLDER, FUNCTIONS, LEMMAS


@dataclass(frozen=True)
class Unit:
    name: str
    source: str
    what: str  # FUNCTIONS or LEMMAS


def assignments():
    """The assignments of units.bzl as {name: value}."""
    with open(f"{FOLDER}/units.bzl", encoding="utf-8") as file:
        tree = ast.parse(file.read())
    return {node.targets[0].id: ast.literal_eval(node.value)
            for node in tree.body if isinstance(node, ast.Assign)}


def all_units():
    listed = assignments()
    return ([Unit(name, source, FUNCTIONS)
             for name, source in listed["FUNCTIONS"].items()] +
            [Unit(name, source, LEMMAS)
             for name, source in listed["LEMMAS"].items()])


def proved_patterns():
    return assignments()["PROVED"]


def find(name):
    for unit in all_units():
        if unit.name == name:
            return unit
    raise SystemExit(f"no unit {name} in proofs/units.bzl")
