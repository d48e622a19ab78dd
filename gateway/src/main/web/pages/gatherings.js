import { html, nothing } from "lit";
import { getAll, send } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { go } from "../lib/router.js";
import { LANGUAGES, t, word } from "../lib/words.js";
import "../parts/command-form.js";
import { gatheringTable } from "../parts/gathering-table.js";
import { mandates } from "../parts/mandates.js";
import { empty, shown } from "../parts/states.js";

const PER_PAGE = 200;
const KINDS = ["conference", "forum", "annual-meeting", "workshop"];

/** Where cities meet: what is coming, and what was. */
class Gatherings extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { hosts: { state: true }, later: { state: true } };

  constructor() {
    super();
    const today = new Date().toISOString().slice(0, 10);
    this.coming = new Resource(this, () => `/gatherings?from=${today}&limit=${PER_PAGE}`);
    this.past = new Resource(this, () => `/gatherings?until=${today}&limit=${PER_PAGE}`);
    /** Those of the pages after the first: the list begins with the oldest. A filter would have to empty them. @type {any[]} */
    this.later = [];
    this.asked = "";
    this.me = new Resource(this, () => "/me");
    /** @type {[string, string][]} */
    this.hosts = [];
  }

  heading() {
    return t("gatherings.title");
  }

  willUpdate() {
    const next = this.past.data?.next;
    if (next && next !== this.asked) void this.rest((this.asked = next));
  }

  /** @param {string} after */
  async rest(after) {
    this.later = await getAll(String(this.past.path()), after).catch(() => []);
  }

  /** Those that are not over, and those that were, the latest first. */
  lists() {
    const isOver = (/** @type {any} */ it) => it.state === "HELD" || it.days.last < new Date().toISOString().slice(0, 10);
    const coming = (this.coming.data?.items ?? []).filter((/** @type {any} */ it) => !isOver(it));
    const before = [...(this.past.data?.items ?? []), ...this.later].filter(isOver).toReversed();
    return { coming, before };
  }

  /** For which cities the reader may announce one. */
  cities() {
    const mine = mandates(this.me.data, "city-editor").map(it => /** @type {[string, string]} */ ([it.id, it.name]));
    return mandates(this.me.data, "secretariat").length ? this.hosts : mine;
  }

  async openForm() {
    if (this.hosts.length || !mandates(this.me.data, "secretariat").length) return;
    this.hosts = (await getAll("/cities?limit=200")).map(it => [it.id, it.name]);
  }

  /** @param {any} body */
  async announce(body) {
    const answer = await send("POST", "/gatherings", body);
    go(`/gatherings/${answer.id}`);
  }

  render() {
    const may = mandates(this.me.data, "secretariat").length > 0 || mandates(this.me.data, "city-editor").length > 0;
    const { coming, before } = this.lists();
    return html`<header class="row apart"><h1>${t("gatherings.title")}</h1><p class="no-print"><a class="button" href="/api/v1/gatherings.ics" download="koinon.ics">${t("gatherings.subscribe")}</a></p></header>
      <p class="muted">${t("gatherings.note")}</p>
      <section class="card"><h2>${t("gatherings.coming")}</h2>${shown(this.coming, () => coming.length ? gatheringTable(coming) : empty(t("gatherings.none-coming")))}</section>
      ${before.length || this.past.problem ? html`<section class="card"><h2>${t("gatherings.before")}</h2>${shown(this.past, () => gatheringTable(before))}</section>` : nothing}
      ${may ? html`<details class="card no-print" @toggle=${this.openForm}><summary>${t("gatherings.announce")}</summary>
        <koinon-form .fields=${this.fields()} .button=${t("gatherings.announce")} .send=${(/** @type {any} */ body) => this.announce(body)}></koinon-form></details>` : nothing}`;
  }

  /** @returns {import("../parts/command-form.js").Field[]} */
  fields() {
    return [
      { name: "kind", label: t("gatherings.kind"), type: "choice", required: true, choices: KINDS.map(it => [it, word("gathering-kind", it)]) },
      { name: "title/text", label: t("gatherings.name"), required: true },
      { name: "title/language", label: t("gatherings.name-language"), type: "choice", required: true, choices: /** @type {[string, string][]} */ (Object.entries(LANGUAGES)) },
      { name: "city", label: t("gatherings.host"), type: "choice", required: true, choices: this.cities() },
      { name: "days/first", label: t("gatherings.first-day"), type: "date", required: true },
      { name: "days/last", label: t("gatherings.last-day"), type: "date", required: true },
      { name: "days/zone", label: t("gatherings.zone"), required: true, value: Intl.DateTimeFormat().resolvedOptions().timeZone, hint: t("gatherings.zone-hint") },
      { name: "venue", label: t("gatherings.venue") },
      { name: "theme", label: t("gatherings.theme"), type: "long" },
    ];
  }
}

customElements.define("page-gatherings", Gatherings);
