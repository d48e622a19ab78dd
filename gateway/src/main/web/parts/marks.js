import { html, svg } from "lit";
import { word } from "../lib/words.js";

/** One drawing per meaning, so that no state is told by its colour alone. */
const SHAPES = {
  ok: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.5 8.3 7 10.7l4.6-5" fill="none" stroke="var(--paper)" stroke-width="1.8"/>`,
  soon: svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 4.4V8l2.6 1.7" fill="none" stroke="currentColor" stroke-width="1.8"/>`,
  late: svg`<path d="M8 1 15.5 14.5H.5Z" fill="currentColor"/><path d="M8 6v4.2M8 11.6v1.6" stroke="var(--paper)" stroke-width="1.7"/>`,
  risk: svg`<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor"/><path d="M8 4v5M8 10.6v1.7" stroke="var(--paper)" stroke-width="1.8"/>`,
  planned: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/>`,
  half: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="currentColor"/>`,
  cross: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M10.6 5.4 5.4 10.6M5.4 5.4l5.2 5.2" stroke="currentColor" stroke-width="1.8"/>`,
  bar: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M4.5 8h7" stroke="currentColor" stroke-width="2"/>`,
};

/** @typedef {keyof typeof SHAPES} Shape */

/** @param {Shape} name */
export const shape = name => html`<svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;

/** The tone of each health; its shape has the same name. @type {Record<string, "ok" | "soon" | "late" | "risk">} */
export const HEALTH = { ON_TRACK: "ok", DUE_SOON: "soon", OVERDUE: "late", AT_RISK: "risk" };

/** @param {string} level */
export const health = level =>
  html`<span class="mark ${HEALTH[level]}">${shape(HEALTH[level])}${word("health", level)}</span>`;

/** @param {string} phase */
export const phase = phase => html`<span class="mark calm">${word("phase", phase)}</span>`;

/** Shape and tone of the states of milestones, tranches, agreements and partners. @type {Record<string, [Shape, string]>} */
export const STATES = {
  PLANNED: ["planned", "calm"],
  REPORTED: ["half", "soon"],
  VERIFIED: ["ok", "ok"],
  RETURNED: ["cross", "late"],
  PAYABLE: ["half", "soon"],
  REQUESTED: ["half", "soon"],
  AUTHORISED: ["half", "soon"],
  SENT: ["half", "soon"],
  PAID: ["ok", "ok"],
  FAILED: ["late", "late"],
  WITHHELD: ["risk", "risk"],
  REVERSED: ["bar", "calm"],
  CANCELLED: ["bar", "calm"],
  RESERVED: ["half", "calm"],
  OFFERED: ["half", "calm"],
  SIGNED: ["ok", "ok"],
  IN_FORCE: ["ok", "ok"],
  SUSPENDED: ["risk", "risk"],
  TERMINATED: ["bar", "late"],
  CLOSED: ["ok", "calm"],
  REFUSED: ["cross", "late"],
  DECLINED: ["cross", "late"],
  RELEASED: ["bar", "calm"],
  INVITED: ["planned", "calm"],
  ACCEPTED: ["half", "calm"],
  COMMITTED: ["ok", "ok"],
  STEPPED_BACK: ["risk", "risk"],
  REMOVED: ["bar", "calm"],
};

/** A state of a part, as word, shape and colour. @param {string} state */
export function mark(state) {
  const [drawing, tone] = STATES[state] ?? ["planned", "calm"];
  return html`<span class="mark ${tone}">${shape(drawing)}${word("state", state)}</span>`;
}
