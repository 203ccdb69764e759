// Puts the widget into the page: a shadow root of its own, the bubble, the panel.

import { Chat } from "../core/chat.js";
import { brandOf } from "../core/colour.js";
import { wordsFor } from "../core/i18n.js";
import type { Lang, Words } from "../core/i18n.js";
import type { Message } from "../core/protocol.js";
import { openShelf } from "../core/storage.js";
import type { Shelf } from "../core/storage.js";
import { Attention } from "./attention.js";
import { h, setAttribute, setText, show } from "./dom.js";
import { icon } from "./icons.js";
import { kFullScreen, Panel } from "./panel.js";
import { noticeText } from "./problems.js";
import css from "./widget.css";

export interface WidgetOptions {
  base: string;
  channel: string;
  lang: Lang;
  side: "left" | "right";
}

/** Without the channel's colour for this long the bubble shows in the colour we know. */
const kColourPatienceMs = 1500;
const kNewsLines = 5;

export class Widget {
  private readonly host = document.createElement("cloudbell-widget");
  private readonly root = this.host.attachShadow({ mode: "open" });
  private readonly words: Words;
  private readonly shelf: Shelf;
  private readonly tabShelf: Shelf;
  private readonly chat: Chat;
  private readonly attention: Attention;
  private readonly panel: Panel;
  private readonly frame: HTMLElement;
  private readonly bubble: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true" });
  private readonly news = h("div", { class: "sr", "aria-live": "polite" });
  private colour = "";

  constructor(private readonly options: WidgetOptions) {
    const { base, channel, lang, side } = options;
    this.words = wordsFor(lang);
    this.shelf = openShelf(() => localStorage, `cloudbell:${channel}:`);
    this.tabShelf = openShelf(() => sessionStorage, `cloudbell:${channel}:`);
    this.attention = new Attention(this.shelf);
    this.chat = new Chat({
      base,
      channel,
      locale: this.words.tag,
      shelf: this.shelf,
      onChange: () => this.render(),
      onIncoming: (message) => this.onIncoming(message),
      onNotice: (notice) => this.announce(noticeText(notice, this.words)),
    });
    this.panel = new Panel({
      root: this.root,
      chat: this.chat,
      words: this.words,
      shelf: this.shelf,
      attention: this.attention,
      onClose: () => this.close(),
    });
    this.bubble = h(
      "button",
      { class: "bubble", type: "button", "aria-controls": "cb-panel", "aria-expanded": "false", onclick: () => this.toggle() },
      h("span", { class: "bubble-icon closed" }, icon("chat", 26)),
      h("span", { class: "bubble-icon opened" }, icon("down", 26)),
      this.badge,
    );
    this.frame = h(
      "aside",
      { class: `frame ${side}`, lang: this.words.tag, "aria-label": this.words.say("chat") },
      this.panel.element,
      this.bubble,
      this.panel.viewer.element,
      this.news,
    );
    this.frame.hidden = true;
  }

  mount(): void {
    this.style();
    this.root.append(this.frame);
    document.body.append(this.host);
    this.listen();
    this.paint(this.shelf.get("colour") ?? "");
    const patience = setTimeout(() => this.reveal(), this.colour ? 0 : kColourPatienceMs);
    void this.chat.boot().then(() => {
      clearTimeout(patience);
      this.reveal();
    });
  }

  open(): void {
    if (this.isOpen) return;
    this.reveal();
    this.tabShelf.set("open", "1");
    this.chat.connect();
    // The visitor's click is the wish to talk, as long as there is nothing earlier to read.
    const fresh = this.shelf.get("token") === null || this.shelf.get("met") === null;
    if (fresh && this.chat.settings.setUp && !this.chat.sessionProblem) this.chat.start();
    this.showPanel(true);
  }

  close(): void {
    if (!this.isOpen) return;
    this.tabShelf.remove("open");
    this.panel.element.hidden = true;
    this.bubble.focus();
    this.render();
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  private get isOpen(): boolean {
    return !this.panel.element.hidden;
  }

  private showPanel(focus: boolean): void {
    this.panel.open(focus);
    this.render();
  }

  private reveal(): void {
    if (!this.frame.hidden) return;
    this.frame.hidden = false;
    // As the visitor left it on the page before, without taking the focus.
    if (this.tabShelf.get("open") && !this.isOpen) {
      this.chat.connect();
      this.showPanel(false);
    }
    this.render();
  }

  private render(): void {
    const { chat, words } = this;
    this.paint(chat.settings.colour);
    if (chat.active) this.shelf.set("met", "1");
    const open = this.isOpen;
    if (open) {
      this.panel.render();
      this.readIfSeen();
    }
    const unread = open ? 0 : chat.unread;
    setText(this.badge, unread > 99 ? "99+" : String(unread));
    show(this.badge, unread > 0);
    setAttribute(this.bubble, "aria-expanded", String(open));
    setAttribute(this.bubble, "aria-label", open ? words.say("close") : unread ? words.say("openUnread", unread) : words.say("open"));
    this.frame.classList.toggle("is-open", open);
  }

  private readIfSeen(): void {
    if (!document.hidden && this.isOpen && this.panel.transcript.atEnd) this.chat.markRead();
  }

  private onIncoming(message: Message): void {
    const { words, attention } = this;
    if (message.side !== "agent" && message.side !== "flow") return;
    const text = message.kind === "text" ? message.text : (message.attachment?.name ?? words.say("picture"));
    const name = message.side === "agent" ? `${this.chat.view?.agentName || words.say("someone")}: ` : "";
    this.announce(name + text);
    if (message.side === "agent" || !this.isOpen || document.hidden) attention.sound(message.seq);
    attention.flashTitle(words.say("newMessage"));
  }

  /** One line each: two of one moment are both read out. */
  private announce(line: string): void {
    this.news.append(h("p", {}, line));
    if (this.news.childElementCount > kNewsLines) this.news.firstElementChild?.remove();
  }

  private listen(): void {
    addEventListener("storage", (event) => {
      if (event.key !== null && !event.key.startsWith(`cloudbell:${this.options.channel}:`)) return;
      if (event.key?.endsWith(":draft")) this.panel.composer.draftChanged();
      else if (!event.key?.endsWith(":lease")) this.chat.storageChanged();
    });
    document.addEventListener("visibilitychange", () => this.render());
    matchMedia(kFullScreen).addEventListener("change", () => this.isOpen && this.panel.render());
    for (const name of ["popstate", "hashchange"]) addEventListener(name, () => this.chat.pageChanged());
    addEventListener("beforeunload", (event) => {
      // An upload in progress would be lost.
      if (this.chat.uploads.list.some((upload) => !upload.problem)) event.preventDefault();
    });
    const fit = (): void => this.fitKeyboard();
    visualViewport?.addEventListener("resize", fit);
    visualViewport?.addEventListener("scroll", fit);
  }

  /** On phones the keyboard covers the page; the panel takes what is left. */
  private fitKeyboard(): void {
    const viewport = visualViewport;
    if (!viewport || viewport.scale > 1.05) return;
    this.frame.style.setProperty("--vh", `${Math.round(viewport.height)}px`);
    this.frame.style.setProperty("--top", `${Math.round(viewport.offsetTop)}px`);
  }

  private paint(colour: string): void {
    if (!colour || colour === this.colour) return;
    this.colour = colour;
    this.shelf.set("colour", colour);
    const brand = brandOf(colour);
    const values = { "--brand": brand.fill, "--on-brand": brand.on, "--ink-light": brand.inkLight, "--ink-dark": brand.inkDark };
    for (const [name, value] of Object.entries(values)) this.frame.style.setProperty(name, value);
  }

  private style(): void {
    // A constructed sheet needs no 'unsafe-inline' in the page's policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.root.adoptedStyleSheets = [sheet];
  }
}
