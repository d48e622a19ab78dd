import { html, nothing } from "lit";
import { send } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { go } from "../lib/router.js";
import { moment, share, t, word } from "../lib/words.js";
import { deadline, instant, namesGroups, openness, rule, tranches } from "../parts/call-facts.js";
import "../parts/command-form.js";
import "../parts/eligibility.js";
import { mandates } from "../parts/mandates.js";
import { projectTable } from "../parts/project-table.js";
import { empty, shown } from "../parts/states.js";

/** One call: until when it is open, by which rules it judges, how it pays, and what came of it. */
class Call extends Page {
  constructor() {
    super();
    this.me = new Resource(this, () => "/me");
    this.call = new Resource(this, () => `/calls/${this.key}`);
    this.groups = new Resource(this, () => this.call.data?.terms?.rules.some(namesGroups) ? "/groups?limit=200" : null);
    this.projects = new Resource(this, () => `/status/projects?call=${this.key}&sort=title`);
  }

  heading() {
    return this.call.data?.title ?? (this.call.problem ? t("calls.call") : "");
  }

  changed() {
    void this.projects.refresh();
  }

  render() {
    const it = this.call.data;
    const head = html`<p class="small muted"><a href="/calls">${t("nav.calls")}</a></p><h1>${it?.title ?? t("calls.call")}</h1>`;
    if (!it?.terms) return html`<header class="stack">${head}</header>${shown(this.call, () => empty(t("calls.no-terms")))}`;
    const { terms } = it;
    return html`<header class="stack">${head}<div class="row">${openness({ ...terms, state: it.state })}</div>${it.reason ? html`<q class="muted">${it.reason}</q>` : nothing}</header>
      <div class="two"><div class="stack">
        <section class="card"><h2>${t("calls.rules")}</h2><p class="muted">${t("calls.rules-note")}</p>${terms.rules.length ? html`<ul class="plain">${terms.rules.map((/** @type {any} */ one) => html`<li>${rule(one, terms.currency, this.groups.data?.items)}</li>`)}</ul>` : empty(t("calls.no-rules"))}</section>
        ${this.isOpen(it) ? html`<koinon-eligibility .call=${it} .own=${mandates(this.me.data, "city-editor")}></koinon-eligibility>` : nothing}
        <section class="card"><h2>${t("calls.projects")}</h2>${shown(this.projects, all => all.items.length ? html`${projectTable(all.items, { isOfOneCall: true })}${all.next ? html`<p><a href="/projects?call=${this.key}">${t("calls.all-projects", { n: all.count })}</a></p>` : nothing}` : empty(t("calls.no-projects")))}</section>
      </div><aside class="stack" aria-label=${t("calls.facts")}>${this.starting(it)}
        <section class="card"><h2>${t("calls.dates")}</h2><dl class="facts tall"><dt>${t("calls.opens-at")}</dt><dd>${deadline(terms.opens)}</dd><dt>${t("calls.closes-at")}</dt><dd>${deadline(terms.closes)}</dd>${this.own(terms.closes)}</dl></section>
        ${terms.tranches.length ? html`<section class="card"><h2>${t("calls.money")}</h2><p>${t("calls.in-currency", { currency: terms.currency })}</p>${tranches(terms.tranches)}</section>` : html`<section class="card"><h2>${t("calls.money")}</h2>${empty(t("calls.no-grant"))}</section>`}
        <section class="card"><h2>${t("calls.facts")}</h2><dl class="facts tall"><dt>${t("calls.verifier")}</dt><dd>${word("verifier", terms.verifier)}</dd>
          ${terms.funds.length > 1 ? html`<dt>${t("calls.funds", { n: terms.funds.length })}</dt><dd>${terms.funds.map((/** @type {any} */ one) => share(Number(one.share))).join(" + ")}</dd>` : nothing}
          ${terms.themes.length ? html`<dt>${t("calls.themes")}</dt><dd>${terms.themes.join(", ")}</dd>` : nothing}
          ${terms.sdgs.length ? html`<dt>${t("calls.sdgs")}</dt><dd>${terms.sdgs.map((/** @type {number} */ n) => html`<div>${n}. ${t(`sdg.${n}`)}</div>`)}</dd>` : nothing}</dl></section>
      </aside></div>`;
  }

  /** @param {any} it */
  isOpen(it) {
    return it.state === "PUBLISHED" && instant(it.terms.closes) > Date.now();
  }

  /** Starts a proposal for a city whose editor the reader is. @param {any} it */
  starting(it) {
    const own = mandates(this.me.data, "city-editor");
    if (!own.length || !this.isOpen(it)) return nothing;
    return html`<section class="card no-print"><h2>${t("calls.start")}</h2><koinon-form .button=${t("calls.start")} .fields=${[
      { name: "title", label: t("proposal.title"), required: true },
      { name: "lead", label: t("eligible.lead"), type: "choice", required: true, choices: own.map(one => [one.id, one.name]) },
    ]} .send=${async (/** @type {any} */ body) => go(`/proposals/${(await send("POST", "/proposals", { ...body, call: this.key })).id}`)}></koinon-form></section>`;
  }

  /** The deadline in the reader's own zone, where that is another. @param {any} closes */
  own(closes) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const at = instant(closes);
    const same = new Intl.DateTimeFormat("en", { timeZone: zone, timeStyle: "short", dateStyle: "short" }).format(at) === new Intl.DateTimeFormat("en", { timeZone: closes.zone, timeStyle: "short", dateStyle: "short" }).format(at);
    return same ? nothing : html`<dt>${t("calls.your-time")}</dt><dd>${moment(at)}</dd>`;
  }
}

customElements.define("page-call", Call);
