// The head of the panel: who is there, and what can be done with the conversation.

import type { Chat } from "../core/chat.js";
import type { Words } from "../core/i18n.js";
import type { Attention } from "./attention.js";
import { h, setText, show } from "./dom.js";
import { icon } from "./icons.js";

export class Header {
  readonly element: HTMLElement;
  readonly closeButton: HTMLButtonElement;
  private readonly avatar = h("div", { class: "avatar", "aria-hidden": "true" });
  private readonly title = h("h2", { class: "title", id: "cb-title" });
  private readonly line = h("p", { class: "subtitle" });
  private readonly soundButton: HTMLButtonElement;
  private readonly endButton: HTMLButtonElement;
  private face = "";

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    private readonly attention: Attention,
    onEnd: () => void,
    onClose: () => void,
  ) {
    const say = words.say;
    this.soundButton = h("button", { class: "head-button", type: "button", onclick: () => this.toggleSound() });
    this.endButton = h(
      "button",
      { class: "head-button", type: "button", "aria-label": say("end"), title: say("end"), onclick: onEnd },
      icon("leave"),
    );
    this.closeButton = h(
      "button",
      { class: "head-button", type: "button", "aria-label": say("close"), title: say("close"), onclick: onClose },
      icon("close"),
    );
    this.element = h(
      "header",
      { class: "head" },
      this.avatar,
      h("div", { class: "who" }, this.title, this.line),
      this.endButton,
      this.soundButton,
      this.closeButton,
    );
    this.drawSound();
  }

  render(): void {
    const { chat, words } = this;
    const { view } = chat;
    const serving = view?.state === "open" && view.agentName !== "";
    const name = chat.settings.name || words.say("title");
    setText(this.title, serving ? view.agentName : name);
    setText(this.line, this.subtitle(name));
    show(this.line, this.line.textContent !== "");
    show(this.endButton, chat.active);
    this.drawFace(serving ? ([...view.agentName][0] ?? "") : "");
  }

  private subtitle(name: string): string {
    const { view } = this.chat;
    if (!view) return "";
    if (view.state === "queued") return this.words.say("queued");
    if (view.state === "flow") return this.words.say("assistant");
    if (view.state !== "open") return "";
    return view.agentStaffNo ? `${this.words.say("agentNumber", view.agentStaffNo)} · ${name}` : name;
  }

  private drawFace(letter: string): void {
    if (this.face === letter && this.avatar.firstChild) return;
    this.face = letter;
    this.avatar.replaceChildren(letter ? letter.toUpperCase() : icon("bell", 20));
  }

  private toggleSound(): void {
    this.attention.setMuted(!this.attention.muted);
    this.drawSound();
  }

  private drawSound(): void {
    const { muted } = this.attention;
    const label = this.words.say(muted ? "unmute" : "mute");
    this.soundButton.replaceChildren(icon(muted ? "silence" : "sound"));
    this.soundButton.setAttribute("aria-label", label);
    this.soundButton.title = label;
  }
}
