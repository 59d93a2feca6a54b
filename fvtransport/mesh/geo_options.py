"""Options that a geometry file may set, by what becomes of them."""

from __future__ import annotations

__all__ = ["OPTIONS", "SHOWN", "UNUSED"]

_MESH = """Algorithm Algorithm3D AlgorithmSwitchOnFailure AllowSwapAngle AngleToleranceFacetOverlap AnisoMax
    BoundaryLayerFanElements BoundaryLayerFanPoints CharacteristicLengthExtendFromBoundary CharacteristicLengthFactor
    CharacteristicLengthFromCurvature CharacteristicLengthFromPoints CharacteristicLengthMax CharacteristicLengthMin
    CheckSurfaceNormalValidity CompoundClassify CompoundCharacteristicLengthFactor CompoundMeshSizeFactor
    CrossFieldClosestPoint ElementOrder FlexibleTransfinite IgnoreParametrization IgnorePeriodicity
    LcIntegrationPrecision MaxIterDelaunay3D MaxRetries MeshOnlyEmpty MeshSizeExtendFromBoundary MeshSizeFactor
    MeshSizeFromCurvature MeshSizeFromCurvatureIsotropic MeshSizeFromParametricPoints MeshSizeFromPoints MeshSizeMax
    MeshSizeMin MinCircleNodes MinCurveNodes MinLineNodes MinimumCircleNodes MinimumCirclePoints MinimumCurveNodes
    MinimumCurvePoints NewtonConvergenceTestXYZ OldInitialDelaunay2D Optimize OptimizeNetgen OptimizePyramids
    OptimizeThreshold QuadqsRemeshingBoldness QuadqsScalingOnTriangulation QuadqsSizemapMethod
    QuadqsTopologyOptimizationMethods QuasiTransfinite RandomFactor RandomFactor3D RandomSeed RecombinationAlgorithm
    Recombine3DAll Recombine3DConformity Recombine3DLevel RecombineAll RecombineMinimumQuality
    RecombineNodeRepositioning RecombineOptimizeTopology RefineSteps Renumber ReparamMaxTriangles Reproducible
    ScalingFactor SecondOrderIncomplete SecondOrderLinear SmoothCrossField SmoothRatio Smoothing StlAngularDeflection
    StlLinearDeflection StlLinearDeflectionRelative SubdivisionAlgorithm ToleranceEdgeLength ToleranceInitialDelaunay
    ToleranceReferenceElement TransfiniteTri"""
_GEOMETRY = """AutoCoherence CopyMeshingMethod ExactExtrusion ExtrudeReturnLateralEntities ExtrudeSplinePoints
    FirstEntityTag FirstPhysicalTag MatchGeomAndMesh MatchMeshScaleFactor MatchMeshTolerance OCCAutoEmbed OCCAutoFix
    OCCBooleanCheckInverted OCCBooleanGlue OCCBooleanNonDestructive OCCBooleanPreserveNumbering OCCBooleanSimplify
    OCCBoundsUseStl OCCDisableStl OCCFastUnbind OCCFixDegenerated OCCFixSmallEdges OCCFixSmallFaces OCCMakeSolids
    OCCScaling OCCSewFaces OCCThruSectionsDegree OCCUnionUnify OCCUseGenericClosestPoint OldCircle OldNewReg
    OldRuledSurface OrientedPhysicals ReparamOnFaceRobust ScalingFactor Tolerance ToleranceBoolean"""
OPTIONS = {"Mesh": frozenset(_MESH.split()), "Geometry": frozenset(_GEOMETRY.split())}
"""Options of the shapes and cells, which Gmsh is given."""

_MESH_UNUSED = """AngleSmoothNormals AvgQuality BdfFieldFormat Binary CgnsConstructTopology CgnsExportCPEX0045
    CgnsExportStructured CgnsImportIgnoreBC CgnsImportIgnoreSolution CgnsImportOrder Clip ColorCarousel CpuTime
    CreateTopologyMsh2 DrawSkinOnly Dual Explode FirstElementTag FirstNodeTag Format Hexahedra HighOrderCurveOuterBL
    HighOrderDistCAD HighOrderFastCurvingNewAlgo HighOrderFixBoundaryNodes HighOrderIterMax HighOrderMaxAngle
    HighOrderMaxInnerAngle HighOrderMaxRho HighOrderNumLayers HighOrderOptimize HighOrderPassMax HighOrderPeriodic
    HighOrderPoissonRatio HighOrderPrimSurfMesh HighOrderSavePeriodic HighOrderSkipQualityCheck HighOrderThresholdMax
    HighOrderThresholdMin IgnoreUnknownSections LabelFrequency LabelSampling LabelType Light LightLines LightTwoSide
    LineLabels LineNumbers LineWidth Lines MaxNumThreads1D MaxNumThreads2D MaxNumThreads3D MedFileMinorVersion
    MedImportGroupsOfNodes MedSingleModel MetisAlgorithm MetisEdgeMatching MetisMaxLoadImbalance MetisMinConn
    MetisObjective MetisRefinementAlgorithm MinQuality MshFileVersion NbHexahedra NbNodes NbPartitions NbPrisms
    NbPyramids NbQuadrangles NbTetrahedra NbTriangles NbTrihedra NodeLabels NodeSize NodeType Nodes Normals NumSubEdges
    PartitionConvertMsh2 PartitionCreateGhostCells PartitionCreatePhysicals PartitionCreateTopology PartitionHexWeight
    PartitionLineWeight PartitionOldStyleMsh2 PartitionPrismWeight PartitionPyramidWeight PartitionQuadWeight
    PartitionTetWeight PartitionTriWeight PartitionTrihedronWeight PointNumbers PointSize PointType Points
    PreserveNumberingMsh2 Prisms Pyramids Quadrangles QualityInf QualitySup QualityType RadiusInf RadiusSup
    ReadGroupsOfElements RemeshAlgorithm RemeshParametrization SaveAll SaveElementTagType SaveGroupsOfElements
    SaveGroupsOfNodes SaveParametric SaveTopology SaveWithoutOrphans SmoothNormals StlOneSolidPerSurface
    StlRemoveBadTriangles SurfaceEdges SurfaceFaces SurfaceLabels SurfaceNumbers SwitchElementTags Tangents Tetrahedra
    Triangles Trihedra UnvStrictFormat VolumeEdges VolumeFaces VolumeLabels VolumeNumbers Voronoi ZoneDefinition"""
_GEOMETRY_UNUSED = """Clip CurveLabels CurveNumbers CurveSelectWidth CurveType CurveWidth Curves DoubleClickedEntityTag
    HideCompounds HighlightOrphans LabelType Light LightTwoSide LineNumbers LineSelectWidth LineType LineWidth Lines
    Normals NumSubEdges OCCBrepFormatVersion OCCExportOnlyVisible OCCImportLabels OCCParallel OffsetX OffsetY OffsetZ
    PointLabels PointNumbers PointSelectSize PointSize PointType Points SnapPoints SnapX SnapY SnapZ SurfaceLabels
    SurfaceNumbers SurfaceType Surfaces Tangents Transform TransformXX TransformXY TransformXZ TransformYX TransformYY
    TransformYZ TransformZX TransformZY TransformZZ VolumeLabels VolumeNumbers VolumeType Volumes"""
UNUSED = {"Mesh": frozenset(_MESH_UNUSED.split()), "Geometry": frozenset(_GEOMETRY_UNUSED.split())}
"""Numeric options of display, reading and saving: they are passed over, because the mesh does not depend on them."""

SHOWN = frozenset({"General", "Print", "PostProcessing"})
"""Groups whose numeric options concern the window and messages alone: all are passed over."""
