import { LitElement } from "lit";

/** An element that renders into the page itself, so that one style sheet, forms, print and search reach it. */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }
}
