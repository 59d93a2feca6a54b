"""A geometry file can make a mesh and nothing else: everything outside the list is refused, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from fvtransport.errors import CaseError
from fvtransport.mesh.geo_language import read_geo
from fvtransport.mesh.geo_numbers import value_of
from fvtransport.mesh.geo_tokens import canonical, tokens_of
from fvtransport.mesh.geo_words import CONTROL, FIELDS, STRANGERS, WORDS

CASES = Path(__file__).parents[3] / "cases"
HARMLESS = """// sizes
h = 0.1; /* of
cells */ n[] = {1, 2}; n[] += 3;
Point(1) = {0, 0, 0, h}; Point(newp) = {1, 0, 0, h};
For i In {0:3}
  If (i == 2 || #n[] > 4)
    Line(10 + i) = {1, 2};
  Else
    Transfinite Curve {10 + i} = 4 Using Progression 1.1;
  EndIf
EndFor
out[] = Extrude {0, 0, 1} { Surface{1}; Layers{5}; Recombine; };
Translate {1, 0, 0} { Duplicata { Surface{1}; } }
BooleanDifference(3) = { Surface{1}; Delete; }{ Surface{2}; Delete; };
Field[1] = Distance; Field[1].CurvesList = {1};
Field[2] = MathEval; Field[2].F = "0.1+x*x";
Background Field = 2;
Mesh.Algorithm = 6;
DefineConstant[ w = {0.1, Min 0, Max 1, Name "Sizes/w"}, v = 2 ];
MeshSize { PointsOf { Volume{1}; } } = w*v;
Physical Curve("outer edge") = {1, out[0]}; Physical Surface("plate", 7) = {out[]};
"""


def refused(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of everything that is refused."""
    with pytest.raises(CaseError) as raised:
        read_geo(text, "body.geo")
    return [(each.mark.line, each.mark.column, each.message) for each in raised.value.problems]


def test_a_description_of_a_mesh_passes():
    found = read_geo(HARMLESS, "body.geo")
    assert found.names == {0: [], 1: ["outer edge"], 2: ["plate"], 3: []}


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.geo")), ids=lambda path: path.stem)
def test_the_geometries_of_the_cases_pass(path):
    assert read_geo(path.read_text(encoding="utf-8"), path.name).names[2]


def test_gmsh_is_given_the_words_alone_each_on_its_line():
    text = "a = 1; // SystemCall 'x'\n/* two\nlines */ Point(1) = {a,  0, 0};"
    assert read_geo(text, "").text == "a = 1; \n\n Point(1) = {a, 0, 0};\n".replace("; \n\n ", ";\n\n")


@pytest.mark.parametrize(
    "statement",
    [
        'SystemCall "touch x";',
        'System "touch x";',
        'NonBlockingSystemCall "touch x";',
        'SystemCall\n"touch x";',
        'SystemCall/**/"touch x";',
        'OnelabRun("a", "touch x");',
        'Printf("a") > "x";',
        'Printf("a") >> "x";',
        'Save "x";',
        'Print "x";',
        'CreateDir "x";',
        'Merge "x";',
        'Include "x"',
        'Include "x";',
        "Macro A\nCall A;\nReturn\nCall A;",
        "Function A\nReturn",
        "Call A;",
        'Field[1] = ExternalProcess; Field[1].CommandLine = "touch x";',
        'Field[1] = Structured; Field[1].FileName = "x";',
        "Field[1] = PostView;",
        "Background Mesh View[0];",
        "Plugin(MathEval).Run;",
        'View "a" { };',
        'a = "text";',
        'a = Str("SystemCall", "touch x");',
        'Call Str("A");',
        'Physical Curve(StrCat("a", "b")) = {1};',
        'Mesh.Name = "x";',
        "Mesh.PartitionTopologyFile = 1;",
        'General.ExecutableFileName = "x";',
        "Solver.AlwaysListen = 1;",
        'SetFactory("x");',
        'ShapeFromFile("x");',
        "While (1)",
        "Exit;",
        "Abort;",
        'DefineConstant[ a = {1, ServerAction "x"} ];',
        'DefineConstant[ a = "x" ];',
        "a = GetEnv;",
        "a = 1; a SystemCall;",
        "SystemCall = 1;",
        "SystemCall x;",
        "xEndIfSystemCall = 1;",
        "a = 1; x~{a} = 2;",
        'Physical Surface("a\\"; SystemCall \'touch x\'") = {1};',
        "Physical Surface('a') = {1};",
        'Physical Surface("a\nb") = {1};',
        'If (0)\nPhysical Curve("EndIf SystemCall ") = {1};\nEndIf',
        'Physical Surface("a /* b") = {1};',
        'Physical Surface("a // b") = {1};',
        "#include",
        "a = `touch x`;",
        "$MeshFormat",
        "a = 1 \\\n+ 2;",
        "Point(1) = {0, 0, 0};\x00SystemCall",
        "/* no end",
        "DoSomething;",
    ],
)
def test_what_is_no_description_is_refused(statement):
    assert refused(f"Point(1) = {{0, 0, 0}};\n{statement}\n")[0][0] >= 2


@pytest.mark.parametrize("word", sorted(STRANGERS))
def test_no_word_of_another_purpose_is_a_statement_a_variable_or_a_value(word):
    assert word not in WORDS | CONTROL | FIELDS
    for text in (f"{word};", f'{word} "x";', f'{word}("x");', f"{word} = 1;", f"a = {word};", f"For {word} In {{1:2}}"):
        assert refused(text)


def test_the_place_is_that_of_the_word():
    text = 'Point(1) = {0, 0, 0}; // one\n  h = 1;   SystemCall "touch x";\n\nMerge "y";'
    assert [each[:2] for each in refused(text)] == [(2, 12), (4, 1)]
    with pytest.raises(CaseError) as raised:
        read_geo(text, "body.geo")
    first = raised.value.problems[0]
    assert first.render().startswith("body.geo:2:12: SystemCall is not a statement of the geometry; expected")
    assert "--allow-geo" in first.expected
    assert first.render().endswith('  h = 1;   SystemCall "touch x";\n      |            ^~~~~~~~~~')


@pytest.mark.parametrize(
    "loop, says",
    [
        ("For i In {0:1:0}\nEndFor", "step is 0"),
        ("For i In {1:1e9}\nEndFor", "turns 1e+09 times"),
        ("n = 2000; For i In {1:n}\nFor j In {1:n^2/2000}\nEndFor\nEndFor", "turns 4e+06 times"),
        ("For i In {1:3}\ni = 1;\nEndFor", "counts the turns"),
        ("For i In {1:3}\ni--;\nEndFor", "counts the turns"),
        ("For i In {1:3}\nFor i In {1:3}\nEndFor\nEndFor", "counts the turns"),
        ("For i In {1:3}\nDefineConstant[ i = 1 ];\nEndFor", "counts the turns"),
        ("For i In {1:3}\n", "For has no end"),
        ("For (1)\nEndFor", "without bounds"),
        ("EndFor", "EndFor without For"),
        ("If (1)\nEndFor\nEndIf", "EndFor without For"),
    ],
)
def test_loops_have_an_end(loop, says):
    assert any(says in message for _, _, message in refused(loop))


@pytest.mark.parametrize("text", ["Point(1) = {0, 0, 0;", "Point(1) = {0, 0, 0)};", "Point(1) = {0}"])
def test_a_statement_has_an_end(text):
    assert refused(text)


def test_a_variable_is_assigned_before_it_is_read():
    assert refused("Point(1) = {sise, 0, 0};")[0][2] == "sise is not known here"


@pytest.mark.parametrize(
    "text, value",
    [
        ("2 + 3*4", 14.0),
        ("-2^2", -4.0),
        ("2^-1", 0.5),
        ("2^3^2", 512.0),
        ("(1 - 4)/2 - 1", -2.5),
        ("Sqrt(a^2) + Max(1, 2)", 5.0),
        ("7 % 4", 3.0),
        ("b", None),
        ("1/0", None),
        ("#l[]", None),
        ("9^9^9^9", None),
        ("1 2", None),
    ],
)
def test_numbers_that_are_known(text, value):
    assert value_of(tokens_of(text, ""), {"a": 3.0}) == value


def test_a_word_is_what_gmsh_takes_for_one():
    tokens = tokens_of("a1=.5e-3;b+=2.;c=a1>=b&&!(1)", "")
    assert [each.text for each in tokens] == [
        "a1", "=", ".5e-3", ";", "b", "+=", "2.", ";", "c", "=", "a1", ">=", "b", "&&", "!", "(", "1", ")",
    ]  # fmt: skip
    assert canonical("a1=.5e-3;", tokens[:4]) == "a1=.5e-3;\n"
