// One row of the transcript.

import type { Chat } from "../core/chat.js";
import type { Key, Words } from "../core/i18n.js";
import { isEmojiOnly, linkify } from "../core/linkify.js";
import type { Attachment } from "../core/protocol.js";
import { append, h } from "./dom.js";
import type { Child } from "./dom.js";
import { icon } from "./icons.js";
import type { Icon } from "./icons.js";
import { sizeText } from "./media.js";
import type { Media } from "./media.js";
import { isPermanent, noticeText, reasonFor } from "./problems.js";
import type { Mark, MessageRow, Row } from "./rows.js";
import type { Uploading } from "../core/uploads.js";

export interface RowContext {
  chat: Chat;
  words: Words;
  media: Media;
  view(attachment: Attachment, url: string): void;
}

const kMarks: Record<Mark, { icon: Icon; word: Key } | undefined> = {
  none: undefined,
  waiting: { icon: "clock", word: "waitingToSend" },
  sending: { icon: "clock", word: "sending" },
  sent: { icon: "check", word: "sent" },
  delivered: { icon: "checks", word: "delivered" },
  read: { icon: "checks", word: "read" },
  failed: { icon: "alert", word: "failed" },
};

/** What decides the look of a row beside its content, which never changes. */
export function signatureOf(row: Row): string {
  if (row.kind === "message") return `${row.mark} ${row.first} ${row.last} ${row.at}`;
  if (row.kind === "upload") return `${row.upload.progress} ${row.upload.problem?.code ?? ""}`;
  return "";
}

export function buildRow(row: Row, context: RowContext): HTMLElement {
  const { words } = context;
  if (row.kind === "day") return h("div", { class: "day" }, h("span", {}, dayText(row.at, words)));
  if (row.kind === "session") return h("div", { class: "day" }, h("span", {}, words.say("newConversation")));
  if (row.kind === "notice")
    return h("div", { class: "row system text first last" }, h("div", { class: "content" }, h("div", { class: "bubble-text" }, noticeText(row.notice, words))));
  if (row.kind === "upload") return buildUpload(row.upload, context);
  const element = h("div", { class: "row" }, h("div", { class: "content" }, contentOf(row, context)), h("div", { class: "foot" }));
  updateRow(element, row, context);
  return element;
}

export function updateRow(element: HTMLElement, row: Row, context: RowContext): void {
  if (row.kind === "upload") return updateUpload(element, row.upload, context);
  if (row.kind !== "message") return;
  const big = row.content === "text" && isEmojiOnly(row.text);
  element.className = ["row", row.side, row.content, row.first && "first", row.last && "last", big && "big", row.mark]
    .filter(Boolean)
    .join(" ");
  element.lastElementChild?.replaceChildren(...footOf(row, context));
}

function contentOf(row: MessageRow, context: RowContext): HTMLElement {
  const speaker = h("span", { class: "sr" }, `${context.words.say(row.side === "customer" ? "you" : "someone")}: `);
  if (row.side === "system" || row.side === "flow") speaker.textContent = "";
  if (row.content === "text" || !row.attachment) return h("div", { class: "bubble-text" }, speaker, ...textOf(row.text, context));
  return row.content === "picture" ? picture(row.attachment, context) : file(row.attachment, context);
}

function textOf(text: string, { words }: RowContext): Child[] {
  return linkify(text).map((piece) =>
    piece.href
      ? h(
          "a",
          { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow", title: words.say("link") },
          piece.text,
        )
      : piece.text,
  );
}

function picture(attachment: Attachment, context: RowContext): HTMLElement {
  const { words, media } = context;
  const image = h("img", { alt: attachment.name || words.say("picture") });
  let shown = "";
  const button = h(
    "button",
    {
      class: "picture-frame loading",
      type: "button",
      "aria-label": words.say("viewPicture", attachment.name),
      // Asked for anew: the address of a picture that was out of view for long is let go.
      onclick: () => (shown ? void media.picture(attachment).then((url) => url && context.view(attachment, url)) : load()),
    },
    image,
  );
  const [width, height] = boxFor(attachment);
  button.style.setProperty("--w", `${width}px`);
  button.style.setProperty("--ratio", `${width} / ${height}`);
  const load = (): void => {
    button.classList.remove("failed");
    void media.picture(attachment).then((url) => {
      button.classList.remove("loading");
      if (url) image.src = shown = url;
      else {
        button.classList.add("failed");
        button.title = words.say("pictureFailed");
      }
    });
  };
  whenSeen(button, load);
  return button;
}

/** The place is taken before the bytes come, so that nothing jumps. */
function boxFor({ width, height }: Attachment): [number, number] {
  if (!width || !height) return [200, 150];
  const scale = Math.min(1, 220 / width, 260 / height);
  return [Math.max(48, Math.round(width * scale)), Math.max(48, Math.round(height * scale))];
}

function whenSeen(element: Element, run: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    run();
  });
  observer.observe(element);
}

function file(attachment: Attachment, { words, media }: RowContext): HTMLElement {
  const note = h("span", { class: "file-size" }, sizeText(attachment.bytes));
  return h(
    "button",
    {
      class: "file-card",
      type: "button",
      "aria-label": words.say("download", `${attachment.name}, ${sizeText(attachment.bytes)}`),
      onclick: () =>
        void media.download(attachment).then((done) => {
          note.textContent = done ? sizeText(attachment.bytes) : words.say("downloadFailed");
        }),
    },
    icon("file", 24),
    h("span", { class: "file-text" }, h("span", { class: "file-name" }, attachment.name), note),
    icon("download", 16),
  );
}

function footOf(row: MessageRow, context: RowContext): Node[] {
  const { words } = context;
  if (row.mark === "failed") return failure(row, context);
  if (!row.last || row.side === "system") return [];
  const mark = kMarks[row.mark];
  const parts: Node[] = [h("time", { datetime: new Date(row.at).toISOString() }, timeText(row.at, words))];
  if (mark)
    parts.push(
      h("span", { class: `tick ${row.mark}`, title: words.say(mark.word) }, icon(mark.icon, 14), h("span", { class: "sr" }, words.say(mark.word))),
    );
  return parts;
}

function failure(row: MessageRow, { chat, words }: RowContext): Node[] {
  const reason = row.refusal ? reasonFor(row.refusal, row.content, chat.limits, words) : "";
  const parts = [h("span", { class: "failure" }, icon("alert", 14), reason || words.say("failed"))];
  if (!row.refusal || !isPermanent(row.refusal))
    parts.push(h("button", { class: "link", type: "button", onclick: () => chat.retry(row.uuid) }, words.say("retry")));
  parts.push(h("button", { class: "link", type: "button", onclick: () => chat.discard(row.uuid) }, words.say("discard")));
  return parts;
}

function buildUpload(upload: Uploading, context: RowContext): HTMLElement {
  const content = h("div", { class: "content" });
  if (upload.kind === "picture") {
    const url = URL.createObjectURL(upload.file);
    const image = h("img", { src: url, alt: upload.name, onload: () => URL.revokeObjectURL(url) });
    content.append(h("div", { class: "picture-frame uploading" }, image));
  } else {
    content.append(
      h(
        "div",
        { class: "file-card" },
        icon("file", 24),
        h("span", { class: "file-text" }, h("span", { class: "file-name" }, upload.name), h("span", { class: "file-size" }, sizeText(upload.file.size))),
      ),
    );
  }
  const bar = h("progress", { class: "bar", max: 100, value: 0, "aria-label": upload.name });
  const element = h("div", { class: `row customer first last ${upload.kind}` }, content, bar, h("div", { class: "foot" }));
  updateUpload(element, upload, context);
  return element;
}

function updateUpload(element: HTMLElement, upload: Uploading, { chat, words }: RowContext): void {
  const bar = element.querySelector("progress");
  const foot = element.lastElementChild;
  if (!bar || !foot) return;
  const percent = Math.round(upload.progress * 100);
  bar.hidden = upload.problem !== undefined;
  bar.value = percent;
  element.classList.toggle("failed", upload.problem !== undefined);
  const remove = h(
    "button",
    { class: "link", type: "button", onclick: () => chat.uploads.remove(upload.key) },
    words.say(upload.problem ? "discard" : "cancel"),
  );
  foot.replaceChildren();
  if (!upload.problem) return append(foot, [h("span", {}, words.say("uploading", percent)), remove]);
  append(foot, [
    h("span", { class: "failure" }, icon("alert", 14), reasonFor(upload.problem, upload.kind, chat.limits, words) || words.say("failed")),
    ...(isPermanent(upload.problem) ? [] : [h("button", { class: "link", type: "button", onclick: () => chat.uploads.retry(upload.key) }, words.say("retry"))]),
    remove,
  ]);
}

const timeText = (at: number, words: Words): string =>
  new Intl.DateTimeFormat(words.tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

function dayText(at: number, words: Words): string {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return words.say("today");
  if (day === new Date(Date.now() - 86400000).toDateString()) return words.say("yesterday");
  const sameYear = new Date(at).getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(words.tag, {
    month: "long",
    day: "numeric",
    weekday: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(at);
}
