import { html, nothing } from "lit";
import { send } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { go } from "../lib/router.js";
import { away, cityName, country, day, lastDay, moment, money, sentence, share, t, tranche, word } from "../lib/words.js";
import "../parts/command-form.js";
import "../parts/freshness.js";
import { actor, history, namesOf } from "../parts/history.js";
import "../parts/map.js";
import { health, HEALTH, mark, phase } from "../parts/marks.js";
import { milestoneLine } from "../parts/milestone-line.js";
import { sums } from "../parts/money.js";
import { mandates } from "../parts/mandates.js";
import { empty, shown } from "../parts/states.js";
import { taskPage, taskVerb } from "../parts/task-link.js";

const PATH = ["DRAFT", "SUBMITTED", "APPROVED", "CONTRACTING", "ACTIVE", "COMPLETED", "CLOSED"];

/** The step of the path that a phase beside it belongs to. @type {Record<string, string>} */
const BESIDE = { RETURNED: "SUBMITTED", ELIGIBLE: "SUBMITTED", SELECTED: "SUBMITTED", RESERVE_LISTED: "SUBMITTED", INELIGIBLE: "SUBMITTED", NOT_APPROVED: "SUBMITTED", WITHDRAWN: "SUBMITTED", SUSPENDED: "ACTIVE", TERMINATED: "ACTIVE" };

/** The slider goes back this many days. */
const DAYS_BACK = 730;

/** @param {number} days before today */
const dayBefore = days => new Date(Date.now() - days * 864e5).toISOString().slice(0, 10);

/** One project: where it is, whether it is well and why, what comes next, where the money is, what happened. */
class Project extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { past: { state: true }, sliding: { state: true } };

  constructor() {
    super();
    /** The moment at which the project is shown; empty: now. */
    this.past = "";
    /** How many days back the slider stands while it moves. @type {number | null} */
    this.sliding = null;
    this.status = new Resource(this, () => `/status/projects/${this.key}${this.past ? `?asOf=${this.past}` : ""}`);
    this.me = new Resource(this, () => "/me");
    this.timeline = new Resource(this, () => `/status/projects/${this.key}/timeline?order=desc&limit=10`);
  }

  willUpdate() {
    this.past = new URL(this.address || location.href).searchParams.get("asOf") ?? "";
  }

  heading() {
    return this.status.data?.title ?? (this.status.problem ? t("project.project") : "");
  }

  /** @param {any} item */
  soon(item) {
    return item.id === this.key;
  }

  /** @param {any[]} items */
  changed(items) {
    if (this.past || !items.some(it => it.id === this.key)) return;
    void this.status.refresh();
    void this.timeline.refresh();
  }

  /** What it came from, with a way back there. @param {any} it */
  origin(it) {
    const gathering = it.kind === "gathering" ? { id: it.id, name: it.title } : it.gathering;
    const said = t(`project.came-from.${it.kind}`, { title: it.title ?? it.id });
    if (!gathering) return html`<p class="small muted">${said}</p>`;
    return html`<p class="small muted"><a href="/gatherings/${gathering.id}">${said}</a>${it.kind === "idea" ? html`, ${t("project.origin-raised", { title: it.session ?? gathering.name })}` : nothing}</p>`;
  }

  render() {
    const it = this.status.data;
    if (!it) return html`<h1 class=${this.status.problem ? "" : "visually-hidden"}>${t("project.project")}</h1>${shown(this.status, () => nothing)}
      ${this.past && this.status.problem ? html`<p>${t("project.not-yet", { when: moment(this.past) })} <a href="/projects/${this.key}">${t("project.now")}</a></p>` : nothing}`;
    const now = this.past ? Date.parse(this.past) : Date.now();
    return html`
      <header class="stack">
        <p class="small muted"><a href="/projects">${t("nav.projects")}</a>${it.call ? html` / <a href="/calls/${it.call.id}">${it.call.title ?? it.call.id}</a>` : nothing}</p>
        <h1>${it.title}</h1>
        <div class="row">${phase(it.phase)}${health(it.health.level)}<span class="muted">${t("project.progress", { share: share(Number(it.progress)) })}</span>
          ${this.past ? html`<strong class="soon tone">${t("project.as-of", { when: moment(this.past) })}</strong> <a href="/projects/${this.key}">${t("project.now")}</a>` : html`<koinon-freshness></koinon-freshness>`}</div>
        ${it.summary ? html`<p class="lead">${it.summary}</p>` : nothing}
        ${it.origin ? this.origin(it.origin) : nothing}${this.proposal(it)}
        ${this.path(it)}
        ${shown(this.status, () => nothing)}
      </header>
      <div class="two"><div class="stack">
        ${this.well(it)}
        <section class="card"><h2>${t("project.milestones")}</h2>${it.milestones.length ? milestoneLine(it, now) : empty(t("project.no-milestones"))}</section>
        ${this.money(it)}
        <section class="card"><h2>${t("project.history")}</h2>${shown(this.timeline, all => html`${history(all.items.filter((/** @type {any} */ e) => !this.past || e.at <= this.past), namesOf(it))}
          <p class="no-print"><a href="/projects/${this.key}/history">${t("project.all-history")}</a></p>`)}</section>
      </div>${this.aside(it)}</div>`;
  }

  /** @param {any} it */
  path(it) {
    const at = PATH.indexOf(BESIDE[it.phase] ?? it.phase);
    return html`<ol class="phases" aria-label=${t("project.phases")}>${PATH.slice(1).map((name, i) => {
      const current = i + 1 === at;
      return html`<li class="${i + 1 < at ? "done" : ""} ${BESIDE[it.phase] ? "over" : ""}" aria-current=${current ? "step" : nothing}>
        <span>${word("phase", current ? it.phase : name)}</span>${current ? html`<br><span class="muted">${t("project.since", { when: day(it.since) })}</span>` : nothing}</li>`;
    })}</ol>`;
  }

  /** Whether it is well, why not, and what comes next. @param {any} it */
  well(it) {
    const reasons = it.health.reasons ?? [];
    const next = it.nextDeadline;
    if (!reasons.length && !next && !it.nextActions?.length) return nothing;
    return html`<section class="card"><h2>${t(reasons.length ? `project.why.${it.health.level}` : "project.next")}</h2>
      ${reasons.length ? html`<ul class="stack">${reasons.map((/** @type {any} */ one) => html`<li class="why ${HEALTH[it.health.level]}">${sentence(one)}</li>`)}</ul>` : nothing}
      ${next ? html`<p>${t("project.next-deadline")} <strong>${sentence(next.says)}</strong><br><span class="keep">${lastDay(next)}</span> <span class="muted">(${away(next.at)}, ${next.zone})</span></p>` : nothing}
      ${this.waits(it)}${this.actions(it)}</section>`;
  }

  /** What can be done now and by whom; shown to those who take part. @param {any} it */
  actions(it) {
    if (!it.nextActions?.length) return nothing;
    const { scopes, milestones } = namesOf(it);
    return html`<h3>${t("project.actions")}</h3><ul class="plain">${it.nextActions.map((/** @type {any} */ one) => html`<li><span><strong>${actor(one.right, scopes)}</strong> – ${sentence(one.says, milestones)}</span>
      ${this.mine(one)}${one.due || one.since ? html`<span class="small muted">${one.due ? t("project.due", { when: lastDay({ at: one.due, zone: it.nextDeadline?.zone ?? "UTC" }) }) : t("project.since", { when: day(one.since) })}</span>` : nothing}</li>`)}</ul>`;
  }

  /** The way to do what the reader can do. @param {any} one */
  mine(one) {
    const holds = (this.me.data?.mandates ?? []).some((/** @type {any} */ it) => `${it.role}@${it.scope}` === one.right);
    if (!holds || this.past) return nothing;
    if (one.action === "partnership.sign") return html`<koinon-form class="no-print" .fields=${[]} .button=${t("project.sign-partnership")} .send=${() => send("POST", `/projects/${this.key}/partnership-signatures`, { city: one.subject.split("/")[1] })}></koinon-form>`;
    const page = taskPage(one, this.key);
    return page === `/projects/${this.key}` ? nothing : html`<a class="button no-print" href=${page}>${taskVerb(one)}</a>`;
  }

  /** A proposal is read and written on a page of its own by those who take part. @param {any} it */
  proposal(it) {
    const own = mandates(this.me.data, "city-editor").concat(mandates(this.me.data, "city-signatory"));
    return it.partners.some((/** @type {any} */ one) => own.some(city => city.id === one.city.id)) && ["DRAFT", "RETURNED", "SUBMITTED", "ELIGIBLE", "RESERVE_LISTED", "SELECTED"].includes(it.phase)
      ? html`<p class="no-print"><a class="button" href="/proposals/${this.key}">${t("project.proposal")}</a></p>` : nothing;
  }

  /** A city is not late for its verifier's delay: what was reported waits for an answer. @param {any} it */
  waits(it) {
    const reported = it.milestones.filter((/** @type {any} */ one) => one.state === "REPORTED");
    return reported.length ? html`<ul class="stack">${reported.map((/** @type {any} */ one) => html`<li class="why soon">${t("project.waits-for-verification", { milestone: one.title })}</li>`)}</ul>` : nothing;
  }

  /** @param {any} it */
  money(it) {
    const agreements = it.agreements ?? [];
    return html`<section class="card"><h2>${t("project.money")}</h2>
      ${it.money.length ? it.money.map((/** @type {any} */ one) => html`${it.money.length > 1 ? html`<h3>${one.currency}</h3>` : nothing}${sums(one)}`) : empty(t("project.no-money"))}
      ${it.grants?.length ? html`<dl class="facts">${it.grants.map((/** @type {any} */ one) => html`<dt>${t("project.grant-of", { fund: one.fund.name ?? one.fund.id })}${one.fund.funder ? html`, <a href="/funders/${one.fund.funder}">${one.fund.funderName ?? one.fund.funder}</a>` : nothing}</dt><dd><bdi>${money(one.amount)}</bdi></dd>`)}</dl>` : nothing}
      ${agreements.map((/** @type {any} */ one) => html`<div class="stack"><div class="row"><h3><a href="/agreements/${one.id}">${t("project.agreement", { fund: one.fund.name ?? one.fund.id })}</a></h3>${mark(one.state)}</div>${one.reason ? html`<q class="muted">${one.reason}</q>` : nothing}
        ${one.tranches.length ? html`<div class="table-wrap"><table class="table"><thead><tr><th scope="col">${t("project.tranche")}</th><th scope="col">${t("project.state")}</th><th scope="col" class="num">${t("project.planned")}</th><th scope="col">${t("project.waits-for")}</th></tr></thead>
          <tbody>${one.tranches.map((/** @type {any} */ x) => html`<tr><th scope="row">${tranche(x.id)}</th><td>${x.state ? mark(x.state) : nothing}</td><td class="num" data-label=${t("project.planned")}>${x.payable ? money(x.payable) : x.planned ? money(x.planned) : "–"}</td>
            <td class="wide">${x.unmetConditions?.map((/** @type {any} */ s) => html`<div>${sentence(s, namesOf(it).milestones)}</div>`)}${x.reason ? html`<q class="muted">${x.reason}</q>` : nothing}</td></tr>`)}</tbody></table></div>` : nothing}</div>`)}
    </section>`;
  }

  /** @param {any} it */
  aside(it) {
    const cities = it.partners.map((/** @type {any} */ one) => ({ ...one.city, projects: 1 }));
    const pairs = cities.filter((/** @type {any} */ one) => one.id !== it.lead.id).map((/** @type {any} */ one) => ({ a: it.lead.id, b: one.id, projects: 1 }));
    return html`<aside class="stack" aria-label=${t("project.facts")}>
      <section class="card"><h2>${t("project.partners")}</h2>
        ${cities.some((/** @type {any} */ one) => one.longitude != null) ? html`<koinon-map close .cities=${cities} .pairs=${pairs}></koinon-map>` : nothing}
        ${it.partners.length ? html`<ul class="plain">${it.partners.map((/** @type {any} */ one) => html`<li><span class="row"><a href="/cities/${one.city.id}">${cityName(one.city)}</a>${one.city.id === it.lead.id ? html`<span class="mark calm">${t("project.lead")}</span>` : nothing}</span>
          <span class="small muted">${[one.city.field ? word("field", one.city.field) : "", country(one.city.country)].filter(Boolean).join(" · ")}${one.grant ? html` · <bdi>${money(one.grant)}</bdi>` : nothing}</span></li>`)}</ul>` : empty(t("project.no-partners"))}</section>
      <section class="card"><h2>${t("project.facts")}</h2><dl class="facts tall">
        ${it.themes.length ? html`<dt>${t("project.themes")}</dt><dd>${it.themes.join(", ")}</dd>` : nothing}
        ${it.sdgs.length ? html`<dt>${t("project.sdgs")}</dt><dd>${it.sdgs.map((/** @type {number} */ n) => html`<div>${n}. ${t(`sdg.${n}`)}</div>`)}</dd>` : nothing}
        ${it.startsOn && it.endsOn ? html`<dt>${t("project.runs")}</dt><dd>${day(it.startsOn)} – ${day(it.endsOn)}</dd>` : nothing}
        <dt>${t("project.updated")}</dt><dd>${moment(it.updated)}</dd></dl></section>
      <section class="card no-print"><h2>${t("project.more")}</h2>
        <label class="stack"><span>${t("project.show-as-of")} <output>${this.slider()}</output></span>
          <input type="range" min=${-DAYS_BACK} max="0" .value=${String(this.past ? Math.round((Date.parse(this.past) - Date.now()) / 864e5) : 0)} @input=${this.preview} @change=${this.goBack}></label>
        <div class="row"><button class="button" @click=${this.copy}>${t("copy-link")}</button><button class="button" @click=${() => print()}>${t("print")}</button>
          <a class="button" href="/api/v1/status/projects/${this.key}" target="_blank">${t("project.data")}</a></div></section></aside>`;
  }

  /** The day at which the slider stands. */
  slider() {
    if (this.sliding !== null) return this.sliding ? day(dayBefore(this.sliding)) : t("project.today");
    return this.past ? day(this.past) : t("project.today");
  }

  /** Says the day while the slider moves. @param {InputEvent} event */
  preview(event) {
    this.sliding = -Number(/** @type {HTMLInputElement} */ (event.target).value);
  }

  /** Shows the project as it was at the end of a day. @param {Event} event */
  goBack(event) {
    const back = -Number(/** @type {HTMLInputElement} */ (event.target).value);
    this.sliding = null;
    go(`/projects/${this.key}${back ? `?asOf=${dayBefore(back)}T23:59:59Z` : ""}`, true);
  }

  async copy() {
    await navigator.clipboard.writeText(location.href);
    dispatchEvent(new CustomEvent("koinon-message", { detail: t("copied") }));
  }
}

customElements.define("page-project", Project);
