import { html, nothing } from "lit";
import { get } from "../lib/api.js";
import { Cities } from "../lib/cities.js";
import { saveTable } from "../lib/csv.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, query } from "../lib/router.js";
import { away, day, list, money, sentence, t, zoned } from "../lib/words.js";
import "../parts/freshness.js";
import { actor } from "../parts/history.js";
import { shape } from "../parts/marks.js";
import { empty, shown } from "../parts/states.js";
import { taskPage, taskVerb } from "../parts/task-link.js";

const WEEK = 7 * 864e5;
const FADES = 4_000;
const MOST = 100;

/** What waits for the reader, over all mandates: by urgency, with what hangs on each and one button; and what others owe. */
class Work extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { more: { state: true }, next: { state: true }, gone: { state: true } };

  constructor() {
    super();
    /** @type {any[]} */
    this.more = [];
    this.next = "";
    /** Tasks that have just ended, here or elsewhere. @type {any[]} */
    this.gone = [];
    /** @type {any[]} */
    this.known = [];
    this.cities = new Cities(this);
    this.me = new Me(this);
    this.mine = new Resource(this, () => `/status/tasks?mine=true&limit=${MOST}`);
    this.others = new Resource(this, () => "/status/tasks?mine=false&limit=30");
  }

  heading() {
    return t("work.title");
  }

  soon() {
    return true;
  }

  async changed() {
    await this.me.refresh();
    // Nothing waits for who is not logged in any more: what is shown stays.
    if (this.me.ended) return;
    await Promise.all([this.mine.refresh(), this.others.refresh()]);
    this.more = [];
    this.next = "";
  }

  /** What is not there any more is said for a moment. */
  willUpdate() {
    const now = this.mine.data?.items;
    if (!now || now === this.known || this.me.ended) return;
    const keys = new Set(now.map(keyOf));
    const done = this.known.filter(it => !keys.has(keyOf(it)));
    const isWhole = now.length < MOST && this.known.length < MOST;
    this.known = now;
    if (!done.length || !isWhole) return;
    this.gone = done;
    setTimeout(() => (this.gone = []), FADES);
  }

  async showMore() {
    const page = await get(`/status/tasks?mine=true&limit=${MOST}&after=${this.next || this.mine.data.next}`);
    this.more = [...this.more, ...page.items];
    this.next = page.next ?? "-";
  }

  /** Who has to take an action. @param {any} it */
  who(it) {
    const scope = it.right.split("@")[1];
    const [kind, id] = scope.split("/");
    return actor(it.right, new Map([[scope, kind === "city" && this.cities.all.has(id) ? this.cities.name(id) : it.scopeName ?? scope]]));
  }

  render() {
    if (this.me.data && !this.me.data.authenticated)
      return html`<h1>${t("work.title")}</h1><p>${t("work.log-in")}</p><p><a class="button main" href="/login?then=/work">${t("login")}</a></p>`;
    return html`<header class="stack"><h1>${t("work.title")}</h1><div class="row">${this.mine.data ? html`<span class="muted">${this.first(this.mine.data)}</span>` : nothing}<koinon-freshness></koinon-freshness><span class="grow"></span>${this.mine.data?.items.length ? html`<button class="button no-print" @click=${() => this.save(this.chosen([...this.mine.data.items, ...this.more]))}>${t("csv")}</button>` : nothing}${(this.me.data?.mandates ?? []).some((/** @type {any} */ it) => it.scope.startsWith("city/")) ? html`<a href="/proposals">${t("work.proposals")}</a>` : nothing}</div>${this.roles()}</header>
      <div class="two"><div class="stack">${shown(this.mine, all => this.groups([...all.items, ...this.more]))}
        ${this.gone.length ? html`<section class="card" role="status"><h2>${t("work.done")}</h2><ul class="plain">${this.gone.map(it => html`<li class="ok tone">${shape("ok")} ${sentence(it.says)} <span class="muted">${it.about.title}</span></li>`)}</ul></section>` : nothing}
        ${this.mine.data?.next && this.next !== "-" ? html`<p><button class="button" @click=${this.showMore}>${t("show-more")}</button></p>` : nothing}</div>
      <aside class="stack"><section class="card"><h2>${t("work.others")}</h2>${shown(this.others, all => all.items.length ? html`<ul class="plain">${all.items.slice(0, 12).map((/** @type {any} */ it) => this.other(it))}</ul>${all.count > 12 ? html`<p class="small muted">${t("work.others-more", { n: all.count - 12 })}</p>` : nothing}` : empty(t("work.others-none")))}</section></aside></div>`;
  }

  /** What is shown, as a file. @param {any[]} items */
  save(items) {
    saveTable("work.csv", [["action", "about", "title", "call", "who", "since", "due", "amounts"],
      ...items.map(it => [sentence(it.says), `${it.about.kind}/${it.about.id}`, it.about.title, it.about.call?.title, this.who(it), it.since, it.due, it.amounts.map((/** @type {any} */ one) => `${one.amount} ${one.currency}`).join("; ")])]);
  }

  /** The tasks of the chosen role. @param {any[]} all */
  chosen(all) {
    const chosen = query().get("as") ?? "";
    return all.filter(it => !chosen || it.right === chosen);
  }

  /** One line that says how it stands. @param {any} all */
  first(all) {
    if (!all.count) return this.others.data?.count ? t("work.nothing-but", { n: this.others.data.count }) : t("work.nothing");
    return all.overdue ? t("work.some-late", { n: all.count, late: all.overdue }) : t("work.some", { n: all.count });
  }

  /** The roles as filters; the address names the chosen one. */
  roles() {
    const roles = new Map((this.mine.data?.items ?? []).map((/** @type {any} */ it) => [it.right, it]));
    const chosen = query().get("as") ?? "";
    if (roles.size < 2 && !chosen) return nothing;
    const link = (/** @type {string} */ right, /** @type {string} */ label) => html`<a class="chip" href=${address({ as: right })} aria-current=${chosen === right ? "true" : nothing}>${label}</a>`;
    return html`<nav class="chips" aria-label=${t("work.roles")}>${link("", t("work.all-roles"))}${[...roles].sort().map(([right, it]) => link(right, this.who(it)))}</nav>`;
  }

  /** @param {any[]} all */
  groups(all) {
    const items = this.chosen(all);
    if (!items.length && all.length) return empty(t("work.nothing-in-role"), html`<a href=${address({ as: "" })}>${t("work.all-roles")}</a>`);
    if (!items.length) return empty(t("work.nothing"), html`<a href="/calls">${t("work.see-calls")}</a>`);
    const now = Date.now();
    const due = (/** @type {any} */ it) => it.due ? Date.parse(it.due) : Infinity;
    const groups = /** @type {[string, any[], import("../parts/marks.js").Shape, string][]} */ ([
      [t("work.overdue"), items.filter(it => due(it) <= now), "late", "late"],
      [t("work.week"), items.filter(it => due(it) > now && due(it) <= now + WEEK), "soon", "soon"],
      [t("work.later"), items.filter(it => due(it) > now + WEEK), "planned", "calm"],
    ]);
    return groups.filter(([, of]) => of.length).map(([title, of, drawing, tone]) => html`<section class="card"><h2>${title}</h2><ul class="plain tasks">${of.map(it => this.task(it, drawing, tone))}</ul></section>`);
  }

  /** @param {any} it @param {import("../parts/marks.js").Shape} drawing @param {string} tone */
  task(it, drawing, tone) {
    const page = taskPage(it, it.about.id);
    return html`<li class="task ${tone}"><span class="tone">${shape(drawing)}</span><div><a href=${page}><strong>${sentence(it.says)}</strong></a>
        <div>${it.about.title ?? it.about.id}${it.about.call?.title ? html` <span class="muted">· ${it.about.call.title}</span>` : nothing}</div>
        <div class="small muted">${[this.who(it), it.due ? t(Date.parse(it.due) < Date.now() ? "work.was-due" : "work.due", { when: zoned(it.due), away: away(it.due) }) : it.since ? t("work.since", { when: day(it.since), away: away(it.since) }) : "", it.amounts.length ? t("work.hangs", { amount: list(it.amounts.map(money)) }) : "", it.remindedAt ? t("work.reminded", { when: day(it.remindedAt) }) : ""].filter(Boolean).join(" · ")}</div></div>
      <a class="button ${tone === "late" ? "main" : ""}" href=${page} aria-label=${`${taskVerb(it)}: ${it.about.title ?? ""}`}>${taskVerb(it)}</a></li>`;
  }

  /** @param {any} it */
  other(it) {
    return html`<li><span><strong>${this.who(it)}</strong></span> <span class="small">${sentence(it.says)} <a href="/projects/${it.about.id}">${it.about.title ?? it.about.id}</a></span>${it.since ? html`<span class="small muted">${away(it.since)}</span>` : nothing}</li>`;
  }
}

/** @param {any} it */
const keyOf = it => `${it.of} ${it.subject} ${it.action} ${it.right}`;

customElements.define("page-work", Work);
