import { html, nothing } from "lit";
import { asOf } from "../lib/api.js";
import { Part } from "../lib/part.js";
import * as stream from "../lib/stream.js";
import { away, clock, t } from "../lib/words.js";

/** A connection that comes back within this time was not lost. */
const GRACE = 2_000;

/** Figures that were older than this when they came say their age. */
const LATE = 10_000;

/** Whether the page is live, and the age of its figures. */
class Freshness extends Part {
  static properties = { state: { state: true } };

  constructor() {
    super();
    this.state = stream.state;
    /** @type {() => void} */
    this.end = () => {};
    this.timer = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.end = stream.on("state", it => {
      this.state = it;
      setTimeout(() => this.requestUpdate(), GRACE);
    });
    this.timer = setInterval(() => this.requestUpdate(), 15_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end();
    clearInterval(this.timer);
  }

  render() {
    const lost = this.state.state === "lost" && Date.now() - this.state.since >= GRACE;
    const read = oldest(asOf.header);
    return html`<span class="live small muted ${lost ? "lost" : ""}" role="status"><i aria-hidden="true"></i>${lost
      ? t("live.lost", { time: clock(this.state.since) })
      : html`${t("live.now")}${read && asOf.came - read > LATE ? html` · ${t("live.as-of", { when: away(read) })}` : nothing}`}</span>`;
  }
}

/** The oldest time in a header `topic=time, …`; 0 if it names none. @param {string} header */
export function oldest(header) {
  const times = [...header.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([it]) => Date.parse(it));
  return times.length ? Math.min(...times) : 0;
}

customElements.define("koinon-freshness", Freshness);
