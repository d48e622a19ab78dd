import { Resource } from "./resource.js";

/** Who is asking. A session that ends under a form takes nothing away from what is shown: the answer to the next command
 * says that it has ended. */
export class Me extends Resource {
  /** @param {import("lit").ReactiveControllerHost & Element} host */
  constructor(host) {
    super(host, () => "/me");
  }

  /** @param {Partial<Resource>} change */
  now(change) {
    const { data, ...rest } = change;
    const ends = data && !data.authenticated && this.data?.authenticated;
    super.now(ends || !data ? rest : change);
  }
}
