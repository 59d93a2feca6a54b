// A quarter of a ring between the radii 1 and 3: triangles of about equal size.
inner_radius = 1.0;
outer_radius = 3.0;
size = 0.1;

Point(1) = {0, 0, 0, size};
Point(2) = {inner_radius, 0, 0, size};
Point(3) = {outer_radius, 0, 0, size};
Point(4) = {0, outer_radius, 0, size};
Point(5) = {0, inner_radius, 0, size};
Line(1) = {2, 3};
Circle(2) = {3, 1, 4};
Line(3) = {4, 5};
Circle(4) = {5, 1, 2};
Curve Loop(1) = {1, 2, 3, 4};
Plane Surface(1) = {1};

Physical Curve("bottom") = {1};
Physical Curve("outer") = {2};
Physical Curve("side") = {3};
Physical Curve("inner") = {4};
Physical Surface("ring") = {1};
