import { html, nothing } from "lit";
import { send } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { cityName, country, number, t, word } from "../lib/words.js";
import { bars } from "../parts/bars.js";
import "../parts/command-form.js";
import "../parts/freshness.js";
import { gatheringTable } from "../parts/gathering-table.js";
import "../parts/map.js";
import { isMember, mandates } from "../parts/mandates.js";
import { sums } from "../parts/money.js";
import { projectTable } from "../parts/project-table.js";
import { empty, shown } from "../parts/states.js";

/** A city, and what it does with whom. */
class City extends Page {
  constructor() {
    super();
    this.city = new Resource(this, () => `/cities/${this.key}`);
    this.summary = new Resource(this, () => `/status/summary?city=${this.key}`);
    this.projects = new Resource(this, () => `/status/projects?city=${this.key}&sort=health`);
    this.gatherings = new Resource(this, () => `/gatherings?city=${this.key}&limit=200`);
    this.me = new Resource(this, () => "/me");
    this.attended = new Resource(this, () => isMember(this.me.data) ? `/gatherings?delegation=${this.key}&limit=200` : null);
    this.ideas = new Resource(this, () => isMember(this.me.data) ? `/ideas?city=${this.key}&limit=200` : null);
    this.cooperation = new Resource(this, () => `/status/cooperation?city=${this.key}&top=120`);
  }

  heading() {
    return this.city.data ? cityName(this.city.data) : (this.city.problem ? t("cities.city") : "");
  }

  changed() {
    for (const it of [this.summary, this.projects, this.cooperation]) void it.refresh();
  }

  /** Sends a command about the city's facts, and reads it again. @param {string} path @param {any} body */
  async command(path, body) {
    await send("PUT", `/cities/${this.key}/${path}`, body, this.city.data.version);
    await this.city.refresh();
  }

  /** What the city says of itself: its own name and its time zone. @param {any} it */
  own(it) {
    const may = mandates(this.me.data, "secretariat").length > 0 || mandates(this.me.data, "city-editor").some(one => one.id === it.id);
    if (!may) return nothing;
    return html`<section class="card no-print"><h2>${t("cities.own")}</h2>
      <details><summary>${t("cities.own-name")}</summary><koinon-form .button=${t("form.save")} .fields=${[
        { name: "ownName/text", label: t("cities.own-name"), required: true, value: it.ownName?.text ?? "" },
        { name: "ownName/language", label: t("cities.language"), required: true, value: it.ownName?.language ?? "", hint: t("cities.language-hint") },
      ]} .send=${(/** @type {any} */ body) => this.command("names", { otherNames: it.otherNames, ...body })}></koinon-form></details>
      <details><summary>${t("gatherings.zone")}</summary><koinon-form .button=${t("form.save")} .fields=${[
        { name: "zone", label: t("gatherings.zone"), required: true, value: it.zone ?? "", hint: t("gatherings.zone-hint") },
      ]} .send=${(/** @type {any} */ body) => this.command("zone", body)}></koinon-form></details></section>`;
  }

  /** What members of the network see: where it sent a delegation, and the ideas that it raised or is interested in. */
  ofMembers() {
    if (!isMember(this.me.data)) return nothing;
    return html`<section class="card"><h2>${t("gatherings.attended-of-city")}</h2>${shown(this.attended, all => {
        const elsewhere = all.items.filter((/** @type {any} */ one) => one.city !== this.key);
        return elsewhere.length ? gatheringTable(elsewhere.toReversed()) : empty(t("gatherings.attended-none-of-city"));
      })}</section>
      <section class="card"><h2>${t("gatherings.ideas")}</h2>${shown(this.ideas, all => all.items.length ? html`<ul class="plain">${all.items.map((/** @type {any} */ one) => html`<li>
        <span class="row apart"><a href="/gatherings/${one.gathering}#idea-${one.id}">${one.title}</a>${one.state === "DROPPED" ? html`<span class="mark calm">${t("gatherings.dropped")}</span>` : nothing}</span>
        <span class="small muted">${one.city === this.key ? t("gatherings.raised-by-city") : html`${t("gatherings.raised-by")} <a href="/cities/${one.city}">${this.nameOf(one.city)}</a>`}${one.interested.length ? ` · ${t("gatherings.interested", { n: one.interested.length })}` : nothing}</span></li>`)}</ul>` : empty(t("gatherings.no-ideas-of-city")))}</section>`;
  }

  /** @param {string} id of another city */
  nameOf(id) {
    return cityName(this.cooperation.data?.cities.find((/** @type {any} */ one) => one.id === id) ?? { id });
  }

  /** Its other names, each in its language. @param {any} it */
  names(it) {
    const shownName = cityName(it);
    const others = [{ text: it.name, language: "" }, ...(it.ownName ? [it.ownName] : []), ...it.otherNames].filter(one => one.text !== shownName);
    return others.length ? html`<p class="small muted">${t("cities.other-names")} ${others.map((one, i) => html`${i ? ", " : ""}<span lang=${one.language || nothing}>${one.text}</span>`)}</p>` : nothing;
  }

  render() {
    const it = this.city.data;
    return html`<header class="stack"><p class="small muted"><a href="/cities">${t("nav.cities")}</a></p><div class="row apart"><h1>${it ? cityName(it) : t("cities.city")}</h1><koinon-freshness></koinon-freshness></div>
        ${shown(this.city, city => html`<div class="row"><span class="mark calm">${word("city-state", city.state)}</span><span class="muted">${[city.qualifier ?? "", country(city.country), word("region", city.region), city.field ? word("field", city.field) : "", city.year ? t("cities.since", { year: String(city.year) }) : ""].filter(Boolean).join(" · ")}</span></div>
          ${this.names(city)}${city.reason ? html`<q class="muted">${city.reason}</q>` : nothing}`)}</header>
      <div class="two"><div class="stack">
        <section class="card"><h2>${t("cities.projects")}</h2>${shown(this.projects, all => all.items.length ? html`${projectTable(all.items)}${all.next ? html`<p><a href="/projects?city=${this.key}">${t("cities.all-projects", { n: all.count })}</a></p>` : nothing}` : empty(t("cities.no-projects")))}</section>
        <section class="card"><h2>${t("cities.works-with")}</h2>${shown(this.cooperation, all => {
          const pairs = all.pairs.filter((/** @type {any} */ one) => one.a === this.key || one.b === this.key);
          const others = pairs.map((/** @type {any} */ one) => ({ ...all.cities.find((/** @type {any} */ c) => c.id === (one.a === this.key ? one.b : one.a)), shared: one.projects }));
          return pairs.length ? html`<koinon-map close wide .cities=${all.cities.filter((/** @type {any} */ c) => c.id === this.key || others.some((/** @type {any} */ o) => o.id === c.id))} .pairs=${pairs}></koinon-map>
            <ul class="plain">${others.map((/** @type {any} */ one) => html`<li><span class="row apart"><a href="/cities/${one.id}">${cityName(one)}</a><span class="small muted">${country(one.country)} · ${t("cities.shared", { n: one.shared })}</span></span></li>`)}</ul>` : empty(t("cities.works-with-none"));
        })}</section>
        <section class="card"><h2>${t("gatherings.of-city")}</h2>${shown(this.gatherings, all => all.items.length ? gatheringTable(all.items.toReversed()) : empty(t("gatherings.none-of-city")))}</section>
        ${this.ofMembers()}
      </div><aside class="stack" aria-label=${t("cities.facts")}>${it ? this.own(it) : nothing}
        <section class="card"><h2>${t("cities.phases")}</h2>${shown(this.summary, all => all.phases.length ? bars(all.phases, one => word("phase", one.value), one => `/projects?city=${this.key}&phase=${one.value}`) : empty(number(0)))}</section>
        <section class="card"><h2>${t("cities.money")}</h2><p class="small muted">${t("cities.money-note")}</p>${shown(this.summary, all => all.money.length ? all.money.map((/** @type {any} */ one) => html`<h3>${one.currency}</h3>${sums(one)}`) : empty(t("cities.no-money")))}</section>
      </aside></div>`;
  }
}

customElements.define("page-city", City);
