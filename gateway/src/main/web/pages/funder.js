import { html, nothing } from "lit";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { country, t, word } from "../lib/words.js";
import { bars } from "../parts/bars.js";
import "../parts/freshness.js";
import { health, HEALTH } from "../parts/marks.js";
import { sums } from "../parts/money.js";
import { projectTable } from "../parts/project-table.js";
import { empty, shown } from "../parts/states.js";

/** What a funder made possible. */
class Funder extends Page {
  constructor() {
    super();
    this.funder = new Resource(this, () => `/funders/${this.key}`);
    this.summary = new Resource(this, () => `/status/summary?funder=${this.key}`);
    this.projects = new Resource(this, () => `/status/projects?funder=${this.key}&sort=health`);
  }

  heading() {
    return this.funder.data?.name ?? (this.funder.problem ? t("funder.funder") : "");
  }

  changed() {
    void this.summary.refresh();
    void this.projects.refresh();
  }

  render() {
    return html`<header class="stack"><div class="row apart"><h1>${this.funder.data?.name ?? t("funder.funder")}</h1><koinon-freshness></koinon-freshness></div>
        ${shown(this.funder, it => html`<p class="muted">${country(it.country)}${it.identifier ? html` · ${it.identifier}` : nothing}</p>`)}</header>
      <div class="two"><div class="stack">
        <section class="card"><div class="row apart"><h2>${t("funder.money")}</h2><p class="small muted">${t("funder.money-note")}</p></div>${shown(this.summary, it => it.money.length ? html`<div class="cards">${it.money.map((/** @type {any} */ one) => html`<div class="stack"><h3>${one.currency}</h3>${sums(one)}</div>`)}</div>` : empty(t("funder.no-money")))}</section>
        <section class="card"><h2>${t("funder.projects")}</h2>${shown(this.projects, all => all.items.length ? html`${projectTable(all.items)}${all.next ? html`<p><a href="/projects?funder=${this.key}">${t("funder.all-projects", { n: all.count })}</a></p>` : nothing}` : empty(t("funder.no-projects")))}</section>
      </div><aside class="stack" aria-label=${t("funder.facts")}>
        <section class="card"><h2>${t("funder.health")}</h2>${shown(this.summary, it => it.health.length ? bars(it.health, one => health(one.value), one => `/projects?funder=${this.key}&health=${one.value}`, one => HEALTH[one.value]) : empty("–"))}</section>
        <section class="card"><h2>${t("funder.fields")}</h2>${shown(this.summary, it => it.fields.length ? bars(it.fields, one => word("field", one.value), one => `/projects?funder=${this.key}&field=${encodeURIComponent(one.value)}`) : empty("–"))}</section>
        <section class="card"><h2>${t("funder.regions")}</h2>${shown(this.summary, it => it.regions.length ? bars(it.regions, one => word("region", one.value), one => `/projects?funder=${this.key}&region=${encodeURIComponent(one.value)}`) : empty("–"))}</section>
      </aside></div>`;
  }
}

customElements.define("page-funder", Funder);
