// One half of the gap between a wick of radius 4 mm and a tube of radius 10 mm whose axes are 3 mm apart. Arcs that meet
// both circles at right angles, those of bipolar coordinates, divide it into blocks of quadrilaterals. The cells grow along
// all curves as they do in these coordinates, so that their sides cross almost at right angles too. Lengths in metres.
inner_radius = 4e-3;
outer_radius = 10e-3;
offset = 3e-3;
blocks = 12;
around = 6;    // cells along the tube in each block
across = 36;   // cells between wick and tube

gap = outer_radius^2 - inner_radius^2 - offset^2;
focus = Sqrt(gap^2 - 4*offset^2*inner_radius^2)/(2*offset);
middle = Sqrt(outer_radius^2 + focus^2);
inner = Log(focus/inner_radius + Sqrt((focus/inner_radius)^2 + 1));
outer = Log(focus/outer_radius + Sqrt((focus/outer_radius)^2 + 1));

Point(1) = {0, 0, 0};
Point(2) = {offset, 0, 0};
For k In {0:blocks}
  s = Pi*k/blocks;
  Point(100 + k) = {middle - focus*Sinh(inner)/(Cosh(inner) - Cos(s)), focus*Sin(s)/(Cosh(inner) - Cos(s)), 0};
  Point(200 + k) = {middle - focus*Sinh(outer)/(Cosh(outer) - Cos(s)), focus*Sin(s)/(Cosh(outer) - Cos(s)), 0};
  If (k == 0 || k == blocks)
    Line(300 + k) = {100 + k, 200 + k};
  Else
    Point(400 + k) = {middle, focus*Cos(s)/Sin(s), 0};
    Circle(300 + k) = {100 + k, 400 + k, 200 + k};
  EndIf
  growth = (Cosh(inner) - Cos(s))/(Cosh(outer) - Cos(s));
  Transfinite Curve {300 + k} = across + 1 Using Progression growth^(1/(across - 1));
EndFor
For k In {1:blocks}
  Circle(500 + k) = {99 + k, 2, 100 + k};
  Circle(600 + k) = {199 + k, 1, 200 + k};
  one = Cos(Pi*(k - 1)/blocks);
  other = Cos(Pi*k/blocks);
  Transfinite Curve {500 + k} = around + 1 Using Progression ((Cosh(inner) - one)/(Cosh(inner) - other))^(1/around);
  Transfinite Curve {600 + k} = around + 1 Using Progression ((Cosh(outer) - one)/(Cosh(outer) - other))^(1/around);
  Curve Loop(k) = {299 + k, 600 + k, -(300 + k), -(500 + k)};
  Plane Surface(k) = {k};
  Transfinite Surface {k};
  Recombine Surface {k};
EndFor

Physical Curve("cut") = {300, 300 + blocks};
Physical Curve("tube") = {601:600 + blocks};
Physical Curve("wick") = {501:500 + blocks};
Physical Surface("gas") = {1:blocks};
