"""The words that a geometry file may use: shapes, operations on them, sizes of cells, and arithmetic."""

from __future__ import annotations

__all__ = ["BLOCKS", "CONSTANTS", "CONTROL", "FIELDS", "HEADS", "OPTIONS", "STRANGERS", "WORDS"]

HEADS = frozenset(
    """Point Line Curve Circle Ellipse Spline BSpline Bezier Wire Surface Plane Ruled Volume Rectangle Disk Box Sphere
    Cylinder Cone Torus Wedge ThruSections Fillet Chamfer Physical SetFactory Extrude Translate Rotate Symmetry Affine
    Dilate Duplicata Boundary CombinedBoundary BooleanUnion BooleanIntersection BooleanDifference BooleanFragments
    Delete Recursive Coherence Transfinite Recombine MeshSize Characteristic Periodic Smoother Compound Reverse Field
    Background Mesh MeshAlgorithm Geometry DefineConstant""".split()
)
"""What a statement may begin with, besides a variable that it assigns."""

BLOCKS = frozenset(
    """Extrude Translate Rotate Symmetry Affine Dilate Duplicata Boundary CombinedBoundary BooleanUnion
    BooleanIntersection BooleanDifference BooleanFragments Delete Recursive""".split()
)
"""Statements that may end with a brace instead of a semicolon."""

CONTROL = frozenset("For EndFor If ElseIf Else EndIf".split())

_FUNCTIONS = frozenset(
    """Sin Cos Tan Asin Acos Atan Atan2 Sinh Cosh Tanh Sqrt Exp Log Log10 Fabs Abs Fmod Modulo Floor Ceil Round Hypot Min
    Max Pi LinSpace LogSpace List Unique newp newl newc newll newcl news newsl newv newreg newf""".split()
)

_DETAILS = frozenset(
    """Loop Layers Using Progression Bump Left Right Alternate AlternateLeft AlternateRight In PointsOf Length
    Holes""".split()
)
WORDS = HEADS | _FUNCTIONS | _DETAILS
"""Every word of the language that may stand in any statement."""

FIELDS = frozenset(
    """Distance Threshold Box Ball Cylinder Frustum Constant Min Max Mean MathEval BoundaryLayer Restrict Extend
    CurvesList EdgesList PointsList NodesList FacesList SurfacesList VolumesList RegionsList NumPointsPerCurve
    NNodesByEdge Sampling InField IField FieldsList SizeMin SizeMax LcMin LcMax DistMin DistMax StopAtDistMax Sigmoid VIn
    VOut XMin XMax YMin YMax ZMin ZMax Thickness Radius XCenter YCenter ZCenter XAxis YAxis ZAxis F Power Size SizeFar
    Ratio Quads FanPointsList IncludeBoundary""".split()
)
"""Kinds of size fields that compute from the geometry alone, and what they are given; only in statements of Field."""

CONSTANTS = frozenset("Name Min Max Step Label Units".split())
"""What DefineConstant says of a number beside its value."""

_MESH = """Algorithm Algorithm3D MeshSizeMin MeshSizeMax MeshSizeFactor MeshSizeFromPoints MeshSizeFromCurvature
    MeshSizeExtendFromBoundary CharacteristicLengthMin CharacteristicLengthMax CharacteristicLengthFactor
    CharacteristicLengthFromPoints CharacteristicLengthFromCurvature CharacteristicLengthExtendFromBoundary RecombineAll
    RecombinationAlgorithm Recombine3DAll SubdivisionAlgorithm Smoothing Optimize OptimizeNetgen OptimizeThreshold
    ElementOrder RandomFactor RandomSeed MinimumCirclePoints MinimumCurvePoints MinimumCircleNodes MinimumCurveNodes
    TransfiniteTri AnisoMax ToleranceEdgeLength FlexibleTransfinite"""
_GEOMETRY = "Tolerance ToleranceBoolean AutoCoherence ExtrudeReturnLateralEntities CopyMeshingMethod MatchMeshTolerance"
OPTIONS = {"Mesh": frozenset(_MESH.split()), "Geometry": frozenset(_GEOMETRY.split())}
"""Options that a file may set; those that write files, or change what is saved, are not among them."""

STRANGERS = frozenset(
    """SystemCall System NonBlockingSystemCall OnelabRun Onelab Printf Sprintf Print Save Merge Include CreateDir
    CreateTopology Plugin PostView View ExternalProcess Structured Macro Function Call Return While Exit Abort Error Warning
    Str StrCat StringToName GetString GetEnv GetNumber SetNumber SetString UnsplitWindow Draw Show Hide ShapeFromFile
    DefineNumber DefineString DefineStruct UndefineConstant NameFromString NameToString ParametricSurface Parametric
    DefaultFileName CurrentDirectory TestLevel Exists FileExists Solver General PostProcessing Combine ReferenceCS
    AbsolutePath DirName FixRelativePath ClassifySurfaces RelocateMesh AdaptMesh RefineMesh SetPartition""".split()
)
"""Words of the language that a variable may not be called: they do more than describe a shape."""
