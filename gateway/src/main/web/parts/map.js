import { html, nothing, svg } from "lit";
import { geoEqualEarth, geoPath } from "../lib/d3.js";
import { Part } from "../lib/part.js";
import { go } from "../lib/router.js";
import { features } from "../lib/topology.js";
import { country, number, t } from "../lib/words.js";

/** @typedef {{id: string, name: string, country: string, field?: string, latitude: number, longitude: number, projects: number}} City */
/** @typedef {{a: string, b: string, projects: number}} Pair */

/** Width and height of the drawing, of the world and of a part of it. */
const WORLD = [960, 430];
const PART = [380, 240];
const MOST_ARCS = 120;
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
    cities: { attribute: false }, pairs: { attribute: false }, others: { attribute: false }, close: { type: Boolean },
    narrow: { state: true }, land: { state: true }, chosen: { state: true },
  };

  constructor() {
    super();
    /** @type {City[]} */
    this.cities = [];
    /** @type {Pair[]} */
    this.pairs = [];
    /** Cities without a project, as small dots. @type {City[]} */
    this.others = [];
    /** Shows only the part of the world where the cities are. */
    this.close = false;
    this.narrow = false;
    this.media = matchMedia("(max-width: 40rem)");
    this.turn = () => (this.narrow = this.media.matches);
    /** @type {import("../lib/topology.js").Feature[]} */
    this.land = [];
    this.chosen = "";
  }

  async connectedCallback() {
    super.connectedCallback();
    this.media.addEventListener("change", this.turn);
    this.turn();
    this.land = await land();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.media.removeEventListener("change", this.turn);
  }

  /** Whether only a part of the world is shown: on a small screen the world would be too small. */
  get isPart() {
    return this.close || this.narrow;
  }

  projection() {
    const [width, height] = this.isPart ? PART : WORLD;
    const equalEarth = geoEqualEarth().rotate([-11, 0]);
    const placed = this.cities.filter(it => it.longitude != null);
    if (!this.isPart || placed.length === 0)
      return equalEarth.fitExtent([[0, -14], [width, height + 60]], { type: "Sphere" });
    const points = { type: "MultiPoint", coordinates: placed.map(it => [it.longitude, it.latitude]) };
    equalEarth.fitExtent([[70, 40], [width - 90, height - 40]], /** @type {any} */ (points));
    const most = geoEqualEarth().fitWidth(width, { type: "Sphere" }).scale() * 5;
    if (equalEarth.scale() > most) {
      const middle = equalEarth.invert?.([width / 2, height / 2]) ?? [0, 0];
      equalEarth.scale(most).translate([0, 0]);
      const [x, y] = equalEarth(middle) ?? [0, 0];
      equalEarth.translate([width / 2 - x, height / 2 - y]);
    }
    return equalEarth;
  }

  render() {
    const [width, height] = this.isPart ? PART : WORLD;
    const projection = this.projection();
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
      const named = this.isPart ? this.cities.length <= 12 : it.id === this.chosen || (this.chosen && mine.has(it.id));
      return svg`<g @pointerenter=${() => (this.chosen = it.id)} @pointerleave=${() => (this.chosen = "")} @click=${() => go(`/cities/${it.id}`)}>
        <circle class="city ${this.chosen && !mine.has(it.id) && it.id !== this.chosen ? "dim" : ""}" cx=${place[0].toFixed(1)} cy=${place[1].toFixed(1)} r=${this.isPart ? 5 : 2.6 + Math.sqrt(it.projects)}></circle>
        ${named ? svg`<text class="name" x=${(place[0] + 9).toFixed(1)} y=${(place[1] + 4).toFixed(1)}>${it.name}</text>` : nothing}</g>`;
    };
    const small = (/** @type {City} */ it) => {
      const place = projection([it.longitude, it.latitude]);
      return place ? svg`<circle class="other" cx=${place[0].toFixed(1)} cy=${place[1].toFixed(1)} r="1.4"></circle>` : nothing;
    };
    const placed = this.cities.filter(it => it.longitude != null);
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${t("map.alt", { cities: placed.length, n: pairs.length })}>
      <g>${this.land.map(it => svg`<path class="land" d=${path(/** @type {any} */ (it)) ?? ""}></path>`)}</g>
      <g>${this.others.filter(it => it.longitude != null && !at.has(it.id)).map(small)}</g>
      <g>${pairs.toReversed().map(arc)}</g><g>${placed.map(dot)}</g></svg>`;
  }
}

customElements.define("koinon-map", WorldMap);

/** The same as the map, for the keyboard and for who reads tables. @param {City[]} cities @param {Pair[]} pairs */
export function mapTable(cities, pairs) {
  const at = new Map(cities.map(it => [it.id, it]));
  const name = (/** @type {string} */ id) => html`<a href="/cities/${id}">${at.get(id)?.name ?? id}</a>`;
  return html`<details class="no-print"><summary>${t("map.as-table")}</summary><div class="table-wrap" tabindex="0" role="region" aria-label=${t("map.as-table")}>
    ${pairs.length === 0
      ? html`<ul class="plain">${cities.map(it => html`<li><a href="/cities/${it.id}">${it.name}</a><span class="small muted">${country(it.country)}</span></li>`)}</ul>`
      : html`<table class="table"><thead><tr><th scope="col">${t("map.city")}</th><th scope="col">${t("map.works-with")}</th><th scope="col" class="num">${t("map.projects")}</th></tr></thead>
    <tbody>${pairs.map(it => html`<tr><th scope="row">${name(it.a)}</th><td data-label=${t("map.works-with")}>${name(it.b)}</td><td class="num" data-label=${t("map.projects")}>${number(it.projects)}</td></tr>`)}</tbody></table>`}
  </div></details>`;
}
