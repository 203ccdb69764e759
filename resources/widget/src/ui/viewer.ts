// A picture over the whole page. Esc, the cross and a click beside it close it; the focus returns to where it was.

import type { Words } from "../core/i18n.js";
import type { Attachment } from "../core/protocol.js";
import { h, trapTab } from "./dom.js";
import { icon } from "./icons.js";

export class Viewer {
  readonly element: HTMLElement;
  private readonly image = h("img", { class: "viewer-picture" });
  private readonly closeButton: HTMLButtonElement;
  private back: HTMLElement | undefined;
  private shown: Attachment | undefined;

  constructor(words: Words, private readonly root: ShadowRoot, download: (attachment: Attachment) => void) {
    this.closeButton = h(
      "button",
      { class: "viewer-button", type: "button", "aria-label": words.say("cancel"), onclick: () => this.close() },
      icon("close", 24),
    );
    this.element = h(
      "div",
      {
        class: "viewer",
        role: "dialog",
        "aria-modal": "true",
        "aria-label": words.say("picture"),
        onclick: (event: MouseEvent) => event.target === this.element && this.close(),
        onkeydown: (event: KeyboardEvent) => this.onKey(event),
      },
      this.image,
      h(
        "div",
        { class: "viewer-bar" },
        h(
          "button",
          {
            class: "viewer-button",
            type: "button",
            "aria-label": words.say("download", words.say("picture")),
            onclick: () => this.shown && download(this.shown),
          },
          icon("download", 24),
        ),
        this.closeButton,
      ),
    );
    this.element.hidden = true;
  }

  open(attachment: Attachment, url: string): void {
    this.shown = attachment;
    this.back = (this.root.activeElement as HTMLElement | null) ?? undefined;
    this.image.src = url;
    this.image.alt = attachment.name;
    this.element.hidden = false;
    this.closeButton.focus();
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.image.removeAttribute("src");
    this.back?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.close();
    else trapTab(event, this.element, this.root.activeElement);
  }
}
