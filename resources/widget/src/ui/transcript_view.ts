// The scrolling conversation. At most `kWindow` rows are in the page; scrolling moves the window over what is in memory and
// fetches older pages from the server.

import { h, setText, show } from "./dom.js";
import { icon } from "./icons.js";
import { buildRow, signatureOf, updateRow } from "./message_view.js";
import type { RowContext } from "./message_view.js";
import { earlierSpan, kWindow, laterSpan, rowsOf, tailSpan } from "./rows.js";
import type { Row, Span } from "./rows.js";

const kNearEdge = 240;
const kAtEnd = 48;

export class TranscriptView {
  readonly element: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly list = h("div", { class: "rows" });
  private readonly typing: HTMLElement;
  private readonly typingName = h("span", { class: "sr" });
  private readonly jump: HTMLButtonElement;
  private readonly older: HTMLElement;
  private readonly drawn = new Map<string, { element: HTMLElement; signature: string }>();
  private rows: Row[] = [];
  private span: Span = { start: 0, end: 0 };
  /** The first message in the page, and how many lines that are none stand above it. */
  private first = { key: "", lead: 0 };
  private following = true;
  private missed = false;

  constructor(private readonly context: RowContext) {
    const { words, chat } = context;
    this.older = h("button", { class: "older link", type: "button", onclick: () => void chat.loadOlder() });
    this.typing = h("div", { class: "row agent first last typing" }, h("div", { class: "content" }, h("div", { class: "bubble-text dots" }, h("i"), h("i"), h("i"), this.typingName)));
    this.scroller = h(
      "div",
      { class: "scroller", role: "log", "aria-live": "off", "aria-label": words.say("transcript"), tabindex: 0, onscroll: () => this.onScroll() },
      this.older,
      this.list,
      this.typing,
    );
    this.jump = h("button", { class: "jump", type: "button", onclick: () => this.toEnd() }, icon("arrow", 16), h("span"));
    this.element = h("div", { class: "transcript" }, this.scroller, this.jump);
    // The keyboard of a phone, the composer growing: stay where the conversation goes on.
    new ResizeObserver(() => this.following && this.scrollToEnd()).observe(this.scroller);
  }

  get empty(): boolean {
    return this.rows.length === 0;
  }

  /** The newest message is in view. */
  get atEnd(): boolean {
    return this.following;
  }

  render(): void {
    const { chat, words } = this.context;
    const before = this.rows.length;
    const newestBefore = this.rows.at(-1)?.key;
    this.rows = rowsOf({
      messages: chat.transcript.messages,
      waiting: chat.waiting(),
      uploads: chat.uploads.list,
      notices: chat.notices,
      connected: chat.phase === "ready",
      agentDelivered: chat.marks.delivered,
      agentRead: chat.marks.read,
    });
    if (this.rows.length > before && newestBefore !== this.rows.at(-1)?.key && !this.following) this.missed = true;
    show(this.older, chat.transcript.more && this.rows.length > 0);
    setText(this.older, words.say(chat.loadingOlder ? "loadingOlder" : "older"));
    show(this.typing, chat.agentTyping);
    setText(this.typingName, chat.agentTyping ? words.say("agentTyping", chat.view?.agentName || words.say("someone")) : "");
    this.place();
    // An older page came in while the top is in view: no scrolling will say so.
    if (!this.following && this.span.start > 0 && this.scroller.scrollTop < kNearEdge) this.earlier();
    this.drawJump();
  }

  toEnd(): void {
    this.following = true;
    this.missed = false;
    this.place();
    this.scrollToEnd();
    this.drawJump();
  }

  /** After it was hidden: a hidden box has no scroll position. */
  shown(): void {
    if (this.following) this.scrollToEnd();
  }

  private place(): void {
    if (this.following) this.span = tailSpan(this.rows.length);
    else {
      const start = this.rows.findIndex((row) => row.key === this.first.key);
      const from = Math.max(0, start < 0 ? Math.min(this.span.start, this.rows.length - kWindow) : start - this.first.lead);
      this.span = { start: from, end: Math.min(this.rows.length, from + kWindow) };
    }
    this.draw();
  }

  private draw(): void {
    const anchor = this.following ? undefined : this.anchor();
    const wanted = this.rows.slice(this.span.start, this.span.end);
    const lead = Math.max(0, wanted.findIndex((row) => row.kind === "message"));
    this.first = { key: wanted[lead]?.key ?? "", lead };
    const keep = new Set(wanted.map((row) => row.key));
    for (const [key, { element }] of this.drawn)
      if (!keep.has(key)) {
        element.remove();
        this.drawn.delete(key);
      }
    let place: Node | null = this.list.firstChild;
    for (const row of wanted) {
      const element = this.drawRow(row);
      if (element === place) place = place.nextSibling;
      else this.list.insertBefore(element, place);
    }
    if (this.following) this.scrollToEnd();
    else if (anchor) this.scroller.scrollTop += anchor.element.offsetTop - anchor.top;
  }

  private drawRow(row: Row): HTMLElement {
    const signature = signatureOf(row);
    const known = this.drawn.get(row.key);
    if (!known) {
      const element = buildRow(row, this.context);
      this.drawn.set(row.key, { element, signature });
      return element;
    }
    if (known.signature !== signature) {
      known.signature = signature;
      updateRow(known.element, row, this.context);
    }
    return known.element;
  }

  /**
   * The first message in view, which must not move when rows come or go above it. A day line is no anchor: it goes up to
   * the first message of its day.
   */
  private anchor(): { element: HTMLElement; top: number } | undefined {
    const from = this.scroller.scrollTop;
    for (const element of this.list.querySelectorAll<HTMLElement>(".row")) {
      if (element.offsetTop + element.offsetHeight > from) return { element, top: element.offsetTop };
    }
    return undefined;
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const below = scrollHeight - clientHeight - scrollTop;
    const tail = this.span.end === this.rows.length;
    const following = tail && below < kAtEnd;
    if (following !== this.following) {
      this.following = following;
      if (following) this.missed = false;
      this.drawJump();
      if (following) this.context.chat.scrolledToEnd();
    }
    if (this.following) return;
    if (scrollTop < kNearEdge) this.earlier();
    else if (!tail && below < kNearEdge) this.move(laterSpan(this.span, this.rows.length));
  }

  private earlier(): void {
    if (this.span.start > 0) this.move(earlierSpan(this.span, this.rows.length));
    else void this.context.chat.loadOlder();
  }

  private move(span: Span): void {
    this.span = span;
    this.draw();
  }

  private scrollToEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private drawJump(): void {
    const { words } = this.context;
    show(this.jump, !this.following);
    const label = words.say(this.missed ? "newBelow" : "jump");
    this.jump.classList.toggle("fresh", this.missed);
    this.jump.setAttribute("aria-label", label);
    if (this.jump.lastElementChild) setText(this.jump.lastElementChild, this.missed ? label : "");
  }
}
