// The jars contain scripts that add to one global object; here they become names to import.
import "d3-array";
import "d3-geo";

/** @type {typeof import("d3-geo")} */
const d3 = /** @type {any} */ (globalThis).d3;

export const { geoEqualEarth, geoPath } = d3;
