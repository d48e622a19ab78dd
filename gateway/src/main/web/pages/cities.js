import { html, nothing } from "lit";
import { getAll } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, go, query } from "../lib/router.js";
import { cityName, country, number, t, word } from "../lib/words.js";
import "../parts/freshness.js";
import "../parts/map.js";
import { empty, shown } from "../parts/states.js";

const PER_PAGE = 200;
const MOST_SHOWN = 50;

/** Accents and case are ignored. @param {string} text */
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toLowerCase();

/** The cities of the network, those that work together on a map, and all in a list. */
class Cities extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { later: { state: true }, most: { state: true } };

  constructor() {
    super();
    this.most = MOST_SHOWN;
    /** The cities of the pages after the first. @type {any[]} */
    this.later = [];
    this.cooperation = new Resource(this, () => `/status/cooperation?top=500${this.ofGroup()}`);
    this.network = new Resource(this, () => `/cities?limit=${PER_PAGE}${this.ofGroup()}`);
    this.groups = new Resource(this, () => "/groups?limit=200");
    this.asked = "";
  }

  ofGroup() {
    const group = query().get("group");
    return group ? `&group=${encodeURIComponent(group)}` : "";
  }

  heading() {
    return t("cities.title");
  }

  changed() {
    void this.cooperation.refresh();
  }

  willUpdate() {
    const next = this.network.data?.next;
    const asked = next ? next + this.ofGroup() : "";
    if (asked === this.asked) return;
    this.asked = asked;
    this.later = [];
    if (next) void this.rest(next);
  }

  /** @param {string} after */
  async rest(after) {
    this.later = await getAll(`/cities?limit=${PER_PAGE}${this.ofGroup()}`, after).catch(() => []);
  }

  /** The cities that match the address, those with most projects first. */
  found() {
    const wanted = folded(query().get("q") ?? "");
    const projects = new Map((this.cooperation.data?.cities ?? []).map((/** @type {any} */ it) => [it.id, it.projects]));
    return [...this.network.data.items, ...this.later]
      .map(it => ({ ...it, projects: projects.get(it.id) ?? 0 }))
      .filter(it => !wanted || folded(`${it.name} ${it.ownName?.text ?? ""} ${(it.otherNames ?? []).map((/** @type {any} */ one) => one.text).join(" ")} ${country(it.country)} ${it.field ? word("field", it.field) : ""}`).includes(wanted))
      .toSorted((a, b) => b.projects - a.projects || cityName(a).localeCompare(cityName(b)));
  }

  render() {
    return html`<header class="stack"><div class="row apart"><h1>${t("cities.title")}</h1><koinon-freshness></koinon-freshness></div><p class="muted">${t("cities.note")}</p></header>
      <section class="card">${shown(this.cooperation, it => html`<koinon-map .cities=${it.cities} .pairs=${it.pairs} .others=${[...(this.network.data?.items ?? []), ...this.later]}></koinon-map><p class="no-print"><a href="/cooperation${this.ofGroup().replace("&", "?")}">${t("map.all-pairs")}</a></p>`)}</section>
      <section class="card" aria-label=${t("cities.list")}><div class="filters no-print"><label class="search">${t("filter.search")}<input class="field" type="search" .value=${query().get("q") ?? ""} @input=${(/** @type {any} */ event) => go(address({ q: event.target.value }), true)}></label>
        ${this.groups.data?.items.length ? html`<label>${t("filter.group")}<select class="field" @change=${(/** @type {any} */ event) => go(address({ group: event.target.value }))}><option value="">${t("filter.all")}</option>${this.groups.data.items.map((/** @type {any} */ it) => html`<option value=${it.id} ?selected=${it.id === query().get("group")}>${it.name}</option>`)}</select></label>` : nothing}</div>
        ${this.source()}
        ${shown(this.network, () => this.table(this.found()))}</section>`;
  }

  /** Who says which cities are in the group. */
  source() {
    const group = this.groups.data?.items.find((/** @type {any} */ it) => it.id === query().get("group"));
    if (!group?.source) return nothing;
    const { text, link } = group.source;
    return html`<p class="small muted">${t("cities.group-source")} ${link ? html`<a href=${link} rel="noopener">${text}</a>` : text}</p>`;
  }

  /** @param {any[]} found */
  table(found) {
    if (!found.length) return empty(t("cities.none"), html`<a href="/cities">${t("filter.clear")}</a>`);
    return html`<p class="muted" role="status">${t("cities.count", { n: found.length })}</p>
      <div class="table-wrap"><table class="table"><thead><tr><th scope="col">${t("cities.city")}</th><th scope="col">${t("cities.country")}</th><th scope="col">${t("cities.field")}</th><th scope="col" class="num">${t("cities.projects")}</th></tr></thead>
      <tbody>${found.slice(0, this.most).map(it => html`<tr><th scope="row"><a href="/cities/${it.id}">${cityName(it)}</a></th><td data-label=${t("cities.country")}>${country(it.country)}</td><td data-label=${t("cities.field")}>${it.field ? word("field", it.field) : "–"}</td><td class="num" data-label=${t("cities.projects")}>${number(it.projects)}</td></tr>`)}</tbody></table></div>
      ${found.length > this.most ? html`<p><button class="button" @click=${() => (this.most += MOST_SHOWN)}>${t("show-more")}</button></p>` : nothing}`;
  }
}

customElements.define("page-cities", Cities);
