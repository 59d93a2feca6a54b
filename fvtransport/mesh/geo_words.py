"""The words that a geometry file may use: shapes, operations on them, sizes of cells, and arithmetic."""

from __future__ import annotations

__all__ = ["BLOCKS", "CONSTANTS", "CONTROL", "FIELDS", "HEADS", "OPTIONS", "STRANGERS", "WORDS"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADS = _set(
    """
    Point Line Curve Circle Ellipse Spline BSpline Bezier Wire Surface Plane Ruled Volume Rectangle Disk Box
    Sphere Cylinder Cone Torus Wedge ThruSections Fillet Chamfer Physical SetFactory Extrude Translate Rotate
    Symmetry Affine Dilate Duplicata Boundary CombinedBoundary BooleanUnion BooleanIntersection
    BooleanDifference BooleanFragments Delete Recursive Coherence Transfinite Recombine MeshSize Characteristic
    Periodic Smoother Compound Reverse Field Background Mesh MeshAlgorithm Geometry DefineConstant
    """
)
"""What a statement may begin with, besides a variable that it assigns."""

BLOCKS = _set(
    """
    Extrude Translate Rotate Symmetry Affine Dilate Duplicata Boundary CombinedBoundary BooleanUnion
    BooleanIntersection BooleanDifference BooleanFragments Delete Recursive
    """
)
"""Statements that may end with a brace instead of a semicolon."""

CONTROL = _set("For EndFor If ElseIf Else EndIf")

_FUNCTIONS = _set(
    """
    Sin Cos Tan Asin Acos Atan Atan2 Sinh Cosh Tanh Sqrt Exp Log Log10 Fabs Abs Fmod Modulo Floor Ceil Round
    Hypot Min Max Pi LinSpace LogSpace List Unique newp newl newc newll newcl news newsl newv newreg newf
    """
)

_DETAILS = _set(
    """
    Loop Layers Using Progression Bump Left Right Alternate AlternateLeft AlternateRight In PointsOf Length
    Holes
    """
)
WORDS = HEADS | _FUNCTIONS | _DETAILS
"""Every word of the language that any statement may have."""

FIELDS = _set(
    """
    Distance Threshold Box Ball Cylinder Frustum Constant Min Max Mean MathEval BoundaryLayer Restrict Extend
    CurvesList EdgesList PointsList NodesList FacesList SurfacesList VolumesList RegionsList NumPointsPerCurve
    NNodesByEdge Sampling InField IField FieldsList SizeMin SizeMax LcMin LcMax DistMin DistMax StopAtDistMax
    Sigmoid VIn VOut XMin XMax YMin YMax ZMin ZMax Thickness Radius XCenter YCenter ZCenter XAxis YAxis ZAxis F
    Power Size SizeFar Ratio Quads FanPointsList IncludeBoundary
    """
)
"""Kinds of size fields that compute from the geometry alone, and what they are given; only in statements of Field."""

CONSTANTS = _set("Name Min Max Step Label Units")
"""What DefineConstant says of a number beside its value."""

_MESH = """Algorithm Algorithm3D MeshSizeMin MeshSizeMax MeshSizeFactor MeshSizeFromPoints MeshSizeFromCurvature
    MeshSizeExtendFromBoundary CharacteristicLengthMin CharacteristicLengthMax CharacteristicLengthFactor
    CharacteristicLengthFromPoints CharacteristicLengthFromCurvature CharacteristicLengthExtendFromBoundary RecombineAll
    RecombinationAlgorithm Recombine3DAll SubdivisionAlgorithm Smoothing Optimize OptimizeNetgen OptimizeThreshold
    ElementOrder RandomFactor RandomSeed MinimumCirclePoints MinimumCurvePoints MinimumCircleNodes MinimumCurveNodes
    TransfiniteTri AnisoMax ToleranceEdgeLength FlexibleTransfinite"""
_GEOMETRY = "Tolerance ToleranceBoolean AutoCoherence ExtrudeReturnLateralEntities CopyMeshingMethod MatchMeshTolerance"
OPTIONS = {"Mesh": _set(_MESH), "Geometry": _set(_GEOMETRY)}
"""Options that a file may set; those that write files, or change what is saved, are not among them."""

STRANGERS = _set(
    """
    SystemCall System NonBlockingSystemCall OnelabRun Onelab Printf Sprintf Print Save Merge Include CreateDir
    CreateTopology Plugin PostView View ExternalProcess Structured Macro Function Call Return While Exit Abort
    Error Warning Str StrCat StringToName GetString GetEnv GetNumber SetNumber SetString UnsplitWindow Draw Show
    Hide ShapeFromFile DefineNumber DefineString DefineStruct UndefineConstant NameFromString NameToString
    ParametricSurface Parametric DefaultFileName CurrentDirectory TestLevel Exists FileExists Solver General
    PostProcessing Combine ReferenceCS AbsolutePath DirName FixRelativePath ClassifySurfaces RelocateMesh
    AdaptMesh RefineMesh SetPartition
    """
)
"""Words of the language that a variable may not be called: they do more than describe a shape."""
