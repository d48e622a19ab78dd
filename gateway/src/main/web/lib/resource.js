import { ApiProblem, get } from "./api.js";
import * as stream from "./stream.js";

/** @typedef {import("lit").ReactiveControllerHost} Host */

const SLOW = 3_000;
const SKELETON = 200;

/** What was read in this session, by path: a page that is opened again shows it at once, and asks again. */
const known = new Map();

/** One read of the API that an element shows: what it is, whether it is slow, and why it failed. A failed read is
 * tried again by itself, and keeps what was known before. What the stream cannot tell any more is read again. */
export class Resource {
  /** @param {Host & Element} host @param {() => string | null} path below `/api/v1`; null: nothing to read */
  constructor(host, path) {
    this.host = host;
    this.path = path;
    /** @type {any} */
    this.data = undefined;
    /** @type {ApiProblem | null} */
    this.problem = null;
    this.waits = false;
    this.slow = false;
    this.at = 0;
    this.read = /** @type {string | null} */ (null);
    this.stop = new AbortController();
    this.retry = 0;
    /** @type {() => void} */
    this.end = () => {};
    host.addController(this);
  }

  hostConnected() {
    this.end = stream.on("restarted", () => this.refresh());
    this.hostUpdate();
  }

  hostDisconnected() {
    this.end();
    this.stop.abort();
    clearTimeout(this.retry);
    this.read = null;
  }

  /** Reads anew when the path has changed. */
  hostUpdate() {
    const path = this.path();
    if (path === this.read) return;
    this.read = path;
    this.problem = null;
    this.data = path === null ? undefined : known.get(path) ?? this.data;
    if (path !== null) void this.refresh();
  }

  /** Reads again. */
  async refresh() {
    const path = this.read;
    if (path === null) return;
    this.stop.abort();
    clearTimeout(this.retry);
    const stop = (this.stop = new AbortController());
    const later = [
      setTimeout(() => this.now({ waits: true }), SKELETON),
      setTimeout(() => this.now({ slow: true }), SLOW),
    ];
    try {
      const data = await get(path, stop.signal);
      known.set(path, data);
      if (!stop.signal.aborted) this.now({ data, problem: null, at: Date.now() });
    } catch (cause) {
      if (stop.signal.aborted) return;
      if (!(cause instanceof ApiProblem)) throw cause;
      const isThere = cause.problem.status !== 404;
      this.now({ problem: cause, data: isThere ? this.data : undefined });
      const isAway = cause.problem.status === 0 || cause.problem.status === 503;
      if (isAway) this.retry = setTimeout(() => this.refresh(), 1_000 * Math.max(2, cause.retryAfter));
    } finally {
      later.forEach(clearTimeout);
      if (!stop.signal.aborted) this.now({ waits: false, slow: false });
    }
  }

  /** @param {Partial<Resource>} change */
  now(change) {
    Object.assign(this, change);
    this.host.requestUpdate();
  }
}
