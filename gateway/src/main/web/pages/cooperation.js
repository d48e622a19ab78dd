import { html, nothing } from "lit";
import { saveTable } from "../lib/csv.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, query } from "../lib/router.js";
import { cityName, number, speech, t } from "../lib/words.js";
import { chips, choice, groupChoice, wanted } from "../parts/filters.js";
import "../parts/freshness.js";
import "../parts/map.js";
import { paidOfCommitted } from "../parts/money.js";
import { empty, shown } from "../parts/states.js";

const FILTERS = /** @type {const} */ (["field", "region", "group"]);
const MOST_PAIRS = 500;
const MOST_SHOWN = 50;

/** Two cities that work together. @typedef {{a: any, b: any, projects: number, money: any[]}} Pair */

/** Who works with whom: on a map, and the same as a table of pairs. */
class Cooperation extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { most: { state: true } };

  constructor() {
    super();
    this.most = MOST_SHOWN;
    this.cooperation = new Resource(this, () => `/status/cooperation?top=${MOST_PAIRS}${filtered()}`);
    // What is asked of the list of projects is how many there are with each value of a filter.
    this.counts = new Resource(this, () => `/status/projects?limit=1${filtered()}`);
    this.groups = new Resource(this, () => "/groups?limit=200");
  }

  heading() {
    return t("cooperation.title");
  }

  changed() {
    void this.cooperation.refresh();
    void this.counts.refresh();
  }

  /** The pairs in the order of the address: those with most projects first, or by the name of the first or second city.
   * @param {any} all as `/status/cooperation` answers @returns {Pair[]} */
  pairs(all) {
    const at = new Map(all.cities.map((/** @type {any} */ it) => [it.id, it]));
    /** @type {Pair[]} */
    const pairs = all.pairs.map((/** @type {any} */ it) => ({ ...it, a: at.get(it.a) ?? { id: it.a }, b: at.get(it.b) ?? { id: it.b } }));
    const by = query().get("sort");
    if (by === "city") return pairs.toSorted((x, y) => compare(x.a, y.a) || compare(x.b, y.b));
    return by === "partner" ? pairs.toSorted((x, y) => compare(x.b, y.b) || compare(x.a, y.a)) : pairs;
  }

  /** A row for each pair and currency, because amounts of several are never added. @param {Pair[]} pairs */
  save(pairs) {
    saveTable("cooperation.csv", [["city_id", "city", "partner_id", "partner", "projects", "currency", "committed", "paid"],
      ...pairs.flatMap(({ a, b, projects, money }) => (money.length ? money : [undefined]).map(it =>
        [a.id, a.name, b.id, b.name, projects, it?.currency, it?.committed.amount, it?.paid.amount]))]);
  }

  render() {
    const facets = this.counts.data?.facets ?? {};
    const groups = this.groups.data?.items ?? [];
    return html`<header class="stack"><p class="small muted"><a href="/cities">${t("nav.cities")}</a></p>
        <div class="row apart"><h1>${t("cooperation.title")}</h1><koinon-freshness></koinon-freshness></div><p class="muted">${t("cooperation.note")}</p></header>
      <form class="filters no-print" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>${choice("field", facets.field)}${choice("region", facets.region)}${groupChoice(groups)}</form>
      ${chips(facets, groups, FILTERS)}
      ${shown(this.cooperation, all => all.pairs.length ? html`<section class="card" aria-label=${t("cooperation.map")}><koinon-map .cities=${all.cities} .pairs=${all.pairs}></koinon-map></section>
        <section class="card" aria-label=${t("cooperation.pairs")}>${this.table(this.pairs(all))}</section>`
        : html`<section class="card">${empty(t("cooperation.none"), String(wanted(FILTERS)) ? html`<a href="/cooperation">${t("filter.clear")}</a>` : nothing)}</section>`)}`;
  }

  /** @param {Pair[]} pairs */
  table(pairs) {
    const sort = query().get("sort") ?? "projects";
    const head = (/** @type {string} */ label, /** @type {string} */ by, numeric = false) => {
      const isSorted = sort === by;
      return html`<th scope="col" class=${numeric ? "num" : ""} aria-sort=${isSorted ? (numeric ? "descending" : "ascending") : nothing}>${isSorted
        ? html`${label} <span aria-hidden="true">${numeric ? "↓" : "↑"}</span>` : html`<a href=${address({ sort: by === "projects" ? "" : by })}>${label}</a>`}</th>`;
    };
    const city = (/** @type {any} */ it) => html`<a href="/cities/${it.id}">${cityName(it)}</a>`;
    return html`<div class="row apart"><p class="muted" role="status">${pairs.length < MOST_PAIRS ? t("cooperation.count", { n: pairs.length }) : t("cooperation.most", { n: pairs.length })}</p>
        <button class="button no-print" @click=${() => this.save(pairs)}>${t("csv")}</button></div>
      <div class="table-wrap"><table class="table"><thead><tr>${head(t("map.city"), "city")}${head(t("map.works-with"), "partner")}${head(t("cooperation.projects"), "projects", true)}<th scope="col" class="num">${t("table.paid")}</th></tr></thead>
      <tbody>${pairs.slice(0, this.most).map(it => html`<tr><th scope="row">${city(it.a)}</th><td data-label=${t("map.works-with")}>${city(it.b)}</td>
        <td class="num" data-label=${t("cooperation.projects")}>${number(it.projects)}</td><td class="num" data-label=${t("table.paid")}>${paidOfCommitted(it.money)}</td></tr>`)}</tbody></table></div>
      ${pairs.length > this.most ? html`<p class="no-print"><button class="button" @click=${() => (this.most += MOST_SHOWN)}>${t("show-more")}</button></p>` : nothing}
      <p class="small muted">${t("cooperation.money-note")}</p>`;
  }
}

/** What the address asks for, to be appended to a query. */
function filtered() {
  const text = String(wanted(FILTERS));
  return text ? `&${text}` : "";
}

/** @param {any} x @param {any} y cities */
const compare = (x, y) => cityName(x).localeCompare(cityName(y), speech.locale);

customElements.define("page-cooperation", Cooperation);
