import { html, nothing } from "lit";
import { get } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, go, query } from "../lib/router.js";
import { speech, t } from "../lib/words.js";
import "../parts/freshness.js";
import { history, namesOf } from "../parts/history.js";
import { empty, shown } from "../parts/states.js";

/** The kinds of events that a reader can choose: the aggregates that they belong to. */
const KINDS = /** @type {const} */ (["proposal", "project", "agreement", "fund"]);

/** The types of events of a kind, as the API names them: those that the page has a text for. @param {string} kind */
const typesOf = kind => Object.keys(speech.words)
  .filter(it => it.startsWith(`event.${kind}.`)).map(it => `koinon.${it.slice("event.".length)}.v1`).join(",");

/** Everything that happened to a project, newest first. */
class History extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { more: { state: true }, next: { state: true } };

  constructor() {
    super();
    /** @type {any[]} */
    this.more = [];
    this.next = "";
    this.kind = "";
    this.status = new Resource(this, () => `/status/projects/${this.key}`);
    this.first = new Resource(this, () => this.path(""));
  }

  /** @param {string} after */
  path(after) {
    const kind = query().get("kind") ?? "";
    return `/status/projects/${this.key}/timeline?order=desc&limit=50${kind ? `&types=${typesOf(kind)}` : ""}${after ? `&after=${after}` : ""}`;
  }

  willUpdate() {
    const kind = query().get("kind") ?? "";
    if (kind === this.kind) return;
    this.kind = kind;
    this.more = [];
    this.next = "";
  }

  heading() {
    return this.status.data ? t("history.title", { project: this.status.data.title }) : this.status.problem ? t("history.all") : "";
  }

  /** @param {any[]} items */
  changed(items) {
    if (items.some(it => it.id === this.key)) void this.first.refresh();
  }

  async showMore() {
    const page = await get(this.path(this.next || this.first.data.next));
    this.more = [...this.more, ...page.items];
    this.next = page.next ?? "-";
  }

  render() {
    const kind = query().get("kind") ?? "";
    return html`<header class="stack"><p class="small muted"><a href="/projects">${t("nav.projects")}</a> / <a href="/projects/${this.key}">${this.status.data?.title ?? t("project.project")}</a></p>
        <div class="row apart"><h1>${t("history.all")}</h1><koinon-freshness></koinon-freshness></div>
        <div class="filters no-print"><label class="search">${t("history.kind")}<select class="field" @change=${(/** @type {any} */ event) => go(address({ kind: event.target.value }), true)}>
          <option value="">${t("history.every-kind")}</option>${KINDS.map(it => html`<option value=${it} ?selected=${it === kind}>${t(`history.kind.${it}`)}</option>`)}</select></label></div></header>
      <section class="card">${shown(this.status, status => shown(this.first, first => {
        const all = [...first.items, ...this.more];
        const rest = this.next === "-" ? "" : this.next || first.next;
        return html`${all.length ? history(all, namesOf(status)) : empty(t("history.nothing"))}
          ${rest ? html`<p><button class="button" @click=${this.showMore}>${t("show-more")}</button></p>` : nothing}`;
      }))}</section>`;
  }
}

customElements.define("page-history", History);
