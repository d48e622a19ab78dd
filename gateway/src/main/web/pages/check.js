import { html, nothing } from "lit";
import { ApiProblem, send } from "../lib/api.js";
import { Cities } from "../lib/cities.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { Trial } from "../lib/trial.js";
import { t, zoned } from "../lib/words.js";
import { deadlineOf } from "../parts/call-facts.js";
import "../parts/command-form.js";
import { fieldOf, findings, namesIn } from "../parts/findings.js";
import "../parts/freshness.js";
import { mandates } from "../parts/mandates.js";
import { phase } from "../parts/marks.js";
import { planned } from "../parts/proposal-plan.js";
import { shown } from "../parts/states.js";

/** The whole proposal as it will be read, and the button that submits it; then the receipt. Printed, it can be filed. */
class Check extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { position: { state: true } };

  constructor() {
    super();
    this.cities = new Cities(this);
    /** Where the submission that was just made stands among all events. */
    this.position = "";
    /** Whether the receipt has not been shown yet. */
    this.isNew = false;
    this.me = new Me(this);
    this.proposal = new Resource(this, () => `/proposals/${this.key}`);
    this.call = new Resource(this, () => this.proposal.data ? `/calls/${this.proposal.data.call}` : null);
    this.submission = new Resource(this, () => this.proposal.data?.submissions ? `/proposals/${this.key}/submissions/${this.proposal.data.submissions}` : null);
    this.trial = new Trial(this, () => this.isWritable() ? `/proposals/${this.key}/readiness` : null, () => ({}));
  }

  heading() {
    return this.proposal.data ? `${t(this.isWritable() ? "proposal.check" : "proposal.read")}: ${this.proposal.data.summary.title}` : "";
  }

  /** @param {any[]} items */
  async changed(items) {
    if (!items.some(it => it.id === this.key)) return;
    await this.proposal.refresh();
    this.trial.again();
  }

  isWritable() {
    return ["DRAFT", "RETURNED"].includes(this.proposal.data?.state);
  }

  async submit() {
    const done = await send("POST", `/proposals/${this.key}/submission`, undefined, this.proposal.data.version).catch(async cause => {
      // Nobody submits what they have not read.
      if (cause instanceof ApiProblem && cause.problem.status === 412) await this.proposal.refresh();
      throw cause;
    });
    this.position = done.position;
    this.isNew = true;
    await this.proposal.refresh();
  }

  updated() {
    super.updated();
    const receipt = this.isNew && /** @type {HTMLElement | null} */ (this.querySelector("#receipt"));
    if (!receipt) return;
    this.isNew = false;
    receipt.focus();
  }

  /** @param {string} path @param {any} [body] */
  async command(path, body) {
    await send("POST", `/proposals/${this.key}/${path}`, body);
    this.position = "";
    await this.proposal.refresh();
    this.trial.again();
  }

  render() {
    const it = this.proposal.data;
    if (!it) return html`<h1>${t("proposal.check")}</h1>${shown(this.proposal, () => nothing)}`;
    const writable = this.isWritable();
    const change = (/** @type {string} */ step) => writable ? html`<a class="small no-print" href="/proposals/${this.key}?step=${step}">${t("proposal.change")}</a>` : nothing;
    return html`<header class="stack"><p class="small muted no-print"><a href="/work">${t("nav.work")}</a> / <a href="/proposals/${this.key}">${t("proposal.proposal")}</a></p><h1>${it.summary.title}</h1><p class="muted">${this.call.data?.title ?? it.call} · ${t("check.led-by", { city: this.cities.name(it.lead) })}</p>
        <div class="row">${phase(it.state)}${writable ? html`<strong class="soon tone">${t("check.not-submitted")}</strong>` : nothing}${deadlineOf(it, this.call.data)}<koinon-freshness></koinon-freshness></div></header>
      ${this.receipt(it)}
      <div class="two"><div class="stack"><section class="card"><h2>${t(writable ? "check.as-read" : "check.as-submitted")}</h2>${planned(!writable && this.submitted() ? { ...it, ...this.submitted() } : it, this.call.data, "all", id => this.cities.name(id), change)}</section></div>
        <aside class="stack">${writable ? findings(this.trial, namesIn(it, id => this.cities.name(id)), at => this.way(at)) : nothing}${this.actions(it)}
          <p class="no-print"><button class="button" @click=${() => print()}>${t("print")}</button></p></aside></div>`;
  }

  /** @param {string} at */
  way(at) {
    const place = fieldOf(at, id => this.cities.name(id));
    return place && { href: `/proposals/${this.key}?step=${place.step}${place.city ? `&city=${place.city}` : ""}#${place.field}`, label: place.label, go: () => {} };
  }

  /** The last submission, once it is read. @returns {any} */
  submitted() {
    const read = this.submission.data;
    return read?.number === this.proposal.data?.submissions ? read : null;
  }

  /** What proves the last submission. @param {any} it */
  receipt(it) {
    if (!it.submissions || this.isWritable()) return nothing;
    const submitted = this.submitted();
    const isNew = this.position !== "";
    const position = this.position || (submitted ? `proposal/${this.key}/${submitted.version}` : "");
    return html`<section class="card receipt" tabindex="-1" id="receipt" role=${isNew ? "status" : nothing}><h2>${t("check.submitted")}</h2>
      <dl class="facts tall"><dt>${t("check.number")}</dt><dd>${it.submissions}</dd>${submitted ? html`<dt>${t("check.at")}</dt><dd>${zoned(submitted.submittedAt)}</dd>` : nothing}${position ? html`<dt>${t("check.position")}</dt><dd><code>${position}</code></dd>` : nothing}</dl>
      ${submitted ? nothing : shown(this.submission, () => nothing)}
      ${isNew ? html`<p>${t("check.next")}</p>` : nothing}</section>`;
  }

  /** @param {any} it */
  actions(it) {
    const signs = mandates(this.me.data, "city-signatory").some(one => one.id === it.lead);
    const submit = it.nextActions.find((/** @type {any} */ one) => one.action === "proposal.submit");
    const reason = [{ name: "reason", label: t("form.reason"), type: "long", required: true }];
    if (!this.me.data) return shown(this.me, () => nothing);
    if (this.isWritable()) {
      if (!signs) return html`<section class="card"><h2>${t("check.submit")}</h2><p>${t("check.signatory-only", { city: this.cities.name(it.lead) })}</p></section>`;
      return html`<section class="card no-print"><h2>${t("check.submit")}</h2><p>${t("check.follows")}</p>${submit?.possible || this.trial.readiness?.ready ? html`<koinon-form .fields=${[]} .button=${t("check.submit")} .send=${() => this.submit()}></koinon-form>` : html`<p class="muted">${t("check.not-ready")}</p>`}</section>`;
    }
    if (!signs) return nothing;
    return html`<section class="card no-print"><h2>${t("check.take-back")}</h2>${it.state === "SUBMITTED" ? html`<koinon-form .fields=${[]} .button=${t("check.reopen")} .send=${() => this.command("reopening")}></koinon-form>` : nothing}
      ${["SUBMITTED", "ELIGIBLE", "RESERVE_LISTED"].includes(it.state) ? html`<details><summary>${t("check.withdraw")}</summary><koinon-form .fields=${reason} .button=${t("check.withdraw")} .send=${(/** @type {any} */ body) => this.command("withdrawal", body)}></koinon-form></details>` : html`<p class="muted">${t("check.decided")}</p>`}</section>`;
  }
}

customElements.define("page-check", Check);
