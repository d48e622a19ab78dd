import { html, nothing } from "lit";
import { send } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { go } from "../lib/router.js";
import { t, word } from "../lib/words.js";
import "../parts/command-form.js";
import { attendance, delegations, facts, programme } from "../parts/gathering-facts.js";
import { headcount, organising } from "../parts/gathering-forms.js";
import { days, gatheringState } from "../parts/gathering-table.js";
import { mandates } from "../parts/mandates.js";
import { outcome } from "../parts/outcome.js";
import { shown } from "../parts/states.js";

const FOLLOWS = [300, 1_500];
const PLACED_AFTER = 50;

/** One gathering: what it was about, who came, and what came of it. */
class Gathering extends Page {
  constructor() {
    super();
    this.gathering = new Resource(this, () => `/gatherings/${this.key}`);
    this.outcome = new Resource(this, () => `/status/gatherings/${this.key}`);
    this.me = new Resource(this, () => "/me");
    this.ideas = new Resource(this, () => this.me.data?.mandates?.length ? `/ideas?gathering=${this.key}&limit=200` : null);
    /** Whether the idea that the address names was brought into view. */
    this.isPlaced = false;
    this.calls = new Resource(this, () => mandates(this.me.data, "city-editor").length ? "/calls?limit=200" : null);
  }

  heading() {
    return this.gathering.data?.title.text ?? (this.gathering.problem ? t("gatherings.gathering") : "");
  }

  changed() {
    void this.outcome.refresh();
  }

  updated() {
    super.updated();
    const named = this.isPlaced || !location.hash ? null : this.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
    if (!named) return;
    this.isPlaced = true;
    // After the application has shown the page from its beginning.
    setTimeout(() => named.scrollIntoView({ block: "center" }), PLACED_AFTER);
  }

  /** Sends a command, and reads again what it changes: the read model follows a moment later.
   * @param {"POST" | "PUT"} method @param {string} path @param {any} [body] @param {number} [version] */
  async command(method, path, body, version) {
    const answer = await send(method, path, body, version);
    void this.gathering.refresh();
    void this.ideas.refresh();
    FOLLOWS.forEach(after => setTimeout(() => this.outcome.refresh(), after));
    return answer;
  }

  render() {
    const it = this.gathering.data;
    const head = html`<p class="small muted"><a href="/gatherings">${t("nav.gatherings")}</a></p><h1 lang=${it?.title.language ?? nothing}>${it?.title.text ?? t("gatherings.gathering")}</h1>`;
    if (!it) return html`<header class="stack">${head}</header>${shown(this.gathering, () => nothing)}`;
    const hasProgramme = it.topics || it.sessions.length || it.visits.length;
    return html`<header class="stack">${head}
        <div class="row">${gatheringState(it)}<span class="muted">${word("gathering-kind", it.kind)} · <span class="keep">${days(it.days)}</span> · <a href="/cities/${it.city}">${it.cityName}</a></span></div>
        ${it.theme ? html`<p class="lead">${it.theme}</p>` : nothing}${it.reason ? html`<q class="muted">${it.reason}</q>` : nothing}
        <p class="row no-print"><a class="button" href="/api/v1/gatherings/${this.key}/calendar.ics" download=${`${this.key}.ics`}>${t("gatherings.add")}</a></p></header>
      ${this.confirmation(it)}
      <div class="two"><div class="stack">
        ${hasProgramme ? html`<section class="card"><h2>${t("gatherings.programme")}</h2>${programme(it)}</section>` : nothing}
        <section class="card"><h2>${t("gatherings.outcome")}</h2>${shown(this.outcome, all => outcome(all, idea => this.idea(idea)))}${this.raising(it)}</section>
      </div><aside class="stack" aria-label=${t("gatherings.facts")}>${facts(it)}${delegations(it)}${this.registering(it)}${attendance(it)}${this.organises(it) ? organising(it, (method, path, body, version) => this.command(method, path, body, version)) : nothing}</aside></div>`;
  }

  /** @param {any} it */
  organises(it) {
    return it.state !== "CANCELLED" && (mandates(this.me.data, "secretariat").length > 0 || mandates(this.me.data, "city-editor").some(one => one.id === it.city));
  }

  /** @param {any} it */
  confirmation(it) {
    const may = it.nextActions?.some((/** @type {any} */ one) => one.action === "gathering.confirm-held" && one.possible);
    if (!may) return nothing;
    return html`<section class="card no-print"><h2>${t("gatherings.confirm-title")}</h2><div class="row">
        <koinon-form .fields=${[]} .button=${t("gatherings.confirm")} .send=${() => this.command("POST", `/gatherings/${this.key}/confirmation`)}></koinon-form></div>
      <details><summary>${t("gatherings.cancel")}</summary><koinon-form .fields=${[{ name: "reason", label: t("gatherings.reason"), type: "long", required: true }]} .button=${t("gatherings.cancel")} .send=${(/** @type {any} */ body) => this.command("POST", `/gatherings/${this.key}/cancellation`, body)}></koinon-form></details></section>`;
  }

  /** A delegation is registered for the cities whose editor the reader is, and withdrawn until it was counted.
   * @param {any} it */
  registering(it) {
    if (it.state !== "ANNOUNCED") return nothing;
    const isOpen = Date.parse(it.registrationEnd) > Date.now();
    return mandates(this.me.data, "city-editor").map(city => {
      const known = it.delegations?.find((/** @type {any} */ one) => one.city === city.id);
      const path = `/gatherings/${this.key}/delegations/${city.id}`;
      if (!isOpen && (!known || known.attended)) return nothing;
      return html`<details class="card no-print"><summary>${t("gatherings.register", { city: city.name })}</summary>
        ${isOpen ? html`<koinon-form .fields=${headcount(known?.registered)} .button=${t("gatherings.register-button")} .send=${(/** @type {any} */ body) => this.command("PUT", path, body, known?.version)}></koinon-form>` : nothing}
        ${known && !known.attended ? html`<details><summary>${t("gatherings.withdraw")}</summary><p class="small muted">${t("gatherings.withdraw-note", { city: city.name })}</p>
          <koinon-form .fields=${[]} .button=${t("gatherings.withdraw-button")} .send=${() => this.command("POST", `${path}/withdrawal`)}></koinon-form></details>` : nothing}</details>`;
    });
  }

  /** @param {any} it */
  raising(it) {
    const cities = mandates(this.me.data, "city-editor");
    if (!cities.length || it.state === "CANCELLED") return nothing;
    return html`<details class="no-print"><summary>${t("gatherings.raise")}</summary><koinon-form .button=${t("gatherings.raise")} .fields=${[
      { name: "title", label: t("gatherings.idea-title"), required: true },
      { name: "text", label: t("gatherings.idea-text"), type: "long", required: true },
      { name: "city", label: t("gatherings.idea-city"), type: "choice", required: true, choices: cities.map(one => [one.id, one.name]) },
      ...(it.sessions.length ? [{ name: "session", label: t("gatherings.idea-session"), type: "choice", choices: it.sessions.map((/** @type {any} */ one) => [one.id, one.title]) }] : []),
      { name: "gathering", label: "", type: "hidden", value: this.key },
    ]} .send=${(/** @type {any} */ body) => this.command("POST", "/ideas", body)}></koinon-form></details>`;
  }

  /** What a member sees and does with an idea. @param {any} idea */
  idea(idea) {
    const whole = this.ideas.data?.items.find((/** @type {any} */ one) => one.id === idea.id);
    if (!whole) return nothing;
    const cities = mandates(this.me.data, "city-editor");
    const others = cities.filter(one => one.id !== whole.city && !whole.interested.includes(one.id));
    const open = (this.calls.data?.items ?? []).filter((/** @type {any} */ one) => one.open);
    return html`<p>${whole.text}</p>${whole.interested.length ? html`<p class="small muted">${t("gatherings.interested", { n: whole.interested.length })}</p>` : nothing}
      ${whole.state === "RAISED" ? html`<div class="row no-print">${others.map(one => html`<koinon-form .fields=${[]} .button=${t("gatherings.interest", { city: one.name })} .send=${() => this.command("POST", `/ideas/${idea.id}/interest/${one.id}`)}></koinon-form>`)}</div>
        ${cities.length && open.length ? html`<details class="no-print"><summary>${t("gatherings.take-up")}</summary><koinon-form .button=${t("gatherings.take-up-button")} .fields=${[
          { name: "title", label: t("gatherings.proposal-title"), required: true, value: idea.title },
          { name: "call", label: t("gatherings.proposal-call"), type: "choice", required: true, choices: open.map((/** @type {any} */ one) => [one.id, one.title]) },
          { name: "lead", label: t("gatherings.proposal-lead"), type: "choice", required: true, choices: cities.map(one => [one.id, one.name]) },
        ]} .send=${(/** @type {any} */ body) => this.takeUp(idea.id, body)}></koinon-form></details>` : nothing}` : nothing}${this.dropping(whole)}`;
  }

  /** Who raised an idea, or the secretariat, drops it or raises it again. @param {any} whole */
  dropping(whole) {
    const may = mandates(this.me.data, "secretariat").length > 0 || mandates(this.me.data, "city-editor").some(one => one.id === whole.city);
    if (!may) return nothing;
    const [title, path] = whole.state === "RAISED" ? [t("gatherings.drop"), "drop"] : [t("gatherings.raise-again"), "drop-reversal"];
    return html`<details class="no-print"><summary>${title}</summary><koinon-form .fields=${[{ name: "reason", label: t("gatherings.reason"), type: "long", required: true }]} .button=${title} .send=${(/** @type {any} */ body) => this.command("POST", `/ideas/${whole.id}/${path}`, body)}></koinon-form></details>`;
  }

  /** @param {string} idea @param {any} body */
  async takeUp(idea, body) {
    const answer = await send("POST", "/proposals", { ...body, origin: { kind: "idea", id: idea } });
    go(`/projects/${answer.id}`);
  }
}

customElements.define("page-gathering", Gathering);
