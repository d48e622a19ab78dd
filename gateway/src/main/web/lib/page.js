import { Part } from "./part.js";
import * as stream from "./stream.js";

const GATHERS = 500;

/** A page: it has the part of the path that its route leaves open, a title, and hears of projects that change. */
export class Page extends Part {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { key: { attribute: false }, address: { attribute: false } };

  constructor() {
    super();
    this.key = "";
    this.address = "";
    /** @type {Map<string, any>} */
    this.gathered = new Map();
    this.timer = 0;
    /** @type {() => void} */
    this.end = () => {};
  }

  connectedCallback() {
    super.connectedCallback();
    const ends = [
      stream.on("item", ({ data }) => {
        this.gathered.set(data.item.id, data.item);
        if (!this.timer) this.timer = setTimeout(() => this.tell(), this.soon(data.item) ? 0 : GATHERS);
      }),
      stream.on("restarted", () => this.restarted()),
    ];
    this.end = () => ends.forEach(it => it());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end();
    clearTimeout(this.timer);
    this.timer = 0;
  }

  tell() {
    const items = [...this.gathered.values()];
    this.gathered.clear();
    this.timer = 0;
    this.changed(items);
  }

  /** Whether a change is shown at once. @param {any} _item */
  soon(_item) {
    return false;
  }

  /** These projects have changed. @param {any[]} _items as a list has them */
  changed(_items) {}

  /** Changes were missed. What a resource shows is read again by itself. */
  restarted() {}

  /** What the window is called; empty until it is known. @returns {string} */
  heading() {
    return "";
  }

  updated() {
    const heading = this.heading();
    if (heading) document.title = `${heading} · Koinon`;
  }
}
