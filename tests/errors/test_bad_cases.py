"""Bad cases, one edit of a good case each: the one message that each gives, and the place that it points at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fvtransport.case.checks.checked_case import load
from fvtransport.errors import CaseError, Problem
from fvtransport.model.registry import Registry

GOOD = """\
title: mixing
units: SI
parameters: {E: 0.035, L: 40.0}
mesh: {type: Grid1D, length: L, cells: 20}
mixture: {binary: {species: [A, B], concentration: 0.1}}
properties:
  diffusivity: 2.1
  conductivity: 0.4
  thermal_diffusion_coefficient: -1.1
  heat_capacity: 0.2
laws: [conduction, fick, soret_dufour]
initial: {T: 300.0, x_A: "0.5 + 0.5*E*(L/2 - x)"}
boundaries:
  left: {T: {dirichlet: 300 K}, x_A: no_flux}
  right: {T: {dirichlet: 300 K}, x_A: no_flux}
solve: {transient: {until: 3000, rtol: 1.0e-8}}
observe:
  Qc: {heat_from: right, at: [50, 3000]}
"""
STEADY = GOOD.replace(
    "solve: {transient: {until: 3000, rtol: 1.0e-8}}\nobserve:\n  Qc: {heat_from: right, at: [50, 3000]}",
    "solve: {steady: {mean: {x_A: 0.5}}}",
)

REDUCED = GOOD.replace("units: SI", "units: reduced").replace("300 K", "300")
ISOTHERMAL = """\
mesh: {type: Grid1D, length: 1, cells: 20}
mixture: {binary: {species: [A, B], concentration: 0.1, temperature: 300}}
properties: {diffusivity: 2.1}
laws: [fick]
initial: {x_A: 0.5}
boundaries:
  left: {x_A: no_flux}
  right: {x_A: no_flux}
solve: {transient: 3000}
"""
SLAB = "emcd_slab: {concentration: 1, diffusivity: 1, length: 1, x_left: 1, x_right: 0, species: A}"


@dataclass(frozen=True)
class Bad:
    """A case with one mistake: the edit, where the message must point, and what it must say."""

    name: str
    old: str
    new: str
    position: str
    says: str
    base: str = GOOD


NAMES = [
    Bad("unknown key", "title: mixing", "titel: mixing", "1:1", 'unknown key "titel"; expected one of title,'),
    Bad("unknown key, nearest", "observe:", "obsrve:", "17:1", 'did you mean "observe"?'),
    Bad("repeated key", "units: SI", "title: SI", "2:1", 'key "title" is repeated (first on line 1)'),
    Bad("repeated key below", "  conductivity: 0.4", "  diffusivity: 0.4", "8:3", 'key "diffusivity" is repeated'),
    Bad("missing block", "laws: [conduction, fick, soret_dufour]\n", "", "1:1", "laws is missing"),
    Bad("empty block", "laws: [conduction, fick, soret_dufour]", "laws:", "11:1", "laws is empty"),
    Bad(
        "unknown species",
        "dirichlet: 300 K}, x_A: no_flux}\n  right",
        "dirichlet: 300 K}, x_C: no_flux}\n  right",
        "14:33",
        'unknown field "x_C"',
    ),
    Bad("misspelt field", "initial: {T: 300.0, x_A", "initial: {T: 300.0, xA", "12:21", 'did you mean "x_A"?'),
    Bad(
        "unknown boundary",
        "  right: {T",
        "  rigth: {T",
        "15:3",
        'unknown boundary "rigth"; expected one of left, right, default; did you mean "right"?',
    ),
    Bad("unknown condition", "x_A: no_flux}\n  right", "x_A: noflux}\n  right", "14:38", 'did you mean "no_flux"?'),
    Bad("condition is a law", "x_A: no_flux}\n  right", "x_A: fick}\n  right", "14:38", "it is a law, not a condition"),
    Bad("unknown law", "soret_dufour]", "sorret_dufour]", "11:26", 'unknown law "sorret_dufour"'),
    Bad("law in other case", "fick,", "Fick,", "11:20", 'did you mean "fick"?'),
    Bad("unknown property", "  diffusivity: 2.1", "  diffusivty: 2.1", "7:3", 'unknown property "diffusivty"'),
    Bad(
        "unknown property plugin", "diffusivity: 2.1", "diffusivity: {inverse: 2}", "7:17", 'unknown property "inverse"'
    ),
    Bad("unknown mesh", "Grid1D", "Grid1", "4:14", 'did you mean "Grid1D"?'),
    Bad("missing mesh type", "type: Grid1D, ", "", "4:1", "mesh lacks type"),
    Bad("unknown mixture", "binary:", "binray:", "5:11", 'did you mean "binary"?'),
    Bad(
        "unknown parameter of mixture",
        "concentration: 0.1",
        "concentration: 0.1, pressure: 1",
        "5:57",
        'binary has no parameter "pressure"',
    ),
    Bad(
        "missing parameter of mixture",
        ", concentration: 0.1",
        "",
        "5:11",
        "binary lacks concentration; expected concentration [mol/m^3]",
    ),
    Bad(
        "unknown parameter of law",
        "soret_dufour]",
        "soret_dufour: {linearized_at: 3}]",
        "11:41",
        'did you mean "linearised_at"?',
    ),
    Bad("law without parameters", "fick,", "fick: 3,", "11:26", "fick is given"),
    Bad("unknown observable", "heat_from", "heat_form", "18:8", 'unknown observable "heat_form"'),
    Bad(
        "unknown solution",
        "observe:",
        "compare: {solution: nowhere, tolerance: 1}\nobserve:",
        "17:21",
        'unknown solution "nowhere"',
    ),
    Bad("unknown way to solve", "transient", "transent", "16:9", 'did you mean "transient"?'),
    Bad("unknown units", "SI", "CGS", "2:8", "unknown units"),
    Bad(
        "unknown balance",
        "soret_dufour]",
        "soret_dufour, source: {balance: C, rate: 1}]",
        "11:58",
        'unknown balance "C"',
    ),
    Bad(
        "closed balance",
        "soret_dufour]",
        "soret_dufour, source: {balance: B, rate: 1}]",
        "11:58",
        "x_B follows from x_A",
    ),
    Bad("boundary of an observable", "heat_from: right", "heat_from: top", "18:19", 'unknown boundary "top"'),
]

VALUES = [
    Bad("text for a number", "cells: 20", "cells: many", "4:40", 'unknown name "many"'),
    Bad("list for a number", "cells: 20", "cells: [20]", "4:40", "cells is a list"),
    Bad("number for a list", "laws: [conduction, fick, soret_dufour]", "laws: 3", "11:7", "a list of laws"),
    Bad("mapping for text", "title: mixing", "title: {a: 1}", "1:8", "title: found a mapping; expected text"),
    Bad("empty number", "cells: 20", "cells: ", "4:40", "cells is nothing"),
    Bad(
        "wrong dimension",
        "diffusivity: 2.1",
        "diffusivity: 2.1 m/s",
        "7:16",
        'found "m/s" (length per time), expected a quantity in m^2/s',
    ),
    Bad("wrong dimension of a length", "length: L", "length: 4 s", "4:30", "expected a quantity in m"),
    Bad(
        "wrong dimension of a condition",
        "dirichlet: 300 K}, x_A: no_flux}\n  right",
        "dirichlet: 300 m}, x_A: no_flux}\n  right",
        "14:25",
        "expected a quantity in K",
    ),
    Bad(
        "wrong dimension of a flux",
        "x_A: no_flux}\n  right",
        "x_A: {neumann: 2 W/m^2}}\n  right",
        "14:48",
        "expected a quantity in mol/m^2/s",
    ),
    Bad(
        "wrong dimension of an exchange",
        "{T: {dirichlet: 300 K}, x_A: no_flux}\n  right",
        "{T: {robin: {coefficient: 2 W/m^2, reference: 300}}, x_A: no_flux}\n  right",
        "14:35",
        "expected a quantity in W/m^2/K",
    ),
    Bad(
        "wrong dimension of a source",
        "soret_dufour]",
        "soret_dufour, source: {balance: energy, rate: 1 W/m^2}]",
        "11:72",
        "expected a quantity in J/m^3/s",
    ),
    Bad("wrong dimension of a time", "at: [50, 3000]", "at: [50 m, 3000]", "18:31", "expected a quantity in s"),
    Bad("unknown unit", "diffusivity: 2.1", "diffusivity: 2.1 metres^2/secnd", "7:16", "unknown unit"),
    Bad(
        "unit in reduced units",
        "diffusivity: 2.1",
        "diffusivity: 2.1 m^2/s",
        "7:16",
        "the case is in reduced units",
        REDUCED,
    ),
    Bad("unit of a parameter in reduced units", "L: 40.0", "L: 40 m", "3:27", "the case is in reduced units", REDUCED),
    Bad("three species", "[A, B]", "[A, B, C]", "5:29", "species has 3 entries; expected 2 entries"),
    Bad("species twice", "[A, B]", "[A, A]", "5:11", "two fields of one name"),
    Bad("zero cells", "cells: 20", "cells: 0", "4:40", "cells = 0 is out of range, it must be in [1,"),
    Bad("non-integer cells", "cells: 20", "cells: 20.5", "4:40", "not a whole number"),
    Bad("negative length", "length: L", "length: -4", "4:30", "length = -4 is out of range, it must be above 0"),
    Bad("non-finite length", "length: L", "length: .inf", "4:30", "not a finite number"),
    Bad("length that is no number", "length: L", "length: .nan", "4:30", "not a finite number"),
    Bad("negative cross-section", "cells: 20", "cells: 20, cross_section: -1", "4:59", "above 0"),
    Bad("grading", "cells: 20", "cells: 20, grading: {ratio: 0.5}", "4:61", "ratio = 0.5 is out of range"),
    Bad("grading side", "cells: 20", "cells: 20, grading: {ratio: 2, towards: rigth}", "4:73", 'did you mean "right"?'),
    Bad(
        "negative coefficient",
        "conductivity: 0.4",
        "conductivity: -0.4",
        "8:17",
        "conductivity = -0.4 is out of range, it must be above 0",
    ),
    Bad("negative coefficient by expression", "conductivity: 0.4", "conductivity: 0.1 - E*10", "8:17", "above 0"),
    Bad(
        "negative coefficient somewhere",
        "conductivity: 0.4",
        "conductivity: 0.4 - T",
        "8:3",
        "conductivity = -299.6 at the initial state; expected a positive number",
    ),
    Bad("negative concentration", "concentration: 0.1", "concentration: -0.1", "5:52", "above 0"),
    Bad(
        "negative exchange",
        "{T: {dirichlet: 300 K}, x_A: no_flux}\n  right",
        "{T: {robin: {coefficient: -2, reference: 300}}, x_A: no_flux}\n  right",
        "14:35",
        "at least 0",
    ),
    Bad(
        "two conventions",
        "  heat_capacity: 0.2",
        "  heat_capacity: 0.2\n  soret_coefficient: 0.1",
        "11:3",
        'here as soret_coefficient, on line 9 as thermal_diffusion_coefficient ("thermal_diffusion_coefficient: -1.1")',
    ),
    Bad(
        "given by the mixture too",
        "  heat_capacity: 0.2",
        "  heat_capacity: 0.2\n  concentration: 0.1",
        "11:3",
        "concentration is given twice: the mixture on line 5",
    ),
    Bad(
        "end before start",
        "until: 3000",
        "start: 4000, until: 3000",
        "16:41",
        "the run ends at 3000, but it starts at 4000",
    ),
    Bad(
        "profile after the end",
        "until: 3000",
        "until: 3000, times: [10, 3001]",
        "16:46",
        "outside the run; expected a time in (0, 3000]",
    ),
    Bad(
        "observation after the end",
        "at: [50, 3000]",
        "at: [50, 3001]",
        "18:35",
        "outside the run; expected a time in (0, 3000]",
    ),
    Bad("observation at the start", "at: [50, 3000]", "at: 0", "18:30", "outside the run"),
    Bad("rtol too small", "rtol: 1.0e-8", "rtol: 1.0e-15", "16:40", "in [1e-14, 0.01]"),
    Bad("rtol too large", "rtol: 1.0e-8", "rtol: 0.1", "16:40", "in [1e-14, 0.01]"),
    Bad(
        "no tolerance",
        "observe:",
        f"compare: {{solution: {{{SLAB}}}, tolerance: 0}}\nobserve:",
        "17:127",
        "tolerance = 0 is out of range",
    ),
    Bad(
        "tolerance left out",
        "observe:",
        f"compare: {{solution: {{{SLAB}}}}}\nobserve:",
        "17:1",
        "compare lacks tolerance",
    ),
    Bad(
        "parameter of a solution",
        "observe:",
        f"compare: {{tolerance: 1, solution: {{{SLAB.replace('length: 1, ', '')}}}}}\nobserve:",
        "17:36",
        "emcd_slab lacks length",
    ),
]

EXPRESSIONS = [
    Bad("unknown name", "0.5*E*(L/2", "0.5*EE*(L/2", "12:37", 'unknown name "EE"'),
    Bad(
        "import", "diffusivity: 2.1", """diffusivity: "__import__('os').system('true')\"""", "7:28", "unexpected quote"
    ),
    Bad("call of import", "diffusivity: 2.1", "diffusivity: __import__(T)", "7:16", 'unknown function "__import__"'),
    Bad("attribute", "diffusivity: 2.1", "diffusivity: T.real", "7:16", "a dot after a name is not allowed"),
    Bad("subscript", "diffusivity: 2.1", "diffusivity: T[0]", "7:16", "square bracket"),
    Bad("overflow", "diffusivity: 2.1", "diffusivity: 9**9**9**9", "7:", "overflows"),
    Bad("overflow of a parameter", "E: 0.035", "E: 9**9**9**9", "3:", "overflows"),
    Bad("division by zero", "diffusivity: 2.1", "diffusivity: 1/(E - E)", "7:16", "division by zero"),
    Bad("caret", "diffusivity: 2.1", "diffusivity: T^2", "7:17", '"**"'),
    Bad("comparison in time", "diffusivity: 2.1", '"diffusivity": "where(t > 3, 1, 2)"', "7:25", "declare their jumps"),
    Bad("field in a number", "length: L", "length: 2*T", "4:32", 'unknown name "T"'),
    Bad("time in an initial value", "(L/2 - x)", "(L/2 - t)", "12:46", "x_A cannot depend on t"),
    Bad("field in an initial value", "(L/2 - x)", "(L/2 - T)", "12:46", "x_A cannot depend on T"),
    Bad(
        "time in a steady case",
        "dirichlet: 300 K}, x_A: no_flux}\n  right",
        "dirichlet: 300 + t}, x_A: no_flux}\n  right",
        "14:31",
        "a steady case has no time",
        STEADY,
    ),
    Bad(
        "circle of parameters", "E: 0.035", "E: b, a: E, b: 2*a", "3:17", "parameters run in a circle: E -> b -> a -> E"
    ),
    Bad("parameter named x", "E: 0.035", "E: 0.035, x: 3", "3:24", 'a parameter cannot be named "x"'),
    Bad("parameter named like a field", "E: 0.035", "E: 0.035, T: 3", "3:24", "it is a field of the mixture"),
    Bad("parameter that is no name", "E: 0.035", "E: 0.035, a-b: 3", "3:24", "cannot be used in an expression"),
    Bad("infinite parameter", "E: 0.035", "E: .inf", "3:17", "not a finite number"),
    Bad("parameter without value", "E: 0.035", "E: ", "3:17", "E is nothing"),
    Bad("parameter in an unknown unit", "E: 0.035", "E: 3 wibble", "3:17", "unknown unit"),
]

POSED = [
    Bad(
        "missing condition",
        "{dirichlet: 300 K}, x_A: no_flux}\nsolve",
        "{dirichlet: 300 K}}\nsolve",
        "15:3",
        "no condition for x_A on right",
    ),
    Bad(
        "missing boundary",
        "  right: {T: {dirichlet: 300 K}, x_A: no_flux}\n",
        "",
        "13:1",
        "no condition for T and x_A on right",
    ),
    Bad(
        "two conditions",
        "T: {dirichlet: 300 K}, x_A: no_flux}\n  right",
        "T: {dirichlet: 300 K, neumann: 0}, x_A: no_flux}\n  right",
        "14:32",
        "dirichlet and neumann are both given",
    ),
    Bad(
        "condition of a closed field",
        "x_A: no_flux}\n  right",
        "x_A: no_flux, x_B: no_flux}\n  right",
        "14:47",
        "x_B follows from x_A",
    ),
    Bad("initial value of a closed field", "initial: {", "initial: {x_B: 0.5, ", "12:11", "x_B follows from x_A"),
    Bad(
        "condition of a known field",
        "  left: {",
        "  left: {T: {dirichlet: 300}, ",
        "7:10",
        "T takes no condition: T is given by the mixture",
        ISOTHERMAL,
    ),
    Bad(
        "condition of a known field, cure",
        "  left: {",
        "  left: {T: {dirichlet: 300}, ",
        "7:10",
        "expected one of x_A; remove it, or choose a mixture that solves for T",
        ISOTHERMAL,
    ),
    Bad(
        "initial value of a known field",
        "initial: {",
        "initial: {T: 300, ",
        "5:11",
        "T takes no initial value: T is given by the mixture",
        ISOTHERMAL,
    ),
    Bad("missing initial value", "T: 300.0, x_A", "x_A", "12:1", "no initial value for T"),
    Bad(
        "initial fraction above one",
        "0.5 + 0.5*E",
        "0.8 + 0.5*E",
        "12:26",
        "x_A = 1.15 at x = 0 is out of range, it must be in [0, 1]",
    ),
    Bad(
        "initial fraction below zero at one end",
        "0.5 + 0.5*E",
        "0.2 + 0.5*E",
        "12:26",
        "x_A = -0.15 at x = 40 is out of range",
    ),
    Bad("initial fraction below zero", '"0.5 + 0.5*E*(L/2 - x)"', "-0.1", "12:26", "x_A = -0.1 is out of range"),
    Bad("infinite initial value", "0.5 + 0.5*E*(L/2 - x)", "0.5 + 0.0/x", "12:26", "a finite number"),
    Bad("initial temperature of zero", "T: 300.0", "T: 0.0", "12:14", "T = 0 is out of range, it must be above 0"),
    Bad(
        "boundary fraction",
        "x_A: no_flux}\n  right",
        "x_A: {dirichlet: 1.2}}\n  right",
        "14:50",
        "x_A: value = 1.2 is out of range",
    ),
    Bad(
        "boundary fraction at a later time",
        "x_A: no_flux}\n  right",
        "x_A: {dirichlet: t/2000}}\n  right",
        "14:50",
        "is out of range",
    ),
    Bad(
        "reference fraction",
        "x_A: no_flux}\n  right",
        "x_A: {robin: {coefficient: 1, reference: 1.2}}}\n  right",
        "14:74",
        "x_A: reference = 1.2 is out of range",
    ),
    Bad(
        "boundary temperature",
        "300 K}, x_A: no_flux}\n  right",
        "-3 K}, x_A: no_flux}\n  right",
        "14:25",
        "T: value = -3 is out of range, it must be above 0",
    ),
    Bad("missing property", "  diffusivity: 2.1\n", "", "10:20", "fick needs diffusivity [m^2/s]"),
    Bad(
        "missing convention",
        "  thermal_diffusion_coefficient: -1.1\n",
        "",
        "10:26",
        "expected one of thermal_diffusion_coefficient, soret_coefficient,",
    ),
    Bad("missing storage", "  heat_capacity: 0.2\n", "", "5:1", "the storage of energy needs heat_capacity"),
    Bad("law twice", "fick,", "fick, fick,", "11:26", "fick is given twice"),
    Bad(
        "balance without law",
        "conduction, fick, soret_dufour",
        "fick",
        "11:1",
        "no law gives the energy balance a flux; expected add conduction",
    ),
    Bad(
        "state that lacks a field",
        "soret_dufour]",
        "soret_dufour: {linearised_at: {T: 300}}]",
        "11:41",
        "linearised_at lacks x_A",
    ),
    Bad(
        "state out of range",
        "soret_dufour]",
        "soret_dufour: {linearised_at: {T: -3, x_A: 0.5}}]",
        "11:60",
        "T = -3 is out of range",
    ),
    Bad(
        "no mean",
        "{steady: {mean: {x_A: 0.5}}}",
        "steady",
        "16:8",
        "x_A is not fixed: every boundary imposes its flux",
        STEADY,
    ),
    Bad(
        "no mean, cures",
        "{steady: {mean: {x_A: 0.5}}}",
        "steady",
        "16:8",
        "`solve: {steady: {mean: {x_A: ...}}}`, or a value or an exchange coefficient on one boundary",
        STEADY,
    ),
    Bad(
        "unbalanced fluxes",
        "x_A: no_flux}\n  right",
        "x_A: {neumann: 0.5}}\n  right",
        "14:38",
        "unbalanced fluxes: what leaves through left and right sums to 0.5 mol/m^2/s for A",
        STEADY,
    ),
    Bad(
        "mean of a fixed field",
        "mean: {x_A: 0.5}",
        "mean: {x_A: 0.5, T: 300}",
        "16:35",
        "its boundaries already fix T",
        STEADY,
    ),
    Bad("mean out of range", "mean: {x_A: 0.5}", "mean: {x_A: 1.5}", "16:30", "x_A = 1.5 is out of range", STEADY),
    Bad(
        "mean of a closed field",
        "mean: {x_A: 0.5}",
        "mean: {x_A: 0.5, x_B: 0.5}",
        "16:35",
        "x_B follows from x_A",
        STEADY,
    ),
    Bad(
        "amount in a steady case",
        "}}}\n",
        "}}}\nobserve: {Q: {heat_from: left}}\n",
        "17:15",
        "a steady case has none",
        STEADY,
    ),
    Bad(
        "times in a steady case",
        "}}}\n",
        "}}}\nobserve: {Q: {flux: {of: A, through: left}, at: 3}}\n",
        "17:45",
        "a steady case has none",
        STEADY,
    ),
    Bad(
        "a law that is part of another",
        "soret_dufour]",
        "soret_dufour, soret]",
        "11:40",
        "soret is part of soret_dufour on line 11",
    ),
    Bad(
        "concentration that changes in time",
        "concentration: 0.1",
        "concentration: 30/T",
        "5:1",
        "concentration depends on T and would change in time",
    ),
    Bad(
        "heat capacity that depends on composition",
        "heat_capacity: 0.2",
        "heat_capacity: 0.2*x_A",
        "10:3",
        "heat_capacity depends on x_A",
    ),
    Bad(
        "compare without a solution", "observe:", "compare: {tolerance: 1}\nobserve:", "17:1", "compare lacks solution"
    ),
]

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdef", "bcdefg")
)
TEXTS = [
    ("empty", b"", "1:1", "the text is empty"),
    ("list", b"- a\n- b\n", "1:1", "the file contains a list"),
    ("single value", b"hello\n", "1:1", 'the file contains "hello"'),
    (
        "python tag",
        GOOD.replace("mixing", "!!python/object/apply:os.system ['true']").encode(),
        "1:8",
        "is not allowed",
    ),
    ("alias bomb", BOMB.encode(), "3:", "aliases repeat more than"),
    ("tab", GOOD.replace("  diffusivity", "\tdiffusivity").encode(), "7:1", "tab"),
    ("second document", f"{GOOD}---\na: 1\n".encode(), "19:1", "a second document"),
    ("binary", b"title: \xff\xfe\x00", "1:1", "binary or not UTF-8"),
    ("NUL", b"title: a\x00b\n", "1:9", "unreadable character"),
    ("over 10 MB", b"# " + b"x" * 10_000_000, "1:1", "over 10 MB"),
]
BAD = [*NAMES, *VALUES, *EXPRESSIONS, *POSED]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.installed()


def problems(folder: Path, text: str | bytes, registry: Registry, *overrides: str) -> tuple[Problem, ...]:
    """What is wrong with a case; nothing when it loads."""
    path = folder / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load(path, overrides, registry)
    except CaseError as error:
        return error.problems
    return ()


def position(problem: Problem) -> str:
    return f"{problem.mark.line}:{problem.mark.column}"


@pytest.mark.parametrize("text", [GOOD, STEADY, REDUCED, ISOTHERMAL], ids=["time", "steady", "reduced", "isothermal"])
def test_the_good_cases_are_good(tmp_path, registry, text):
    assert problems(tmp_path, text, registry) == ()


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_one_mistake_gives_one_message_at_its_place(tmp_path, registry, bad):
    assert bad.base.count(bad.old) == 1
    found = problems(tmp_path, bad.base.replace(bad.old, bad.new), registry)
    assert len(found) == 1, found
    assert f"{position(found[0])}:".startswith(bad.position)
    head, line, caret = found[0].render().split("\n")
    assert bad.says in head
    assert line.partition("| ")[2] and caret.partition("| ")[2].lstrip().startswith("^")


@pytest.mark.parametrize(("text", "at", "says"), [each[1:] for each in TEXTS], ids=[each[0] for each in TEXTS])
def test_a_text_that_is_no_case(tmp_path, registry, text, at, says):
    found = problems(tmp_path, text, registry)
    assert f"{position(found[0])}:".startswith(at)
    assert says in found[0].render()


def test_nothing_is_written_and_python_tags_do_not_run(tmp_path, registry):
    marker = tmp_path / "ran"
    text = GOOD.replace("mixing", f"!!python/object/apply:pathlib.Path.touch [{marker}]")
    assert problems(tmp_path, text, registry)
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


TEN = """\
titel: ten mistakes
parameters: {E: 0.035, L: 40.0, a: b, b: a}
mesh: {type: Grid1D, length: L, cells: 0}
mixture: {binary: {species: [A, B], concentration: -0.1}}
properties: {diffusivity: 2.1, conductivity: 0.4 m, thermal_diffusion_coefficient: -1.1, heat_capacity: 0.2}
laws: [conduction, fick, sorret]
initial: {T: -1.0, x_A: 0.5 + 0.5*e}
boundaries:
  left: {T: {dirichlet: 300 K}, x_A: no_flux}
  rigth: {T: {dirichlet: 300 K}, x_A: no_flux}
solve: {transient: {until: 3000, rtol: 1}}
"""


def test_ten_mistakes_in_one_file_are_reported_at_once(tmp_path, registry):
    found = problems(tmp_path, TEN, registry)
    lines = ["1:1", "2:36", "3:40", "4:52", "5:46", "6:26", "7:14", "7:35", "10:3", "11:40"]
    assert [position(each) for each in found] == lines


def test_an_override_is_quoted_in_place_of_the_file(tmp_path, registry):
    (found,) = problems(tmp_path, GOOD, registry, "mesh.cells=0")
    assert found.render().startswith("--set mesh.cells=0:1:12: cells = 0 is out of range")
    (found,) = problems(tmp_path, GOOD, registry, "mesh.cell=3")
    assert found.nearest == "cells"


def test_values_that_look_like_something_else(tmp_path, registry):
    """1e-3 is a number, 1/K a unit, species NO and Y are text."""
    text = GOOD.replace("[A, B]", "[NO, Y]").replace("x_A", "x_NO").replace("E: 0.035", "E: 1e-3")
    text = text.replace("thermal_diffusion_coefficient: -1.1", "soret_coefficient: 2e-3 1/K")
    assert problems(tmp_path, text, registry) == ()
