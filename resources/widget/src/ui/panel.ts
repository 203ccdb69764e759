// The chat panel: head, one quiet line of state, conversation, and below it what fits the moment — the composer, the
// question whether to end, or the way into a new conversation.

import type { Chat } from "../core/chat.js";
import type { Words } from "../core/i18n.js";
import type { Shelf } from "../core/storage.js";
import type { Attention } from "./attention.js";
import { Composer } from "./composer.js";
import { h, setText, show, trapTab } from "./dom.js";
import { Header } from "./header.js";
import { icon } from "./icons.js";
import { Media } from "./media.js";
import { isFinal, sentenceFor } from "./problems.js";
import { TranscriptView } from "./transcript_view.js";
import { Viewer } from "./viewer.js";

/** The same condition as in widget.css. */
export const kFullScreen = "(max-width: 480px), (max-height: 480px)";

export interface PanelPort {
  root: ShadowRoot;
  chat: Chat;
  words: Words;
  shelf: Shelf;
  attention: Attention;
  onClose(): void;
}

export class Panel {
  readonly element: HTMLElement;
  readonly viewer: Viewer;
  readonly composer: Composer;
  readonly transcript: TranscriptView;
  private readonly header: Header;
  private readonly queue = h("div", { class: "strip queue", role: "status" });
  private readonly link = h("div", { class: "strip link-state", role: "status" });
  private readonly empty: HTMLElement;
  private readonly emptyTitle = h("p", { class: "empty-title" });
  private readonly emptyHint = h("p", { class: "empty-hint" });
  private readonly closing: HTMLElement;
  private readonly closingText = h("p", { role: "status" });
  private readonly closingButton: HTMLButtonElement;
  private readonly ask: HTMLElement;
  private readonly askYes: HTMLButtonElement;
  private asking = false;
  private leaving = false;
  private leftSession = 0;

  constructor(private readonly port: PanelPort) {
    const { chat, words, shelf, attention, root } = port;
    const say = words.say;
    const media = new Media(chat);
    this.viewer = new Viewer(words, root, (attachment) => void media.download(attachment));
    this.header = new Header(chat, words, attention, () => this.askToEnd(true), () => port.onClose());
    this.transcript = new TranscriptView({ chat, words, media, view: (attachment, url) => this.viewer.open(attachment, url) });
    this.composer = new Composer(chat, words, shelf, () => this.transcript.toEnd());
    this.empty = h("div", { class: "empty" }, h("div", { class: "empty-face", "aria-hidden": "true" }, icon("chat", 32)), this.emptyTitle, this.emptyHint);
    this.closingButton = h("button", { class: "primary", type: "button", onclick: () => this.begin() });
    this.closing = h("div", { class: "closing" }, this.closingText, this.closingButton);
    this.askYes = h("button", { class: "danger", type: "button", onclick: () => this.leave() }, say("endYes"));
    this.ask = h(
      "div",
      { class: "closing", role: "group", "aria-label": say("endAsk") },
      h("p", {}, say("endAsk")),
      h("div", { class: "choices" }, this.askYes, h("button", { class: "secondary", type: "button", onclick: () => this.askToEnd(false) }, say("endNo"))),
    );
    const drop = h("div", { class: "drop" }, say("drop"));
    this.element = h(
      "section",
      { class: "panel", id: "cb-panel", role: "dialog", "aria-labelledby": "cb-title", onkeydown: (event: KeyboardEvent) => this.onKey(event) },
      this.header.element,
      this.queue,
      this.link,
      h("div", { class: "middle" }, this.empty, this.transcript.element),
      this.ask,
      this.closing,
      this.composer.element,
      drop,
    );
    this.element.hidden = true;
    this.acceptDrops();
  }

  open(focus: boolean): void {
    this.element.hidden = false;
    this.render();
    this.transcript.shown();
    this.composer.shown();
    if (focus) this.focus();
  }

  render(): void {
    const { chat, root } = this.port;
    const focused = root.activeElement;
    if (!chat.active) this.asking = false;
    this.header.render();
    this.transcript.render();
    this.renderStrips();
    this.renderEmpty();
    this.renderFoot();
    this.element.setAttribute("aria-modal", String(matchMedia(kFullScreen).matches));
    // What held the focus is gone, such as the composer at the end: the keyboard must not fall out of the panel.
    if (focused && this.element.contains(focused) && !focused.getClientRects().length) this.focus();
  }

  private renderStrips(): void {
    const { chat, words } = this.port;
    const { view } = chat;
    let place = "";
    if (view?.state === "queued")
      place = view.direct ? words.say("queueDirect") : view.ahead <= 0 ? words.say("queueNext") : view.ahead === 1 ? words.say("queueOne") : words.say("queueMany", view.ahead);
    setText(this.queue, place);
    show(this.queue, place !== "");
    const state = this.linkState();
    setText(this.link, state);
    show(this.link, state !== "");
  }

  private linkState(): string {
    const { chat, words } = this.port;
    if (chat.throttled) return words.say("throttled");
    if (chat.phase === "waiting") return words.say(navigator.onLine ? "reconnecting" : "offline");
    // A first connection that is quick needs no words; one after a loss does.
    if ((chat.phase === "connecting" || chat.phase === "greeting") && !this.transcript.empty) return words.say("connecting");
    return "";
  }

  private renderEmpty(): void {
    const { chat, words } = this.port;
    const empty = this.transcript.empty && !chat.loading;
    show(this.empty, empty);
    show(this.transcript.element, !this.transcript.empty);
    if (!empty) return;
    const problem = this.problem();
    const busy = chat.starting || chat.active;
    setText(this.emptyTitle, problem ?? words.say(busy ? "starting" : "welcome"));
    setText(this.emptyHint, problem || busy ? "" : words.say("welcomeHint"));
  }

  /** What stands in the way of any conversation. */
  private problem(): string | undefined {
    const { chat, words } = this.port;
    if (chat.problem && chat.phase === "stopped") return sentenceFor(chat.problem, words);
    if (chat.sessionProblem) return sentenceFor(chat.sessionProblem, words);
    return !chat.settings.setUp && !chat.active ? words.say("not_set_up") : undefined;
  }

  private renderFoot(): void {
    const { chat, words } = this.port;
    const problem = this.problem();
    const closed = !chat.active && !chat.starting && (problem !== undefined || !chat.outbox.next());
    show(this.ask, this.asking);
    show(this.closing, closed && !this.asking);
    show(this.composer.element, !closed && !this.asking);
    if (!closed) return;
    setText(this.closingText, this.transcript.empty ? "" : (problem ?? this.endText()));
    show(this.closingText, this.closingText.textContent !== "");
    const label = problem !== undefined ? "tryAgain" : this.transcript.empty ? "start" : "startNew";
    setText(this.closingButton, words.say(label));
    show(this.closingButton, !(chat.problem && chat.phase === "stopped" && isFinal(chat.problem)));
  }

  private endText(): string {
    const { view } = this.port.chat;
    const { say } = this.port.words;
    if (!view) return "";
    if (view.endReason === "agent_ended") return say("endedByAgent");
    // Before an agent answered the record calls it abandoned; to the one who pressed the button it is the same.
    if (view.session === this.leftSession && (view.endReason === "customer_left" || view.endReason === "abandoned")) return say("endedByYou");
    return say(view.endReason === "customer_silent" ? "endedSilent" : "ended");
  }

  private begin(): void {
    const { chat } = this.port;
    chat.start();
    this.transcript.toEnd();
    this.composer.focus();
  }

  private askToEnd(asking: boolean): void {
    this.asking = asking;
    this.render();
    if (asking) this.askYes.focus();
    else this.composer.focus();
  }

  private leave(): void {
    const { chat } = this.port;
    if (this.leaving) return;
    this.leaving = true;
    this.leftSession = chat.view?.session ?? 0;
    void chat.leave().finally(() => {
      this.leaving = false;
      this.asking = false;
      this.render();
      if (!this.element.hidden) this.focus();
    });
  }

  private focus(): void {
    if (!this.composer.element.hidden) this.composer.focus();
    else if (!this.closing.hidden && !this.closingButton.hidden) this.closingButton.focus();
    else this.header.closeButton.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.asking) this.askToEnd(false);
      else if (!this.composer.closeEmoji()) this.port.onClose();
    } else if (matchMedia(kFullScreen).matches) {
      trapTab(event, this.element, this.port.root.activeElement);
    }
  }

  private acceptDrops(): void {
    const holdsFiles = (event: DragEvent): boolean =>
      !this.composer.element.hidden && (event.dataTransfer?.types.includes("Files") ?? false);
    this.element.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.element.classList.add("dropping");
    });
    this.element.addEventListener("dragleave", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.element.classList.remove("dropping");
    });
    this.element.addEventListener("drop", (event) => {
      this.element.classList.remove("dropping");
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.composer.addFiles([...(event.dataTransfer?.files ?? [])]);
    });
  }
}
