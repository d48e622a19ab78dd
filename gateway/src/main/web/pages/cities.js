import { html, nothing } from "lit";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, go, query } from "../lib/router.js";
import { country, number, t, word } from "../lib/words.js";
import "../parts/map.js";
import { empty, shown } from "../parts/states.js";

/** Accents and case are ignored. @param {string} text */
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toLowerCase();

/** The cities that work together, on a map and as a list. */
class Cities extends Page {
  constructor() {
    super();
    this.cooperation = new Resource(this, () => "/status/cooperation?top=500");
  }

  heading() {
    return t("cities.title");
  }

  changed() {
    void this.cooperation.refresh();
  }

  render() {
    const wanted = folded(query().get("q") ?? "");
    return html`<header class="stack"><h1>${t("cities.title")}</h1><p class="muted">${t("cities.note")}</p></header>
      <section class="card">${shown(this.cooperation, it => html`<koinon-map .cities=${it.cities} .pairs=${it.pairs}></koinon-map>`)}</section>
      <section class="card" aria-label=${t("cities.list")}><div class="filters no-print"><label class="search">${t("filter.search")}<input class="field" type="search" .value=${query().get("q") ?? ""} @input=${(/** @type {any} */ event) => go(address({ q: event.target.value }), true)}></label></div>
        ${shown(this.cooperation, it => {
          const found = it.cities.filter((/** @type {any} */ one) => !wanted || folded(`${one.name} ${country(one.country)}`).includes(wanted)).toSorted((/** @type {any} */ a, /** @type {any} */ b) => b.projects - a.projects || a.name.localeCompare(b.name));
          return found.length ? html`<div class="table-wrap"><table class="table"><thead><tr><th scope="col">${t("cities.city")}</th><th scope="col">${t("cities.country")}</th><th scope="col">${t("cities.field")}</th><th scope="col" class="num">${t("cities.projects")}</th></tr></thead>
            <tbody>${found.map((/** @type {any} */ one) => html`<tr><th scope="row"><a href="/cities/${one.id}">${one.name}</a></th><td data-label=${t("cities.country")}>${country(one.country)}</td><td data-label=${t("cities.field")}>${one.field ? word("field", one.field) : "–"}</td><td class="num" data-label=${t("cities.projects")}>${number(one.projects)}</td></tr>`)}</tbody></table></div>`
            : empty(t("cities.none"), wanted ? html`<a href="/cities">${t("filter.clear")}</a>` : nothing);
        })}</section>`;
  }
}

customElements.define("page-cities", Cities);
