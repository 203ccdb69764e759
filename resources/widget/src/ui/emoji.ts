// The emoji picker: a tab per group, a grid walked with the arrow keys.

import type { Words } from "../core/i18n.js";
import { h, setAttribute, show } from "./dom.js";
import { kGroups } from "./emoji_data.js";

const kColumns = 8;

export class EmojiPicker {
  readonly element: HTMLElement;
  private readonly grid: HTMLElement;
  private readonly tabs: HTMLButtonElement[];
  private group = -1;

  constructor(
    private readonly words: Words,
    private readonly onPick: (emoji: string) => void,
    private readonly onClose: () => void,
  ) {
    this.tabs = kGroups.map((group, index) =>
      h(
        "button",
        {
          class: "emoji-tab",
          type: "button",
          role: "tab",
          "aria-label": words.say(group.name),
          "aria-controls": "cb-emoji",
          title: words.say(group.name),
          onclick: () => this.choose(index),
        },
        group.face,
      ),
    );
    this.grid = h("div", { class: "emoji-grid", role: "tabpanel", id: "cb-emoji" });
    this.element = h(
      "div",
      { class: "emoji", role: "group", "aria-label": words.say("emoji"), onkeydown: (event: KeyboardEvent) => this.onKey(event) },
      h("div", { class: "emoji-tabs", role: "tablist" }, ...this.tabs),
      this.grid,
    );
    this.element.hidden = true;
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  toggle(open: boolean): void {
    show(this.element, open);
    if (!open) return;
    if (this.group < 0) this.choose(0);
    this.focusAt(0);
  }

  private choose(index: number): void {
    this.group = index;
    this.tabs.forEach((tab, i) => {
      setAttribute(tab, "aria-selected", i === index ? "true" : "false");
      tab.tabIndex = i === index ? 0 : -1;
    });
    const group = kGroups[index];
    if (!group) return;
    setAttribute(this.grid, "aria-label", this.words.say(group.name));
    this.grid.replaceChildren(
      ...group.emoji.map((emoji, i) =>
        h("button", { class: "emoji-one", type: "button", tabindex: i ? -1 : 0, onclick: () => this.onPick(emoji) }, emoji),
      ),
    );
    this.grid.scrollTop = 0;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.onClose();
      return;
    }
    const target = event.target as HTMLElement;
    const tab = this.tabs.indexOf(target as HTMLButtonElement);
    if (tab >= 0) this.onTabKey(event, tab);
    else this.onGridKey(event, [...this.grid.children].indexOf(target));
  }

  private onTabKey(event: KeyboardEvent, at: number): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (at + step + this.tabs.length) % this.tabs.length;
    this.choose(next);
    this.tabs[next]?.focus();
  }

  private onGridKey(event: KeyboardEvent, at: number): void {
    const last = this.grid.children.length - 1;
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - kColumns,
      ArrowDown: Math.min(at + kColumns, last),
      Home: 0,
      End: last,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to <= last) this.focusAt(to);
  }

  private focusAt(index: number): void {
    [...this.grid.children].forEach((child, i) => ((child as HTMLElement).tabIndex = i === index ? 0 : -1));
    (this.grid.children[index] as HTMLElement | undefined)?.focus();
  }
}
