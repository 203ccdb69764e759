// Where the visitor writes: text, emoji, pictures and files to be sent with it.

import type { Chat } from "../core/chat.js";
import type { Words } from "../core/i18n.js";
import { kMostWaiting } from "../core/outbox.js";
import { kMaxTextCharacters } from "../core/protocol.js";
import type { Shelf } from "../core/storage.js";
import { h, setText, show } from "./dom.js";
import { EmojiPicker } from "./emoji.js";
import { icon } from "./icons.js";
import { shrink, sizeText } from "./media.js";
import { megabytes } from "./problems.js";

const kMostFiles = 5;
const kCountFrom = 200;
const kTypingPauseMs = 4000;

interface Chosen {
  file: Blob;
  name: string;
  kind: "picture" | "file";
  element: HTMLElement;
}

export class Composer {
  readonly element: HTMLElement;
  private readonly input: HTMLTextAreaElement;
  private readonly sendButton: HTMLButtonElement;
  private readonly emojiButton: HTMLButtonElement;
  private readonly emoji: EmojiPicker;
  private readonly chips: HTMLElement = h("div", { class: "chips" });
  private readonly note: HTMLElement = h("div", { class: "note", role: "status" });
  private readonly picker: HTMLInputElement;
  private chosen: Chosen[] = [];
  private typingTimer = 0;
  private problem = "";

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    private readonly shelf: Shelf,
    private readonly onSent: () => void,
  ) {
    const say = words.say;
    this.input = h("textarea", {
      class: "input",
      rows: 1,
      "aria-label": say("write"),
      placeholder: say("write"),
      enterkeyhint: "send",
      oninput: () => this.onInput(),
      onkeydown: (event: KeyboardEvent) => this.onKey(event),
      onpaste: (event: ClipboardEvent) => this.onPaste(event),
    });
    this.picker = h("input", { type: "file", multiple: true, tabindex: -1, "aria-hidden": "true", class: "hidden-input", onchange: () => this.onPicked() });
    this.emoji = new EmojiPicker(words, (text) => this.insert(text), () => this.closeEmoji());
    this.emojiButton = h(
      "button",
      { class: "tool", type: "button", "aria-label": say("emoji"), title: say("emoji"), "aria-expanded": "false", onclick: () => this.toggleEmoji() },
      icon("smile"),
    );
    const attach = h(
      "button",
      { class: "tool", type: "button", "aria-label": say("attach"), title: say("attach"), onclick: () => this.picker.click() },
      icon("clip"),
    );
    this.sendButton = h("button", { class: "send", type: "button", "aria-label": say("send"), title: say("send"), onclick: () => this.send() }, icon("send"));
    this.element = h(
      "div",
      { class: "composer" },
      this.emoji.element,
      this.chips,
      this.note,
      h("div", { class: "line" }, this.emojiButton, attach, this.input, this.sendButton),
      this.picker,
    );
    this.input.value = shelf.get("draft") ?? "";
    this.onChanged();
  }

  focus(): void {
    this.input.focus();
  }

  /** Esc closes the picker before it closes the panel. */
  closeEmoji(): boolean {
    if (!this.emoji.open) return false;
    this.toggleEmoji();
    return true;
  }

  /** Another tab sent or changed the draft. */
  draftChanged(): void {
    if (document.hasFocus()) return;
    this.input.value = this.shelf.get("draft") ?? "";
    this.onChanged();
  }

  /** The first layout after being hidden. */
  shown(): void {
    this.grow();
  }

  addFiles(files: Iterable<File>): void {
    this.problem = "";
    for (const file of files) void this.addFile(file);
    this.focus();
  }

  private async addFile(file: File): Promise<void> {
    const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const { pictureBytes, fileBytes } = this.chat.limits;
    const limit = isPicture ? pictureBytes : fileBytes;
    if (!file.size) return this.say(this.words.say("emptyFile"));
    if (this.chosen.length >= kMostFiles) return this.say(this.words.say("tooMany", kMostFiles));
    const data = isPicture ? await shrink(file, limit) : file;
    if (data.size > limit) return this.say(this.words.say(isPicture ? "pictureTooLarge" : "fileTooLarge", megabytes(limit)));
    if (this.chosen.length >= kMostFiles) return this.say(this.words.say("tooMany", kMostFiles));
    const kind = isPicture ? "picture" : "file";
    const name = data === file ? file.name : file.name.replace(/\.\w+$/, "") + ".jpg";
    const entry: Chosen = { file: data, name, kind, element: h("div", { class: `chip ${kind}` }) };
    this.fillChip(entry);
    this.chosen.push(entry);
    this.chips.append(entry.element);
    this.onChanged();
  }

  private fillChip(entry: Chosen): void {
    if (entry.kind === "picture") {
      const url = URL.createObjectURL(entry.file);
      entry.element.append(h("img", { src: url, alt: entry.name, onload: () => URL.revokeObjectURL(url) }));
    } else {
      entry.element.append(icon("file", 20), h("span", { class: "chip-name" }, entry.name), h("span", { class: "chip-size" }, sizeText(entry.file.size)));
    }
    const remove = (): void => {
      this.chosen = this.chosen.filter((other) => other !== entry);
      entry.element.remove();
      this.problem = "";
      this.onChanged();
      this.focus();
    };
    entry.element.append(
      h("button", { class: "chip-remove", type: "button", "aria-label": this.words.say("remove", entry.name), onclick: remove }, icon("close", 14)),
    );
  }

  private send(): void {
    const text = this.input.value.trim();
    if (this.excess(text) > 0 || (!text && !this.chosen.length)) return;
    // What has no room stays here.
    if (text && this.chat.outbox.full) return this.say(this.words.say("outboxFull", kMostWaiting));
    if (this.chosen.length > this.chat.uploads.room)
      return this.sayNoRoom();
    for (const { file, name, kind } of this.chosen) this.chat.uploads.add(file, name, kind);
    if (text) this.chat.send(text);
    this.chosen = [];
    this.chips.replaceChildren();
    this.input.value = "";
    this.problem = "";
    clearTimeout(this.typingTimer);
    this.closeEmoji();
    this.onChanged();
    this.focus();
    this.onSent();
  }

  private sayNoRoom(): void {
    const list = this.chat.uploads.list;
    const failed = list.filter((entry) => entry.problem).length;
    this.say(failed ? this.words.say("uploadsFailed", failed) : this.words.say("uploadsFull", list.length));
  }

  private onInput(): void {
    this.problem = "";
    this.onChanged();
    clearTimeout(this.typingTimer);
    this.chat.typing(this.input.value !== "");
    this.typingTimer = window.setTimeout(() => this.chat.typing(false), kTypingPauseMs);
  }

  private onChanged(): void {
    const text = this.input.value;
    if (text) this.shelf.set("draft", text);
    else this.shelf.remove("draft");
    const excess = this.excess(text.trim());
    const counting = excess > -kCountFrom;
    const count = excess > 0 ? this.words.say("tooLong", excess) : this.words.say("left", -excess);
    setText(this.note, this.problem || (counting ? count : ""));
    this.note.classList.toggle("bad", this.problem !== "" || excess > 0);
    show(this.note, this.note.textContent !== "");
    show(this.chips, this.chosen.length > 0);
    this.sendButton.disabled = excess > 0 || (!text.trim() && !this.chosen.length);
    this.grow();
  }

  private grow(): void {
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 120)}px`;
  }

  private onKey(event: KeyboardEvent): void {
    // 229: an input method is still composing (Safari says so only here).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  private onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.addFiles(files);
  }

  private onPicked(): void {
    this.addFiles([...(this.picker.files ?? [])]);
    this.picker.value = "";
  }

  private insert(text: string): void {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
    this.onInput();
  }

  private toggleEmoji(): void {
    const open = !this.emoji.open;
    this.emoji.toggle(open);
    this.emojiButton.setAttribute("aria-expanded", String(open));
    if (!open) this.input.focus();
  }

  private excess(text: string): number {
    // The server counts characters, not UTF-16 units.
    return (text.length > kMaxTextCharacters - kCountFrom ? [...text].length : text.length) - kMaxTextCharacters;
  }

  private say(problem: string): void {
    this.problem = problem;
    this.onChanged();
  }
}
