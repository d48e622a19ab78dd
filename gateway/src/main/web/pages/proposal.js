import { html, nothing } from "lit";
import { send } from "../lib/api.js";
import { admitted, Cities } from "../lib/cities.js";
import { Edit } from "../lib/edit.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import * as forms from "../lib/plan-forms.js";
import { Resource } from "../lib/resource.js";
import { address, go, query } from "../lib/router.js";
import { Trial } from "../lib/trial.js";
import { away, day, moment, scopeNames, t } from "../lib/words.js";
import { deadlineOf } from "../parts/call-facts.js";
import "../parts/command-form.js";
import { fieldOf, findings, namesIn } from "../parts/findings.js";
import "../parts/freshness.js";
import { did } from "../parts/history.js";
import { mandates } from "../parts/mandates.js";
import { mark, phase, shape } from "../parts/marks.js";
import { editing, partForm, planForm, summaryForm } from "../parts/proposal-forms.js";
import { planned } from "../parts/proposal-plan.js";
import { shown } from "../parts/states.js";

const STEPS = /** @type {const} */ (["about", "cities", "part", "plan"]);
const WRITABLE = ["DRAFT", "RETURNED"];

/** A proposal while it is written: a step for each part, and what is missing, judged as it is typed. */
class Proposal extends Page {
  constructor() {
    super();
    this.cities = new Cities(this);
    this.focusNext = "";
    this.me = new Me(this);
    this.proposal = new Resource(this, () => `/proposals/${this.key}`);
    this.call = new Resource(this, () => this.proposal.data ? `/calls/${this.proposal.data.call}` : null);
    // A draft that was just begun is in the timeline soon: it is asked for once the status has it.
    this.status = new Resource(this, () => this.proposal.data ? `/status/projects/${this.key}?atLeast=proposal/${this.key}/${this.proposal.data.version}` : null);
    this.timeline = new Resource(this, () => this.status.data ? `/status/projects/${this.key}/timeline?order=desc&limit=6` : null);
    const reload = () => this.proposal.refresh();
    const owner = () => this.me.data?.subject ?? "";
    const currency = () => this.call.data?.terms?.currency ?? "";
    this.about = new Edit(this, { path: () => this.leads() ? `/proposals/${this.key}/summary` : "", stored: () => this.proposal.data?.summary, reload, owner, ...forms.summary });
    this.plan = new Edit(this, { path: () => this.leads() ? `/proposals/${this.key}/work-plan` : "", stored: () => this.proposal.data?.workPlan, reload, owner, ...forms.workPlan });
    /** @type {Edit} */
    this.ofCity = new Edit(this, { path: () => this.city() ? `/proposals/${this.key}/partners/${this.city()}/part` : "", stored: () => currency() ? this.partner(this.city()) : undefined, reload, owner, ...forms.part(currency) });
    this.forms = { currency };
    this.trial = new Trial(this, () => this.proposal.data && this.isWritable() ? `/proposals/${this.key}/readiness` : null, () => this.typed());
  }

  connectedCallback() {
    super.connectedCallback();
    this.focusNext = location.hash.slice(1);
    this.onkeydown = event => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      /** @type {HTMLFormElement | null} */ (this.querySelector("form.editing"))?.requestSubmit();
    };
  }

  heading() {
    return this.proposal.data?.summary.title ?? (this.proposal.problem ? t("proposal.proposal") : "");
  }

  /** @param {any} item */
  soon(item) {
    return item.id === this.key;
  }

  /** @param {any[]} items */
  changed(items) {
    if (items.some(it => it.id === this.key)) void this.reread();
  }

  restarted() {
    this.trial.again();
  }

  async reread() {
    void this.timeline.refresh();
    await this.proposal.refresh();
    this.trial.again();
  }

  updated() {
    super.updated();
    const next = this.focusNext && /** @type {HTMLElement | null} */ (this.querySelector(`#${CSS.escape(this.focusNext)}`));
    if (!next) return;
    this.focusNext = "";
    next.closest("details")?.setAttribute("open", "");
    next.scrollIntoView({ block: "center" });
    next.focus();
  }

  isWritable() {
    return WRITABLE.includes(this.proposal.data?.state);
  }

  /** The cities of the proposal whose editor the reader is. @returns {string[]} */
  own() {
    const of = new Set(mandates(this.me.data, "city-editor").map(it => it.id));
    return (this.proposal.data?.partners ?? []).map((/** @type {any} */ it) => it.city).filter((/** @type {string} */ it) => of.has(it));
  }

  leads() {
    return this.isWritable() && this.own().includes(this.proposal.data.lead);
  }

  /** The city whose part is written here. @returns {string} empty if the reader is editor of none */
  city() {
    const own = this.own().filter(it => ["ACCEPTED", "COMMITTED"].includes(this.partner(it)?.state));
    const wanted = query().get("city") ?? "";
    return !this.isWritable() ? "" : own.includes(wanted) ? wanted : own[0] ?? "";
  }

  /** @param {string} city @returns {any} */
  partner(city) {
    return this.proposal.data?.partners.find((/** @type {any} */ it) => it.city === city);
  }

  step() {
    const wanted = /** @type {any} */ (query().get("step"));
    return STEPS.includes(wanted) ? wanted : "about";
  }

  /** What is typed and not saved, as far as it can be judged. */
  typed() {
    const part = this.ofCity.changed && this.ofCity.form ? forms.part(this.forms.currency).trial(this.ofCity.form) : undefined;
    return {
      ...(this.about.changed && this.about.form ? { summary: forms.summary.trial(this.about.form) } : {}),
      ...(this.plan.changed && this.plan.form ? { workPlan: forms.workPlan.trial(this.plan.form) } : {}),
      ...(part ? { part: { city: this.city(), ...part } } : {}),
    };
  }

  /** The way to a place of the proposal that a finding names. @param {string} at @returns {{href: string, label: string, go: (event: Event) => void} | null} */
  way(at) {
    const [, of, city, what] = at.split("/");
    const place = fieldOf(at, id => this.cities.name(id));
    if (!place) return null;
    if (of === "partners" && what === "commitment" && mandates(this.me.data, "city-signatory").some(it => it.id === city))
      return { href: `/proposals/${this.key}/commitment?city=${city}`, label: t("findings.go-to-commitment"), go: () => {} };
    return place.step === "part" && !this.own().includes(city) ? this.to("cities", "", `city-${city}`, t("findings.go-to-city", { city: this.cities.name(city) })) : this.to(place.step, place.city, place.field, place.label);
  }

  /** @param {string} step @param {string} city @param {string} field id @param {string} label */
  to(step, city, field, label) {
    const href = address({ step, city });
    return { href, label, go: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.focusNext = field;
      go(href);
      this.requestUpdate();
    } };
  }

  render() {
    const it = this.proposal.data;
    const head = html`<p class="small muted no-print"><a href="/work">${t("nav.work")}</a>${this.call.data ? html` / <a href="/calls/${this.call.data.id}">${this.call.data.title}</a>` : nothing}</p><h1>${it?.summary.title ?? t("proposal.proposal")}</h1>`;
    if (!it) return html`<header class="stack">${head}</header>${shown(this.proposal, () => nothing)}`;
    return html`<header class="stack">${head}<div class="row">${phase(it.state)}${deadlineOf(it, this.call.data)}<span class="grow"></span><koinon-freshness></koinon-freshness><a class="button" href="/projects/${this.key}">${t("proposal.status")}</a></div>
        ${it.reason ? html`<q class="muted">${it.reason}</q>` : nothing}${shown(this.proposal, () => nothing)}</header>
      <div class=${this.isWritable() ? "editor" : "two"}>${this.steps(it)}<div class="stack">${this.stranded()}${this.present(it)}${this.changes(it)}</div>${this.isWritable() ? html`<aside aria-label=${t("findings.title")}>${findings(this.trial, namesIn(it, id => this.cities.name(id)), at => this.way(at))}</aside>` : nothing}</div>`;
  }

  /** @param {any} it */
  steps(it) {
    const judged = this.isWritable() && this.trial.readiness !== null && !this.trial.problem;
    const unmet = (this.trial.readiness?.findings ?? []).filter(one => !one.met);
    const misses = (/** @type {(at: string) => boolean} */ at) => unmet.some(one => (one.at ?? []).some((/** @type {string} */ a) => at(a)));
    const own = this.city();
    const step = this.step();
    const link = (/** @type {string} */ name, /** @type {string} */ label, /** @type {boolean} */ isMissing, /** @type {Edit | null} */ edit) => html`<li><a href=${address({ step: name })} aria-current=${step === name ? "step" : nothing}><span>${label}${edit?.changed ? html`<br><span class="small soon tone">${t("proposal.unsaved")}</span>` : nothing}</span>
      ${judged ? html`<span class=${isMissing ? "late tone" : "ok tone"}>${shape(isMissing ? "planned" : "ok")}<span class="visually-hidden">${isMissing ? t("proposal.incomplete") : t("proposal.complete")}</span></span>` : nothing}</a></li>`;
    return html`<nav class="card steps no-print" aria-label=${t("proposal.steps")}><ol>${link("about", t("proposal.about"), misses(at => at.startsWith("/summary")), this.about)}
      ${link("cities", t("proposal.cities"), misses(at => at === "/partners" || at.endsWith("/commitment")), null)}
      ${own ? link("part", t("proposal.part", { city: this.cities.name(own) }), misses(at => at.startsWith(`/partners/${own}/part`)), this.ofCity) : nothing}
      ${link("plan", t("proposal.plan"), misses(at => at.startsWith("/work-plan")), this.plan)}
      <li><a href="/proposals/${this.key}/check"><span>${WRITABLE.includes(it.state) ? t("proposal.check") : t("proposal.read")}</span></a></li></ol></nav>`;
  }

  /** What was typed when the proposal was submitted or decided meanwhile, to be copied. */
  stranded() {
    const texts = [this.about, this.plan, this.ofCity].flatMap(it => it.stranded && (it === this.plan ? it.stranded.milestones.map((/** @type {any} */ one) => one.title) : [it.stranded.title, it.stranded.summary, it.stranded.tasks])).filter(Boolean);
    return texts.length ? html`<section class="card problem" role="alert"><p>${t("proposal.stranded")}</p>${texts.map(it => html`<p class="written">${it}</p>`)}</section>` : nothing;
  }

  /** The step that the address names. @param {any} it */
  present(it) {
    const step = this.step();
    if (step === "cities") return this.partners(it);
    if (step === "part") return this.ownPart(it);
    const [edit, title] = step === "plan" ? [this.plan, t("proposal.plan")] : [this.about, t("proposal.about")];
    if (!edit.form) return html`<section class="card"><h2>${title}</h2>${this.me.data && this.isWritable() ? html`<p class="muted">${t("proposal.read-only", { city: this.cities.name(it.lead) })}</p>` : nothing}${planned(it, this.call.data, step, id => this.cities.name(id))}</section>`;
    return html`<section class="card"><h2>${title}</h2>${editing(edit, step === "plan" ? planForm(edit, this.call.data, it.grant) : summaryForm(edit, this.call.data))}</section>`;
  }

  /** @param {any} it */
  ownPart(it) {
    const city = this.city();
    if (!city || !this.ofCity.form) return html`<section class="card"><h2>${t("proposal.cities")}</h2>${planned(it, this.call.data, "cities", id => this.cities.name(id))}</section>`;
    const own = this.own().filter(one => one !== city);
    const committed = this.partner(city).state === "COMMITTED";
    return html`<section class="card"><h2>${t("proposal.part", { city: this.cities.name(city) })}</h2>
      ${own.length ? html`<p class="row small">${own.map(one => html`<a href=${address({ city: one })}>${t("proposal.part", { city: this.cities.name(one) })}</a>`)}</p>` : nothing}
      ${editing(this.ofCity, partForm(this.ofCity, this.forms.currency()), {
        notice: committed ? html`<p class="problem" id="committed">${t("proposal.committed-notice", { city: this.cities.name(city) })}</p>` : nothing,
        button: committed && this.ofCity.changed ? t("proposal.save-and-lapse") : undefined,
      })}</section>`;
  }

  /** Who changed what last. @param {any} it */
  changes(it) {
    const entries = this.timeline.data?.items ?? [];
    const cities = new Map(it.partners.map((/** @type {any} */ one) => [one.city, this.cities.name(one.city)]));
    const names = { cities, scopes: scopeNames, milestones: new Map(it.workPlan.milestones.map((/** @type {any} */ one) => [one.id, one.title])) };
    return entries.length ? html`<section class="card no-print"><h2>${t("proposal.changes")}</h2><ul class="plain small">${entries.map((/** @type {any} */ one) => html`<li><span>${did(one, names)} <time class="muted keep" datetime=${one.at} title=${moment(one.at)}>${away(one.at)}</time></span></li>`)}</ul></section>` : nothing;
  }

  /** @param {any} it */
  partners(it) {
    return html`<section class="card"><h2>${t("proposal.cities")}</h2><ul class="plain">${it.partners.map((/** @type {any} */ one) => this.partnerRow(it, one))}</ul>
      ${this.leads() ? html`<section class="stack" id="invite" tabindex="-1"><h3>${t("proposal.invite")}</h3><koinon-form .button=${t("proposal.invite-button")} .fields=${[{ name: "city", label: t("proposal.city"), type: "choice", required: true, choices: admitted(this.cities.all, it.partners.filter((/** @type {any} */ one) => !["DECLINED", "REMOVED"].includes(one.state)).map((/** @type {any} */ one) => one.city)) }]} .send=${(/** @type {any} */ body) => this.command(`/proposals/${this.key}/partners`, body)}></koinon-form></section>` : nothing}</section>`;
  }

  /** @param {any} it @param {any} one */
  partnerRow(it, one) {
    const waits = it.nextActions.find((/** @type {any} */ a) => a.subject === `partner/${one.city}`);
    const signs = mandates(this.me.data, "city-signatory").some(city => city.id === one.city);
    const removable = this.leads() && one.city !== it.lead && ["INVITED", "ACCEPTED", "COMMITTED", "STEPPED_BACK"].includes(one.state);
    const path = `/proposals/${this.key}/partners/${one.city}`;
    return html`<li id=${`city-${one.city}`} tabindex="-1"><div class="row apart"><span><a href="/cities/${one.city}">${this.cities.name(one.city)}</a> ${one.city === it.lead ? html`<span class="mark calm">${t("proposal.lead")}</span>` : nothing} ${mark(one.state)}</span>
        ${this.isWritable() && (signs || one.state === "COMMITTED") ? html`<a class="button" href="/proposals/${this.key}/commitment?city=${one.city}">${signs ? t("proposal.answer") : t("proposal.its-part")}</a>` : nothing}</div>
      ${waits ? html`<p class="small muted">${t(`proposal.waits.${waits.action.split(".")[1]}`)} ${waits.since ? t("proposal.since", { when: day(waits.since) }) : nothing} ${waits.remindedAt ? t("proposal.reminded", { when: day(waits.remindedAt) }) : nothing}</p>` : nothing}
      ${removable ? html`<div class="row no-print">${waits ? html`<koinon-form .fields=${[]} .minor=${true} .button=${t("proposal.remind")} .send=${() => this.command(`${path}/reminder`)}></koinon-form>` : nothing}
        <details><summary>${t("proposal.remove-city")}</summary><koinon-form .fields=${[{ name: "reason", label: t("form.reason"), type: "long", required: true }]} .button=${t("proposal.remove-city")} .send=${(/** @type {any} */ body) => this.command(`${path}/removal`, body)}></koinon-form></details></div>` : nothing}</li>`;
  }

  /** @param {string} path @param {any} [body] */
  async command(path, body) {
    await send("POST", path, body);
    await this.reread();
  }
}

customElements.define("page-proposal", Proposal);
