import { html, nothing, svg } from "lit";
import { geoEqualEarth, geoPath } from "../lib/d3.js";
import { Part } from "../lib/part.js";
import { go } from "../lib/router.js";
import { features } from "../lib/topology.js";
import { cityName, country, number, t } from "../lib/words.js";

/** @typedef {{id: string, name: string, country: string, field?: string, latitude: number, longitude: number, projects: number}} City */
/** @typedef {{a: string, b: string, projects: number}} Pair */

/** Width and height of the drawing: about those of its place, so that names are as large as other text. */
const WIDE = [960, 430];
const MIDDLE = [700, 340];
const NARROW = [380, 240];
const MOST_ARCS = 120;

/** How much larger than the world the part with the cities must be to be shown instead, and may be. */
const WORTH_IT = 1.8;
const CLOSEST = 5;

/** More names than these would hide each other. */
const MOST_NAMES = 12;
const LETTER = 7.5;
const LINE = 14;

/** The places of a name beside its city. */
const PLACES = /** @type {const} */ ([["start", 9, 4], ["end", -9, 4], ["start", 6, 18], ["start", 6, -10]]);
const ANTARCTICA = "010";

/** @type {Promise<import("../lib/topology.js").Feature[]> | undefined} */
let world;

/** The land of the world, loaded once. */
function land() {
  world ??= fetch(new URL("../data/countries-110m.json", import.meta.url))
    .then(answer => answer.json())
    .then(it => features(it, "countries").filter(one => one.id !== ANTARCTICA));
  return world;
}

/** The world, cities, and a line between those that work together. The same stands in a table below it. */
class WorldMap extends Part {
  static properties = {
    cities: { attribute: false }, pairs: { attribute: false }, others: { attribute: false }, close: { type: Boolean }, wide: { type: Boolean },
    narrow: { state: true }, alone: { state: true }, land: { state: true }, chosen: { state: true },
  };

  constructor() {
    super();
    /** @type {City[]} */
    this.cities = [];
    /** @type {Pair[]} */
    this.pairs = [];
    /** Cities without a project, as small dots in the whole world. @type {City[] | null} */
    this.others = null;
    /** Shows only the part of the world where the cities are. */
    this.close = false;
    /** Has the place of a wide drawing, although it is close. */
    this.wide = false;
    this.narrow = false;
    /** Whether nothing stands beside it, because the page has one column. */
    this.alone = false;
    this.media = [matchMedia("(max-width: 40rem)"), matchMedia("(max-width: 59.99rem)")];
    this.turn = () => ([this.narrow, this.alone] = this.media.map(it => it.matches));
    /** @type {import("../lib/topology.js").Feature[]} */
    this.land = [];
    this.chosen = "";
  }

  async connectedCallback() {
    super.connectedCallback();
    this.media.forEach(it => it.addEventListener("change", this.turn));
    this.turn();
    this.land = await land();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.media.forEach(it => it.removeEventListener("change", this.turn));
  }

  /** @returns {number[]} width and height */
  get size() {
    if (this.alone) return this.narrow ? NARROW : MIDDLE;
    return this.close && !this.wide ? NARROW : WIDE;
  }

  /** The whole world; or the part where the cities are, when they are near each other or the place is small. */
  projection() {
    const [width, height] = this.size;
    const world = geoEqualEarth().rotate([-11, 0]).fitExtent([[0, -14], [width, height + 60]], { type: "Sphere" });
    const points = { type: "MultiPoint", coordinates: this.placed.map(it => [it.longitude, it.latitude]) };
    if (points.coordinates.length === 0) return { projection: world, isPart: false };
    const part = geoEqualEarth().rotate([-11, 0]).fitExtent([[70, 40], [width - 110, height - 40]], /** @type {any} */ (points));
    const most = world.scale() * CLOSEST;
    if (!this.close && !this.narrow && (this.others || part.scale() < world.scale() * WORTH_IT)) return { projection: world, isPart: false };
    if (part.scale() > most) {
      // One place alone has no extent to fit.
      const middle = Number.isFinite(part.scale()) ? part.invert?.([width / 2, height / 2]) ?? [0, 0] : /** @type {[number, number]} */ (points.coordinates[0]);
      part.scale(most).translate([0, 0]);
      const [x, y] = part(middle) ?? [0, 0];
      part.translate([width / 2 - x, height / 2 - y]);
    }
    return { projection: part, isPart: true };
  }

  get placed() {
    return this.cities.filter(it => it.longitude != null);
  }

  /** Where each name stands: after its city, where another name is in the way before, below or above it, or nowhere.
   * @param {(it: [number, number]) => [number, number] | null} projection @returns {Map<string, {x: number, y: number, anchor: "start" | "end"}>} */
  names(projection) {
    const taken = /** @type {{from: number, to: number, y: number}[]} */ ([]);
    const names = new Map();
    for (const it of this.placed.toSorted((a, b) => b.projects - a.projects || b.latitude - a.latitude)) {
      const [x, y] = projection([it.longitude, it.latitude]) ?? [0, 0];
      const length = cityName(it).length * LETTER;
      const place = PLACES.map(([anchor, dx, dy]) => ({ x: x + dx, y: y + dy, anchor, from: anchor === "start" ? x + dx : x + dx - length }))
        .find(({ from, y }) => !taken.some(one => Math.abs(one.y - y) < LINE && one.from < from + length && from < one.to));
      if (!place) continue;
      taken.push({ from: place.from, to: place.from + length, y: place.y });
      names.set(it.id, place);
    }
    return names;
  }

  render() {
    const [width, height] = this.size;
    const { projection, isPart } = this.projection();
    const { placed } = this;
    const names = isPart && placed.length <= MOST_NAMES ? this.names(projection) : new Map();
    const path = geoPath(projection);
    const at = new Map(this.cities.map(it => [it.id, it]));
    const pairs = this.pairs.filter(it => at.has(it.a) && at.has(it.b)).slice(0, MOST_ARCS);
    const mine = new Set(pairs.filter(it => it.a === this.chosen || it.b === this.chosen).flatMap(it => [it.a, it.b]));
    const arc = (/** @type {Pair} */ it) => {
      const [a, b] = [/** @type {City} */ (at.get(it.a)), /** @type {City} */ (at.get(it.b))];
      const line = { type: "LineString", coordinates: [[a.longitude, a.latitude], [b.longitude, b.latitude]] };
      const strength = !this.chosen ? "" : it.a === this.chosen || it.b === this.chosen ? "strong" : "dim";
      return svg`<path class="arc ${strength}" stroke-width=${0.7 + Math.min(6, it.projects) * 0.7} d=${path(/** @type {any} */ (line)) ?? ""}></path>`;
    };
    const dot = (/** @type {City} */ it) => {
      const place = projection([it.longitude, it.latitude]);
      if (!place) return nothing;
      const isMine = it.id === this.chosen || (this.chosen && mine.has(it.id));
      const name = names.get(it.id) ?? (isMine ? { x: place[0] + 9, y: place[1] + 4, anchor: "start" } : undefined);
      return svg`<g @pointerenter=${() => (this.chosen = it.id)} @pointerleave=${() => (this.chosen = "")} @click=${() => go(`/cities/${it.id}`)}>
        <circle class="city ${this.chosen && !mine.has(it.id) && it.id !== this.chosen ? "dim" : ""}" cx=${place[0].toFixed(1)} cy=${place[1].toFixed(1)} r=${isPart ? 5 : 2.6 + Math.sqrt(it.projects)}></circle>
        ${name ? svg`<text class="name" text-anchor=${name.anchor} x=${name.x.toFixed(1)} y=${name.y.toFixed(1)}>${cityName(it)}</text>` : nothing}</g>`;
    };
    const small = (/** @type {City} */ it) => {
      const place = projection([it.longitude, it.latitude]);
      return place ? svg`<circle class="other" cx=${place[0].toFixed(1)} cy=${place[1].toFixed(1)} r="1.4"></circle>` : nothing;
    };
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${t("map.alt", { cities: placed.length, n: pairs.length })}>
      <g>${this.land.map(it => svg`<path class="land" d=${path(/** @type {any} */ (it)) ?? ""}></path>`)}</g>
      <g>${(this.others ?? []).filter(it => it.longitude != null && !at.has(it.id)).map(small)}</g>
      <g>${pairs.toReversed().map(arc)}</g><g>${placed.map(dot)}</g></svg>`;
  }
}

customElements.define("koinon-map", WorldMap);

/** The same as the map, for the keyboard and for who reads tables. @param {City[]} cities @param {Pair[]} pairs */
export function mapTable(cities, pairs) {
  const at = new Map(cities.map(it => [it.id, it]));
  const name = (/** @type {string} */ id) => html`<a href="/cities/${id}">${cityName(at.get(id) ?? { id })}</a>`;
  return html`<details class="no-print"><summary>${t("map.as-table")}</summary><div class="table-wrap" tabindex="0" role="region" aria-label=${t("map.as-table")}>
    ${pairs.length === 0
      ? html`<ul class="plain">${cities.map(it => html`<li><a href="/cities/${it.id}">${cityName(it)}</a><span class="small muted">${country(it.country)}</span></li>`)}</ul>`
      : html`<table class="table"><thead><tr><th scope="col">${t("map.city")}</th><th scope="col">${t("map.works-with")}</th><th scope="col" class="num">${t("map.projects")}</th></tr></thead>
    <tbody>${pairs.map(it => html`<tr><th scope="row">${name(it.a)}</th><td data-label=${t("map.works-with")}>${name(it.b)}</td><td class="num" data-label=${t("map.projects")}>${number(it.projects)}</td></tr>`)}</tbody></table>`}
  </div></details>`;
}
