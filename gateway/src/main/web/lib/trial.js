import { ApiProblem, send } from "./api.js";

/** @typedef {import("lit").ReactiveControllerHost} Host */

const AFTER_TYPING = 400;

/** Whether a plan would be ready as it is typed: the API judges it by the code that guards the submission, and saves
 * nothing. One question at a time. */
export class Trial {
  /** @param {Host & Element} host @param {() => string | null} path that judges @param {() => any} body what is typed */
  constructor(host, path, body) {
    this.host = host;
    this.path = path;
    this.body = body;
    /** @type {{ready: boolean, findings: any[]} | null} */
    this.readiness = null;
    /** Why it could not be judged. @type {ApiProblem | null} */
    this.problem = null;
    this.asked = "";
    this.asks = false;
    this.timer = 0;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.timer);
  }

  hostUpdated() {
    const path = this.path();
    if (path === null) return;
    const question = `${path} ${JSON.stringify(this.body())}`;
    if (question === this.asked) return;
    this.asked = question;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.judge(), this.readiness ? AFTER_TYPING : 0);
  }

  /** Judges again what has not changed here: something else has. */
  again() {
    this.asked = "";
    this.host.requestUpdate();
  }

  async judge() {
    const path = this.path();
    if (this.asks || path === null) return;
    const question = this.asked;
    this.asks = true;
    try {
      this.readiness = await send("POST", path, this.body());
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      this.problem = cause;
      if ([0, 429, 503].includes(cause.problem.status)) this.timer = setTimeout(() => this.judge(), 1_000 * Math.max(2, cause.retryAfter));
    }
    this.asks = false;
    if (question !== this.asked) void this.judge();
    this.host.requestUpdate();
  }
}
