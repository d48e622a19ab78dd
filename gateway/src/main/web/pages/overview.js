import { html, nothing } from "lit";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { away, cityName, day, number, t, word } from "../lib/words.js";
import { bars } from "../parts/bars.js";
import "../parts/freshness.js";
import { did } from "../parts/history.js";
import "../parts/map.js";
import { mapTable } from "../parts/map.js";
import { health, HEALTH } from "../parts/marks.js";
import { sums } from "../parts/money.js";
import { projectTable } from "../parts/project-table.js";
import { empty, shown } from "../parts/states.js";

/** What the cities do together, in one look. */
class Overview extends Page {
  constructor() {
    super();
    this.summary = new Resource(this, () => "/status/summary");
    this.cooperation = new Resource(this, () => "/status/cooperation?top=120");
    this.worst = new Resource(this, () => "/status/projects?sort=health&limit=8");
    this.latest = new Resource(this, () => "/status/events?limit=8");
    this.calls = new Resource(this, () => "/calls?limit=200");
    this.reads = 0;
  }

  heading() {
    return t("overview.title");
  }

  changed() {
    for (const it of [this.summary, this.cooperation, this.worst, this.latest]) void it.refresh();
  }

  render() {
    return html`
      <header class="stack"><h1>${t("overview.title")}</h1>
        <div class="row"><p class="muted">${this.summary.data ? t("overview.lead", { n: this.summary.data.projects, cities: this.summary.data.cities, countries: this.summary.data.countries }) : nothing}</p><koinon-freshness></koinon-freshness></div></header>
      <section class="card" aria-labelledby="map"><h2 id="map">${t("overview.map")}</h2>${shown(this.cooperation, it => html`
        <koinon-map .cities=${it.cities} .pairs=${it.pairs}></koinon-map><p class="small muted">${t("overview.map-note")}</p>${mapTable(it.cities, it.pairs)}<p class="no-print"><a href="/cooperation">${t("map.all-pairs")}</a></p>`)}</section>
      <div class="cards">
        <section class="card"><h2>${t("overview.phases")}</h2>${shown(this.summary, it => bars(it.phases, one => word("phase", one.value), one => `/projects?phase=${one.value}`))}</section>
        <section class="card"><h2>${t("overview.health")}</h2>${shown(this.summary, it => bars(it.health, one => health(one.value), one => `/projects?health=${one.value}`, one => HEALTH[one.value]))}</section>
        <section class="card"><h2>${t("overview.fields")}</h2>${shown(this.summary, it => bars(it.fields, one => word("field", one.value), one => `/projects?field=${encodeURIComponent(one.value)}`))}</section>
      </div>
      <section class="card"><div class="row apart"><h2>${t("overview.money")}</h2><p class="small muted">${t("overview.money-note")}</p></div>
        ${shown(this.summary, it => it.money.length ? html`<div class="cards">${it.money.map((/** @type {any} */ one) => html`<div class="stack"><h3>${one.currency}</h3>${sums(one)}</div>`)}</div>` : empty(t("overview.no-money")))}</section>
      <section class="card"><h2>${t("overview.attention")}</h2>${shown(this.worst, it => it.items.length
        ? html`${projectTable(it.items)}<p><a href="/projects?sort=health">${t("overview.all-projects", { n: it.count ?? it.items.length })}</a></p>` : empty(t("overview.no-projects")))}</section>
      <div class="two">
        <section class="card"><h2>${t("overview.latest")}</h2>${shown(this.latest, it => it.items.length ? html`<ul class="plain">${it.items.map((/** @type {any} */ one) => html`<li>
          <span><a href="/projects/${one.project.id}">${one.project.title}</a>: ${did(one, this.names())}</span><time class="small muted" datetime=${one.at}>${away(one.at)}</time></li>`)}</ul>` : empty(t("overview.no-events")))}</section>
        <section class="card"><h2>${t("overview.calls")}</h2>${shown(this.calls, it => this.openCalls(it.items))}</section>
      </div>`;
  }

  /** The names of cities and funders that other parts of the page have brought. */
  names() {
    const cities = new Map((this.cooperation.data?.cities ?? []).map((/** @type {any} */ it) => [it.id, cityName(it)]));
    const scopes = new Map([...cities].map(([id, name]) => [`city/${id}`, name]));
    for (const it of this.worst.data?.facets?.funder ?? []) scopes.set(`funder/${it.value}`, it.label ?? it.value);
    return { cities, scopes, milestones: new Map() };
  }

  /** @param {any[]} all */
  openCalls(all) {
    const open = all.filter(it => it.open);
    if (open.length) return html`<ul class="plain">${open.map(it => html`<li><a href="/calls/${it.id}">${it.title}</a>
      <span class="small muted">${t("calls.closes", { when: day(it.closes.local.slice(0, 10)), away: away(`${it.closes.local.slice(0, 10)}T23:59:59Z`) })}</span></li>`)}</ul>`;
    const last = all.filter(it => it.closes).toSorted((a, b) => b.closes.local.localeCompare(a.closes.local))[0];
    return empty(last ? t("overview.no-call-last", { title: last.title, when: day(last.closes.local.slice(0, 10)) }) : t("overview.no-call"),
      html`<a href="/calls">${t("overview.all-calls", { n: number(all.length) })}</a>`);
  }
}

customElements.define("page-overview", Overview);
