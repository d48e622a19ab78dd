import { html, nothing } from "lit";
import { get, getAll } from "../lib/api.js";
import { Cities } from "../lib/cities.js";
import { saveTable } from "../lib/csv.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { away, lastMoment, list, moment, t } from "../lib/words.js";
import "../parts/freshness.js";
import { mandates } from "../parts/mandates.js";
import { phase, shape } from "../parts/marks.js";
import { empty, reason, shown, skeleton } from "../parts/states.js";

const WRITTEN = ["DRAFT", "RETURNED"];
const GROUPS = /** @type {[string, string[]][]} */ ([
  ["written", WRITTEN],
  ["waiting", ["SUBMITTED", "ELIGIBLE", "RESERVE_LISTED", "SELECTED"]],
  ["decided", ["INELIGIBLE", "NOT_APPROVED", "WITHDRAWN"]],
]);

/** When it is due; last where nothing is. @param {any} it */
const due = it => it.nextDeadline?.at ?? "9";

/** The proposals of the reader's cities: what is being written and how much is missing, what waits for a decision, and
 * what was decided. */
class Proposals extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { rows: { state: true }, missing: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.cities = new Cities(this);
    this.me = new Me(this);
    /** @type {any[] | null} */
    this.rows = null;
    /** Findings that are not met and all findings, by proposal. @type {Map<string, {unmet: number, all: number}>} */
    this.missing = new Map();
    /** @type {import("../lib/api.js").ApiProblem | null} */
    this.problem = null;
    this.asked = "";
  }

  heading() {
    return t("proposals.title");
  }

  /** @returns {string[]} */
  own() {
    return [...new Set(["city-editor", "city-signatory"].flatMap(role => mandates(this.me.data, role).map(it => it.id)))].sort();
  }

  willUpdate() {
    const cities = this.own().join();
    if (cities && cities !== this.asked) void this.reread((this.asked = cities));
  }

  /** @param {any[]} items */
  changed(items) {
    const own = this.own();
    if (items.some(it => it.partners.some((/** @type {any} */ one) => own.includes(one.id)))) this.restarted();
  }

  restarted() {
    if (this.asked) void this.reread(this.asked);
  }

  /** @param {string} cities */
  async reread(cities) {
    try {
      const lists = await Promise.all(cities.split(",").map(it => getAll(`/status/projects?city=${it}&limit=200`)));
      const found = new Map(lists.flat().map(it => [it.id, it]));
      this.rows = [...found.values()].filter(it => GROUPS.some(([, phases]) => phases.includes(it.phase)))
        .toSorted((a, b) => due(a).localeCompare(due(b)));
      this.problem = null;
      await Promise.all(this.rows.filter(it => WRITTEN.includes(it.phase)).map(it => this.judge(it.id)));
    } catch (cause) {
      this.problem = /** @type {any} */ (cause);
    }
  }

  /** What is missing is said where it can be asked; the list does not wait for it. @param {string} id */
  async judge(id) {
    const readiness = await get(`/proposals/${id}/readiness`).catch(() => null);
    if (!readiness) return;
    const unmet = readiness.findings.filter((/** @type {any} */ it) => !it.met).length;
    this.missing = new Map(this.missing).set(id, { unmet, all: readiness.findings.length });
  }

  render() {
    const known = this.me.data;
    const head = html`<header class="row apart"><h1>${t("proposals.title")}</h1><div class="row"><koinon-freshness></koinon-freshness>${this.rows?.length ? html`<button class="button no-print" @click=${this.save}>${t("csv")}</button>` : nothing}</div></header>`;
    if (known && !known.authenticated) return html`${head}<p>${t("work.log-in")}</p><p><a class="button main" href="/login?then=/proposals">${t("login")}</a></p>`;
    if (known && !this.own().length) return html`${head}${empty(t("proposals.no-city"), html`<a href="/projects">${t("nav.projects")}</a>`)}`;
    if (!known) return html`${head}${shown(this.me, () => nothing)}`;
    return html`${head}${this.problem ? html`<p class="problem" role="alert">${reason(this.problem)} <button class="button" @click=${() => this.restarted()}>${t("state.try-again")}</button></p>` : nothing}
      ${this.rows === null ? (this.problem ? nothing : skeleton(true)) : this.rows.length ? GROUPS.map(([name, phases]) => this.group(name, /** @type {any[]} */ (this.rows).filter(it => phases.includes(it.phase)))) : empty(t("proposals.none"), html`<a href="/calls">${t("work.see-calls")}</a>`)}`;
  }

  /** What is shown, as a file. */
  save() {
    saveTable("proposals.csv", [["id", "title", "call", "state", "submit_by", "changed", "rules_met", "rules"],
      ...(this.rows ?? []).map(it => {
        const known = this.missing.get(it.id);
        return [it.id, it.title, it.call?.title, it.phase, WRITTEN.includes(it.phase) ? it.nextDeadline?.at : "", it.updated, known && known.all - known.unmet, known?.all];
      })]);
  }

  /** @param {string} name @param {any[]} rows */
  group(name, rows) {
    if (!rows.length) return nothing;
    const isWritten = name === "written";
    return html`<section class="card"><h2>${t(`proposals.${name}`)}</h2><div class="table-wrap"><table class="table">
      <thead><tr><th scope="col">${t("proposal.proposal")}</th><th scope="col">${t("table.phase")}</th><th scope="col">${isWritten ? t("proposals.until") : t("proposals.changed")}</th>${isWritten ? html`<th scope="col">${t("proposals.rules")}</th>` : nothing}</tr></thead>
      <tbody>${rows.map(it => html`<tr><th scope="row"><a href=${isWritten ? `/proposals/${it.id}` : `/proposals/${it.id}/check`}>${it.title}</a><br><span class="small muted">${[it.call?.title, list(it.partners.map((/** @type {any} */ one) => this.cities.name(one.id)))].filter(Boolean).join(" · ")}</span></th>
        <td>${phase(it.phase)}</td>
        <td data-label=${isWritten ? t("proposals.until") : t("proposals.changed")}>${isWritten ? this.until(it) : html`<span>${moment(it.updated)}</span>`}</td>
        ${isWritten ? html`<td data-label=${t("proposals.rules")}>${this.rules(it)}</td>` : nothing}</tr>`)}</tbody></table></div></section>`;
  }

  /** @param {any} it */
  until(it) {
    return it.nextDeadline ? html`<span>${lastMoment(it.nextDeadline)}<br><span class="small muted">${away(it.nextDeadline.at)}</span></span>` : "–";
  }

  /** How many rules are met. @param {any} it */
  rules(it) {
    const known = this.missing.get(it.id);
    if (!known) return html`<span class="muted">…</span>`;
    return html`<span class="mark ${known.unmet ? "soon" : "ok"}">${shape(known.unmet ? "half" : "ok")}${known.unmet ? t("proposals.met", { met: known.all - known.unmet, all: known.all }) : t("proposals.all-met")}</span>`;
  }
}

customElements.define("page-proposals", Proposals);
