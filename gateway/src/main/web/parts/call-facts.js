import { html, nothing } from "lit";
import { css } from "../lib/css.js";
import { away, country, day, list, money, number, share, t, tranche, word } from "../lib/words.js";

/** A deadline in its own zone, and in the reader's where that differs. @param {{local: string, zone: string}} it */
export function deadline(it) {
  const [date, time] = it.local.split("T");
  return html`<span class="keep">${day(date)}</span>, <span class="keep">${time.slice(0, 5)}</span> <span class="muted">(${it.zone.replaceAll("_", " ")})</span>`;
}

/** The moment of a local time in a zone, in milliseconds. @param {{local: string, zone: string}} it */
export function instant(it) {
  const guess = Date.parse(`${it.local.length === 16 ? `${it.local}:00` : it.local}Z`);
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: it.zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(guess);
  const of = (/** @type {string} */ type) => Number(parts.find(one => one.type === type)?.value);
  const there = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return guess - (there - guess);
}

/** How long a call is open still, or since when it is closed. @param {any} it */
export function openness(it) {
  if (!it.opens || !it.closes) return nothing;
  const now = Date.now();
  if (it.state && it.state !== "PUBLISHED") return html`<span class="mark calm">${word("call-state", it.state)}</span>`;
  if (instant(it.opens) > now) return html`<span class="mark soon">${t("calls.opens", { away: away(instant(it.opens)) })}</span>`;
  if (instant(it.closes) > now) return html`<span class="mark ok">${t("calls.open-until", { away: away(instant(it.closes)) })}</span>`;
  return html`<span class="mark calm">${t("calls.closed", { away: away(instant(it.closes)) })}</span>`;
}

/** Until when a proposal can be handed in. @param {any} proposal @param {any} call */
export function deadlineOf(proposal, call) {
  const until = proposal.returnedUntil ?? call?.terms?.closes;
  if (!until || !["DRAFT", "RETURNED"].includes(proposal.state)) return nothing;
  const at = instant(until);
  return html`<span class=${at - Date.now() < 7 * 864e5 ? "soon tone" : "muted"}>${t(at > Date.now() ? "calls.until" : "calls.was-until", { away: away(at) })} ${deadline(until)}</span>`;
}

/** A rule as a sentence, or as one for each of its parameters.
 * @param {any} rule `{"kind": …}` @param {string} currency @param {any[]} [groups] of cities, by whose names rules name them */
export function rule(rule, currency, groups = []) {
  const { kind, min, max, ...lists } = rule;
  const of = (/** @type {any} */ it) => it == null ? ""
    : kind === "grant" ? money({ amount: String(it), currency })
    : kind === "co-financing" || kind === "overhead" ? share(Number(it)) : number(Number(it));
  if (min != null || max != null)
    return t(`rule.${kind}.${min == null ? "max" : max == null ? "min" : "between"}`, { min: of(min), max: of(max) });
  return Object.entries(lists).filter(([, it]) => Array.isArray(it)).map(([name, values]) =>
    t(`rule.${kind}.${name}`, { list: list(values.map((/** @type {string} */ it) => named(name === "admitted" ? kind : name, it, groups))) })).join(" ");
}

/** Whether a rule names groups of cities. @param {any} rule */
export const namesGroups = rule => rule.kind === "groups" || rule.groups?.length > 0;

/** A value that a rule lists. @param {string} name what it is one of @param {string} value @param {any[]} groups */
function named(name, value, groups) {
  if (name === "countries") return country(value);
  if (name === "groups") return groups.find(it => it.id === value)?.name ?? value;
  return name === "states" ? word("city-state", value) : word("field", value);
}

/** The tranches of a call as a bar. @param {any[]} tranches */
export function tranches(tranches) {
  return html`<div class="stack"><div class="money-bar" aria-hidden="true">${tranches.map((it, i) => html`<span class=${["paid", "rest", "payable"][i % 3]} ${css({ "--share": `${100 * Number(it.share)}%` })}></span>`)}</div>
    <ol class="plain">${tranches.map((it, i) => html`<li><span class="row"><strong>${share(Number(it.share))}</strong> ${tranche(it.id)}</span><span class="small muted">${t(`calls.waits-for.${it.waitsFor}`)}</span></li>`)}</ol></div>`;
}
