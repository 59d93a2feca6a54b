"""The words that a geometry file may use: shapes, operations on them, sizes of cells, and arithmetic."""

from __future__ import annotations

__all__ = ["BLOCKS", "CONTROL", "DISPLAY", "FIELDS", "FORMULAS", "HEADS", "SERVED", "STRANGERS", "TEXTS", "WORDS"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADS = _set(
    """
    Point Line Curve Circle Ellipse Ellipsis Spline BSpline CatmullRom Bezier Nurbs Wire Surface Plane Ruled Volume
    Rectangle Disk Box Block Sphere PolarSphere Cylinder Cone Torus Wedge ThruSections ThickSolid Fillet Chamfer
    Physical SetFactory Extrude Translate Rotate Symmetry Affine Dilate Duplicata Split Intersect HealShapes
    Boundary CombinedBoundary PointsOf Closest BooleanUnion BooleanIntersection BooleanDifference BooleanFragments
    BooleanSection BooleanFuse BooleanCommon BooleanCut BooleanCoherence Delete Recursive Coherence Transfinite
    TransfQuadTri Recombine MeshSize MeshSizeFromBoundary Characteristic Degenerated Periodic Smoother Compound
    Reverse ReverseMesh ReorientMesh RefineMesh RecombineMesh RelocateMesh RenumberMeshNodes RenumberMeshElements
    CreateTopology CreateGeometry ClassifySurfaces SetMaxTag SyncModel Field Background BoundaryLayer Mesh
    MeshAlgorithm Geometry DefineConstant
    """
)
"""What a statement may begin with, besides a variable that it assigns."""

DISPLAY = _set("Printf Warning Color Show Hide Draw SetChanged BoundingBox")
"""Statements about what is shown, which make nothing: they are passed over, and Gmsh is not given them."""

BLOCKS = _set(
    """
    Extrude Translate Rotate Symmetry Affine Dilate Duplicata Boundary CombinedBoundary PointsOf BooleanUnion
    BooleanIntersection BooleanDifference BooleanFragments BooleanSection BooleanFuse BooleanCommon BooleanCut
    BooleanCoherence Fillet Chamfer Closest Delete Recursive Color Show Hide
    """
)
"""Statements that may end with a brace instead of a semicolon."""

CONTROL = _set("For EndFor If ElseIf Else EndIf")

_FUNCTIONS = _set(
    """
    Sin Cos Tan Asin Acos Atan Atan2 ArcSin ArcCos ArcTan ArcTan2 Sinh Cosh Tanh Sqrt Exp Log Log10 Fabs Abs Fmod
    Modulo Floor Ceil Round Hypot Min Max Step Rand Pi LinSpace LogSpace List Unique Find Exists DefineNumber
    newp newl newc newll newcl news newsl newv newreg newf Mass CenterOfMass MatrixOfInertia BoundingBox Parent
    GMSH_MAJOR_VERSION GMSH_MINOR_VERSION GMSH_PATCH_VERSION
    """
)

_DETAILS = _set(
    """
    Loop Layers Using Progression Bump Beta Left Right Alternate AlternateLeft AlternateRight In Length Hole Holes Knots
    Order Sewing Degenerated ScaleLastLayer QuadTriAddVerts QuadTriNoNewVerts RecombLaterals Physicals All Meshes
    """
)
WORDS = HEADS | _FUNCTIONS | _DETAILS
"""Every word of the language that any statement may have."""

FORMULAS = _set("F FX FY FZ M11 M12 M13 M22 M23 M33")
"""What size fields are given as formulas in quotes."""

FIELDS = FORMULAS | _set(
    """
    Attractor AttractorAnisoCurve Ball BoundaryLayer Box Constant Curvature Cylinder Distance Extend Frustum Gradient
    IntersectAniso Laplacian LonLat MathEval MathEvalAniso Max MaxEigenHessian Mean Min MinAniso Octree Param Restrict
    Threshold CurvesList EdgesList PointsList NodesList FacesList SurfacesList VolumesList RegionsList FieldsList
    NumPointsPerCurve NNodesByEdge Sampling InField IField FieldX FieldY FieldZ SizeMin SizeMax LcMin LcMax DistMin
    DistMax StopAtDistMax Sigmoid VIn VOut XMin XMax YMin YMax ZMin ZMax Thickness Radius XCenter YCenter ZCenter XAxis
    YAxis ZAxis Power Size SizeFar SizesList Ratio Quads FanPointsList FanPointsSizesList FanNodesList FansList
    ExcludedSurfacesList ExcludedFacesList IntersectMetrics NbLayers BetaLaw Beta AnisoMax hfar hwall_n hwall_n_nodes
    hwall_t ratio thickness IncludeBoundary Delta Kind FromStereo RadiusStereo InnerR1 InnerR2 InnerV1 InnerV2 OuterR1
    OuterR2 OuterV1 OuterV2 R1_inner R2_inner R1_outer R2_outer V1_inner V2_inner V1_outer V2_outer X1 X2 Y1 Y2 Z1 Z2
    SizeMinNormal SizeMaxNormal SizeMinTangent SizeMaxTangent
    """
)
"""Kinds of size fields that compute from the geometry alone, and what they are given; only in statements of Field."""

TEXTS = _set("Str StrCat StrPrefix StrRelative StrReplace StrSub StrChoice UpperCase LowerCase Sprintf")
"""Functions of texts, which are read in statements that are passed over, and nowhere else."""

SERVED = _set("ServerAction Macro GmshOption Loop")
"""Attributes of constants that make Gmsh act; the others label them."""

STRANGERS = TEXTS | _set(
    """
    SystemCall System NonBlockingSystemCall OnelabRun OnelabAction Onelab Print Save Merge MergeFile Include OpenProject
    AppendToExistingFile CreateDir Plugin PostView View ExternalProcess AutomaticMeshSizeField Structured Macro Function
    Call Return While Exit Abort Error StringToName S2N GetString GetEnv GetNumber GetValue GetStringValue GetForced
    GetForcedStr SetNumber SetString UnsplitWindow ShapeFromFile ListFromFile DefineString DefineStruct Struct
    UndefineConstant NameFromString NameToString N2S NameStruct DimNameSpace Append ParametricSurface Parametric
    DefaultFileName CurrentDirectory CurrentDir CurrentFileName GmshExecutableName CodeName TestLevel FileExists Solver
    General PostProcessing Combine ReferenceCS AbsolutePath DirName FixRelativePath AdaptMesh SetPartition PartitionMesh
    Levelset CutMesh Homology Cohomology Betti Alias AliasWithOptions CopyOptions Sleep NewModel Cpu Memory TotalMemory
    TIME Today MPI_Rank MPI_Size TransformMesh Fltk ONELAB OptimizeMesh SetOrder
    """
)
"""Words of the language that a variable may not be called: they do more than describe a shape."""
