"""Statements and options of Gmsh's language by what becomes of them: given to Gmsh, passed over, or refused."""

from __future__ import annotations

import pytest

from fvtransport.errors import CaseError
from fvtransport.mesh.geo_language import read_geo
from fvtransport.mesh.geo_options import OPTIONS, SHOWN, UNUSED
from fvtransport.mesh.geo_words import CONTROL, DISPLAY, FIELDS, HEADS, STRANGERS, WORDS

START = "h = 0.1; n = 2;\n"
GIVEN = [
    'SetFactory("OpenCASCADE");',
    'SetFactory("Built-in");',
    "Block(1) = {0, 0, 0, 1, 1, 1};",
    "p() = Translate {1, 0, 0} { Duplicata { Point{1}; } };",
    "Extrude {0, 0, 1} { Surface{1}; Layers{ {2, 3}, {0.5, 1} }; Recombine; }",
    "Extrude { {0, 0, 1}, {0, 0, 0}, Pi/2 } { Curve{1}; Layers{5}; QuadTriNoNewVerts RecombLaterals; }",
    "Fillet{1}{1, 2}{0.1}",
    "v() = BooleanCut{ Volume{1}; Delete; }{ Volume{2}; Delete; };",
    "BooleanFragments{ Surface{1}; Delete; }{ Curve{5}; }",
    "Transfinite Curve {1, 2} = 10 Using Bump 0.2;",
    "Transfinite Surface {1} = {1, 2, 3, 4} AlternateLeft;",
    "Transfinite Volume{1} = {1, 2, 3, 4, 5, 6, 7, 8};",
    "TransfQuadTri {1};",
    "Recombine Surface {1} = 30;",
    "Smoother Surface {1} = 5;",
    "MeshSize {1, 2} = h;",
    "Characteristic Length {1} = h;",
    "MeshSizeFromBoundary Surface{1} = 0;",
    "MeshAlgorithm Surface {1} = 5;",
    "Periodic Curve {2} = {-4} Translate {1, 0, 0};",
    "Curve {5} In Surface {1};",
    "Compound Curve {1, 2};",
    "Reverse Surface {1};",
    "Coherence;",
    "Delete { Point{1}; }",
    "Recursive Delete { Surface{1}; }",
    "Delete Physicals;",
    "SetMaxTag Point (100);",
    "If (!Exists(other))\n  other = 3;\nEndIf",
    "w = DefineNumber[0.5];",
    "DefineConstant[ w = 0.1, v = {2} ];",
    "b() = BoundingBox Surface{1};",
    "x() = Point{1};",
    "m = GMSH_MAJOR_VERSION + ArcTan2(1, 2) + Rand(1);",
    'Physical Curve("A & B (rest), 50 %", 12) += {1};',
    "Physical Surface(7) = {1, 2};",
    'Field[1] = MathEval; Field[1].F = "0.1 + x^2";',
    "Field[2] = BoundaryLayer; Field[2].CurvesList = {1}; Field[2].Size = h; BoundaryLayer Field = 2;",
    "Field[3] = Box; Field[3].VIn = h; Background Field = 3;",
    "Mesh 2;",
    "RefineMesh;",
]
"""Statements that Gmsh is given as they are."""

PASSED_OVER = [
    'Printf("n = %g, h = %e\\n", n, h);',
    'Printf("a > b", n > 1);',
    'Printf(Sprintf("%g", n));',
    'Warning("coarse");',
    "Color Red { Surface{1}; }",
    "Color {255, 0, 0} { Surface{1}; Curve{1}; };",
    "Recursive Color SteelBlue { Volume{1}; }",
    "Show { Point{1}; }",
    'Hide "*";',
    "Recursive Hide { Volume{1}; }",
    "Draw;",
    "SetChanged;",
    "BoundingBox;",
    "BoundingBox {0, 1, 0, 1, 0, 1};",
    ";",
    "Mesh.SaveAll = 1;",
    "Mesh.MshFileVersion = 2.2;",
    "Mesh.Format = 1;",
    "Mesh.Color.Nodes = {255, 0, 0};",
    "Geometry.Color.Points = Orange;",
    "Geometry.PointNumbers = 1;",
    "General.Terminal = 1;",
    "General.Verbosity = 99;",
    "General.NumThreads = n;",
    "General.Color.Background = {255, 255, 255};",
    "Print.GeoLabels = 0;",
    "PostProcessing.Link = 1;",
]
"""Statements that are accepted, and that Gmsh is not given."""

REFUSED = [
    # What executes.
    'SystemCall "x";', 'System "x";', 'NonBlockingSystemCall "x";', 'OnelabRun("x");', 'OnelabAction "x";',
    "Plugin(MathEval).Run;", "Plugin(MathEval).Iso = 1;", 'Sleep 1e9;', 'ONELAB "x";',
    "System/* a */\"x\";", "System // a\n\"x\";", "System\r\n\"x\";", 'System "x" ;;', 'n = 1; System "x";',
    'If (1) System "x"; EndIf', 'If (0) EndIf System "x";', 'For i In {1:2} System "x"; EndFor',
    'Printf("a"); System "x"; Printf("b");', 'Color Red { Surface{1}; } System "x";', 'Draw; System "x";',
    'Show System "x";', "Color { System } { Point{1}; }", 'Hide { Point{1}; SystemCall "x"; }',
    'General.Terminal = 1, System "x";', 'Mesh.SaveAll = GetNumber("x", 1);',
    'DefineConstant[ w = {1, Name "a"} ] System "x";', 'DefineConstant[ w = {1, ServerAction "x"} ];',
    'DefineConstant[ w = {1, Macro "x"} ];', 'DefineConstant[ w = {1, GmshOption "General.Terminal"} ];',
    'DefineConstant[ w = {1, Name ) ; System "x"; } ];', 'w = DefineNumber[1, Name GetEnv("HOME")];',
    'Call StrCat("Sys", "tem");', 'StringToName["System"] = 1;', 'S2N["SystemCall"] "x";', 'Sys~{"tem"} "x";',
    "Macro A\nReturn\nCall A;", "Function A\nReturn", "While (1)", "Call A;", 'Call "A";',
    'If (0)\nPhysical Point("EndIf SystemCall") = {1};\nEndIf', "xSystemCallx = 1;",
    "\u0405ystem \"x\";", "System\u00a0\"x\";", "\u200bSystem \"x\";", "Sys\\\ntem \"x\";", "Sys\\u0074em \"x\";",
    "h = `x`;", "h = $(x);", "<< EOF\nSystem\nEOF", "h << EOF;", "#!/bin/sh", "!x", "System 'x';",
    # What writes files.
    'Save "x";', 'Print "x";', 'Print Sprintf("x");', 'CreateDir "x";', 'AppendToExistingFile "x";',
    'Printf("a") > "x";', 'Printf("a") >> "x";', 'Printf("a", 1) > StrCat("x", "y");', 'Warning("a") > "x";',
    "Mesh.PartitionTopologyFile = 1;", "Mesh.PartitionSplitMeshFiles = 1;", "PartitionMesh 4;",
    'SetString("x", "y");', 'SetNumber("x", 1);', "Homology {{1}, {}};",
    # What reads files, the surroundings or the network.
    'Merge "x";', 'MergeFile "x";', 'Include "x";', 'Include "x"', 'Include StrCat("x", "y");', 'OpenProject "x";',
    'ShapeFromFile("x");', 'v() = ShapeFromFile("x");', 'l() = ListFromFile("x");', 'If (FileExists("x"))\nEndIf',
    'Physical Curve(GetEnv("HOME")) = {1};', "h = GetNumber(\"x\", 1);", 'h = TIME;', "h = TotalMemory;",
    'Field[1] = ExternalProcess;', 'Field[1] = PostView;', "Field[1] = Structured;", "Background Mesh View[0];",
    "Field[1] = AutomaticMeshSizeField;", 'Field[1] = Box; Field[1].FileName = "x";',
    'Field[1] = Box; Field[1].CommandLine = "x";', 'View "a" { SP(0, 0, 0){1}; };', "View[0].Visible = 0;",
    "Solver.AlwaysListen = 1;", 'Solver.SocketName = "x";', 'General.ExecutableFileName = "x";',
    'General.TextEditor = "x";', 'Geometry.DoubleClickedPointCommand = "x";', 'Print.ParameterCommand = "x";',
    'DefineConstant[ s = {"x", Kind "file"} ];', 'SetFactory("x");', "h = CurrentDirectory;", "MPI_Rank = 1;",
    # What ends early, or never.
    "Exit;", "Abort;", 'Error("x");', "For i In {0:1:0}\nEndFor", "For i In {1:1e9}\nEndFor",
    "For i In {-1e308:1e308}\nEndFor", "For i In {1e16:1e16 + 8:0.5}\nEndFor", "For i In {1:2}\ni = 0;\nEndFor",
    "For i In {1:1e4}\nFor j In {1:1e4}\nEndFor\nEndFor", "For (1)\nEndFor", "For i In {1:2}\n", "If (1)", "EndIf",
    "For i In {1:2}\nDefineConstant[ i = {0, Name \"a\"} ];\nEndFor",
    # What is not known.
    "Mesh.Algoritm = 6;", "Geometry.NoSuch = 1;", "Mesh.MeshOnlyVisible = 1;", 's = "text";', "Field[1] = NoSuch;",
    "h = Mesh.SaveAll;", "h = Geometry.Points;",
]  # fmt: skip


def refusals(text: str) -> list[tuple[int, str]]:
    """Line and message of everything that is refused in a text."""
    try:
        read_geo(text, "body.geo")
    except CaseError as error:
        return [(each.mark.line, each.message) for each in error.problems]
    return []


def said(text: str) -> str:
    """What Gmsh is given of a text, without spaces."""
    return "".join(read_geo(text, "body.geo").text.split())


@pytest.mark.parametrize("statement", GIVEN)
def test_what_describes_a_mesh_is_given_to_gmsh_as_it_is(statement):
    assert said(START + statement) == "".join((START + statement).split())


@pytest.mark.parametrize("statement", PASSED_OVER)
def test_what_makes_nothing_is_passed_over(statement):
    assert said(START + statement + "\nk = 3;") == said(START + "k = 3;")
    assert said(f"{START}If (n > 1)\n{statement}\nEndIf") == said(f"{START}If (n > 1) EndIf")


@pytest.mark.parametrize("statement", REFUSED)
def test_what_does_more_is_refused_at_its_line(statement):
    found = refusals(f"{START}k = 1; //\n{statement}\n")
    assert found and 3 <= found[0][0] <= 3 + statement.count("\n")
    assert refusals(f"{START}If (n > 1)\n{statement}\nEndIf")


@pytest.mark.parametrize("group, options", OPTIONS.items())
def test_options_of_cells_are_given_to_gmsh(group, options):
    for option in options:
        assert said(f"{group}.{option} = 2;") == f"{group}.{option}=2;"
        assert refusals(f'{group}.{option} = "x";')


@pytest.mark.parametrize("group, options", [*UNUSED.items(), *((group, ["Anything"]) for group in sorted(SHOWN))])
def test_other_numeric_options_are_passed_over(group, options):
    for option in options:
        assert said(f"{group}.{option} = 2;\n{group}.{option} += 2;") == ""
        assert refusals(f'{group}.{option} = "x";') == [(1, f"the option {group}.{option} is not set here")]
        assert refusals(f"h = {group}.{option};")


def test_lists_do_not_overlap():
    for group, options in OPTIONS.items():
        assert not options & UNUSED[group]
    assert not (WORDS | FIELDS | CONTROL) & STRANGERS
    assert not DISPLAY & (HEADS | STRANGERS | CONTROL)


@pytest.mark.parametrize(
    "labelled, plain",
    [
        ('DefineConstant[ w = {0.1, Min 0, Max 1, Name "A/w?", Choices{0="x", 1="y"}}, v = 2 ];', "w={0.1},v=2"),
        ('DefineConstant( w = {Max(1, 2), Label "a", Visible 0, Help "b; c", ReadOnly 1} );', "w={Max(1,2)}"),
        ('w = DefineNumber[ Hypot(1, 2), Name "w", Highlight "Blue" ];', "w=DefineNumber[Hypot(1,2)]"),
        ("w = DefineNumber(2, Units \"m\") + DefineNumber(3);", "w=DefineNumber(2)+DefineNumber(3)"),
    ],
)  # fmt: skip
def test_labels_of_numbers_are_not_given_to_gmsh(labelled, plain):
    assert plain in said(labelled)


def test_an_option_that_is_misspelt_is_told_its_name():
    assert refusals("Mesh.Algoritm = 6;")[0][1].endswith("(did you mean Mesh.Algorithm?)")


def test_a_file_of_mistakes_tells_the_first_twenty():
    assert len(refusals('System "x";\n' * 5000)) == 20


def test_blocks_in_blocks_are_bounded():
    deep = "If (1)\n" * 51 + "EndIf\n" * 51
    assert refusals(deep) == [(51, "If lies in 50 others")]
