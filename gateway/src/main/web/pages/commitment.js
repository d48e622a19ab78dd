import { html, nothing } from "lit";
import { ApiProblem, send } from "../lib/api.js";
import { Cities } from "../lib/cities.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { query } from "../lib/router.js";
import { money, t } from "../lib/words.js";
import { deadlineOf } from "../parts/call-facts.js";
import "../parts/command-form.js";
import { mandates } from "../parts/mandates.js";
import { mark } from "../parts/marks.js";
import { amounts, brought, planned } from "../parts/proposal-plan.js";
import { shown } from "../parts/states.js";

/** The events that say what a city had committed to. */
const OF_PARTS = "koinon.proposal.partner-committed.v1,koinon.proposal.partner-part-changed.v1";

/** What one city promises in a proposal, and its answer: on the first screen of a phone. */
class Commitment extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { done: { state: true } };

  constructor() {
    super();
    this.cities = new Cities(this);
    /** What was just done. */
    this.done = "";
    /** The version of the proposal after it: a later change takes the word away. */
    this.since = 0;
    /** The city and the version of its part that was read first, and whether somebody else has changed it since. */
    this.read = "";
    this.changes = false;
    this.me = new Me(this);
    this.proposal = new Resource(this, () => `/proposals/${this.key}`);
    this.call = new Resource(this, () => this.proposal.data ? `/calls/${this.proposal.data.call}` : null);
    this.timeline = new Resource(this, () => `/status/projects/${this.key}/timeline?order=desc&limit=200&types=${OF_PARTS}`);
  }

  heading() {
    return this.proposal.data ? t("commitment.title", { city: this.cities.name(this.city()) }) : "";
  }

  /** @param {any[]} items */
  changed(items) {
    if (!items.some(it => it.id === this.key)) return;
    void this.proposal.refresh();
    void this.timeline.refresh();
  }

  city() {
    const wanted = query().get("city");
    const signs = mandates(this.me.data, "city-signatory").map(it => it.id);
    return wanted ?? this.proposal.data?.partners.map((/** @type {any} */ it) => it.city).find((/** @type {string} */ it) => signs.includes(it)) ?? this.proposal.data?.lead ?? "";
  }

  /** The part of the city. @returns {any} */
  promised() {
    return this.proposal.data?.partners.find((/** @type {any} */ it) => it.city === this.city());
  }

  willUpdate() {
    const part = this.promised();
    if (!part || !this.me.data) return;
    if (!this.read.startsWith(`${part.city} `)) Object.assign(this, { read: `${part.city} ${part.version}`, changes: false });
    this.changes ||= this.read !== `${part.city} ${part.version}`;
  }

  /** @param {string} what @param {string} path @param {any} [body] */
  async answer(what, path, body) {
    const commits = path === "commitment";
    const { position } = await send("POST", `/proposals/${this.key}/partners/${this.city()}/${path}`, body, commits ? this.promised()?.version : undefined).catch(async cause => {
      // Nobody commits to what they have not read.
      if (cause instanceof ApiProblem && cause.problem.status === 412) await this.proposal.refresh();
      throw cause;
    });
    this.since = Number(position.split("/").at(-1));
    this.done = what;
    await this.proposal.refresh();
    this.read = "";
    this.requestUpdate();
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("#done"))?.focus();
  }

  render() {
    const it = this.proposal.data;
    if (!it) return html`<h1>${t("commitment.commitment")}</h1>${shown(this.proposal, () => nothing)}`;
    const city = this.city();
    const part = this.promised();
    const currency = this.call.data?.terms?.currency ?? part?.grant?.currency;
    return html`<header class="stack"><p class="small muted no-print"><a href="/work">${t("nav.work")}</a> / <a href="/proposals/${this.key}">${it.summary.title}</a></p><h1>${t("commitment.title", { city: this.cities.name(city) })}</h1></header>
      <div class="two"><div class="stack">
        <section class="card">${this.done && it.version <= this.since ? html`<p class="ok tone" role="status" tabindex="-1" id="done"><strong>${t(`commitment.done.${this.done}`, { city: this.cities.name(city) })}</strong></p>` : nothing}
          ${part ? this.promise(it, part, city, currency) : html`<p>${t("commitment.no-part", { city: this.cities.name(city) })}</p>`}</section>
        ${part ? this.before(city, part, currency) : nothing}
        <section class="card"><h2>${t("commitment.whole")}</h2>${planned(it, this.call.data, "all", id => this.cities.name(id))}</section></div>
      <aside class="stack"><section class="card"><h2>${t("commitment.means")}</h2><p>${t("commitment.means-text")}</p></section></aside></div>`;
  }

  /** @param {any} it @param {any} part @param {string} city @param {string} currency */
  promise(it, part, city, currency) {
    const isLead = city === it.lead;
    return html`<p class="lead">${part.grant
        ? t(isLead ? "commitment.lead-promises" : "commitment.promises", { lead: this.cities.name(it.lead), city: this.cities.name(city), title: it.summary.title, grant: money(part.grant), brings: money(brought(part, currency)) })
        : t(isLead ? "commitment.lead-unwritten" : "commitment.unwritten", { lead: this.cities.name(it.lead), city: this.cities.name(city), title: it.summary.title })}</p>
      ${part.tasks ? html`<p class="written clamp">${part.tasks}</p>` : nothing}
      <div class="row">${mark(part.state)}${deadlineOf(it, this.call.data)}</div>
      ${this.changes ? html`<p class="problem" role="alert">${t("commitment.changed-while-read")}</p>` : nothing}${this.buttons(it, part, city)}
      ${part.grant ? html`<details><summary>${t("commitment.amounts")}</summary>${amounts(part, currency)}</details>` : nothing}`;
  }

  /** @param {any} it @param {any} part @param {string} city */
  buttons(it, part, city) {
    const signs = mandates(this.me.data, "city-signatory").some(one => one.id === city);
    const edits = mandates(this.me.data, "city-editor").some(one => one.id === city);
    const writing = ["DRAFT", "RETURNED"].includes(it.state);
    const write = edits && writing && ["ACCEPTED", "COMMITTED"].includes(part.state) ? html`<p><a class="button" href="/proposals/${this.key}?step=part&city=${city}">${t("commitment.write")}</a></p>` : nothing;
    if (!this.me.data) return shown(this.me, () => nothing);
    if (!signs) return html`<p class="muted">${t("commitment.signatory-only", { city: this.cities.name(city) })}</p>${write}`;
    const reasoned = (/** @type {string} */ label, /** @type {string} */ what, /** @type {string} */ path) => html`<details class="no-print"><summary>${label}</summary><koinon-form .fields=${[{ name: "reason", label: t("form.reason"), type: "long", required: true }]} .button=${label} .send=${(/** @type {any} */ body) => this.answer(what, path, body)}></koinon-form></details>`;
    const act = (/** @type {string} */ label, /** @type {string} */ what, /** @type {string} */ path) => html`<koinon-form .fields=${[]} .button=${label} .send=${() => this.answer(what, path)}></koinon-form>`;
    if (writing && part.state === "INVITED") return html`${act(t("commitment.accept"), "accept", "acceptance")}${reasoned(t("commitment.decline"), "decline", "decline")}`;
    if (writing && part.state === "ACCEPTED") return html`${part.grant ? act(t("commitment.commit"), "commit", "commitment") : html`<p class="muted">${t("commitment.write-first")}</p>`}${write}${city === it.lead ? nothing : reasoned(t("commitment.decline"), "decline", "decline")}`;
    if (writing && part.state === "COMMITTED") return html`${write}${reasoned(t("commitment.withdraw"), "withdraw", "commitment-withdrawal")}`;
    if (part.state === "COMMITTED" && city !== it.lead && ["SUBMITTED", "ELIGIBLE", "RESERVE_LISTED", "SELECTED"].includes(it.state)) return reasoned(t("commitment.step-back"), "step-back", "step-back");
    if (part.state === "STEPPED_BACK") return act(t("commitment.step-back-withdrawal"), "return", "step-back-withdrawal");
    return nothing;
  }

  /** After a change: what the city had committed to, beside what it would commit to now.
   * @param {string} city @param {any} part @param {string} currency */
  before(city, part, currency) {
    if (part.state !== "ACCEPTED") return nothing;
    const events = (this.timeline.data?.items ?? []).filter((/** @type {any} */ it) => it.facts?.city === city);
    const committed = events.findIndex((/** @type {any} */ it) => it.type === "koinon.proposal.partner-committed.v1");
    const then = committed < 0 ? null : events.slice(committed).find((/** @type {any} */ it) => it.type === "koinon.proposal.partner-part-changed.v1")?.facts;
    if (!then?.grant) return nothing;
    return html`<section class="card"><h2>${t("commitment.changed")}</h2><div class="two-up"><div class="stack"><h3>${t("commitment.then")}</h3>${amounts(then, currency)}<p class="written">${then.tasks}</p></div>
      <div class="stack"><h3>${t("commitment.now")}</h3>${amounts(part, currency)}<p class="written">${part.tasks}</p></div></div></section>`;
  }
}

customElements.define("page-commitment", Commitment);
