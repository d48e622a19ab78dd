/** @typedef {{type: "Polygon" | "MultiPolygon", coordinates: any}} Geometry */
/** @typedef {{type: "Feature", id: string, properties: any, geometry: Geometry}} Feature */

/** Turns the arcs of a TopoJSON object into GeoJSON features (https://github.com/topojson/topojson-specification).
 * @param {any} topology @param {string} name @returns {Feature[]} */
export function features(topology, name) {
  const { scale: [kx, ky], translate: [dx, dy] } = topology.transform;
  const arcs = topology.arcs.map((/** @type {number[][]} */ arc) => {
    let x = 0, y = 0;
    return arc.map(([a, b]) => [(x += a) * kx + dx, (y += b) * ky + dy]);
  });
  const line = (/** @type {number[]} */ of) => of.flatMap((at, i) => {
    const points = at < 0 ? arcs[~at].toReversed() : arcs[at];
    return i ? points.slice(1) : points;
  });
  const ring = (/** @type {number[][]} */ of) => of.map(line);
  return topology.objects[name].geometries.map((/** @type {any} */ it) => ({
    type: "Feature",
    id: it.id,
    properties: it.properties,
    geometry: it.type === "Polygon"
      ? { type: "Polygon", coordinates: ring(it.arcs) }
      : { type: "MultiPolygon", coordinates: (it.arcs ?? []).map(ring) },
  }));
}
