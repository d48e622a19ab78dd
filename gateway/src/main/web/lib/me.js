import { Resource } from "./resource.js";

/** Who is asking. A session that ends under a form takes nothing away from what is shown: the answer to the next command
 * says that it has ended. */
export class Me extends Resource {
  /** @param {import("lit").ReactiveControllerHost & Element} host */
  constructor(host) {
    super(host, () => "/me");
    /** Whether the session of who was logged in has ended. */
    this.ended = false;
  }

  /** @param {Partial<Resource>} change */
  now(change) {
    const { data, ...rest } = change;
    const ends = data && !data.authenticated && this.data?.authenticated;
    if (ends) {
      this.ended = true;
      dispatchEvent(new CustomEvent("koinon-session-ended"));
    }
    super.now(ends || !data ? rest : change);
  }
}
