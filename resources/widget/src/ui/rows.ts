// From the conversation to the list of rows the page shows. Pure.

import type { Notice } from "../core/chat.js";
import type { Outgoing } from "../core/outbox.js";
import type { Attachment, Message, MessageKind, ProtocolError, Side } from "../core/protocol.js";
import type { Uploading } from "../core/uploads.js";

/** waiting: no connection · sending: on its way */
export type Mark = "none" | "waiting" | "sending" | "sent" | "delivered" | "read" | "failed";

export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "session"; key: string }
  | { kind: "notice"; key: string; notice: Notice }
  | {
      kind: "message";
      key: string;
      uuid: string;
      at: number;
      side: Side;
      content: MessageKind;
      text: string;
      attachment: Attachment | undefined;
      mark: Mark;
      refusal: ProtocolError | undefined;
      /** First and last of a run of the same side within a few minutes. */
      first: boolean;
      last: boolean;
    }
  | { kind: "upload"; key: string; upload: Uploading };

export type MessageRow = Extract<Row, { kind: "message" }>;

export interface Conversation {
  messages: readonly Message[];
  waiting: readonly Outgoing[];
  uploads: readonly Uploading[];
  notices: readonly Notice[];
  connected: boolean;
  agentDelivered: number;
  agentRead: number;
}

const kRunMs = 3 * 60 * 1000;

export function rowsOf(conversation: Conversation): Row[] {
  const rows: Row[] = [];
  let day = "";
  let session = 0;
  const dayLine = (at: number): void => {
    const date = new Date(at).toDateString();
    if (date === day) return;
    day = date;
    rows.push({ kind: "day", key: `day ${date}`, at });
  };
  let told = 0;
  const tellBefore = (seq: number): void => {
    for (; told < conversation.notices.length; told++) {
      const notice = conversation.notices[told];
      if (!notice || notice.after >= seq) return;
      dayLine(notice.at);
      rows.push({ kind: "notice", key: notice.key, notice });
    }
  };
  for (const message of conversation.messages) {
    tellBefore(message.seq);
    dayLine(message.at);
    if (session && message.session && message.session !== session)
      rows.push({ kind: "session", key: `session ${message.session}` });
    session = message.session || session;
    rows.push(stored(message, conversation));
  }
  tellBefore(Infinity);
  for (const entry of conversation.waiting) {
    dayLine(entry.at);
    rows.push(outgoing(entry, conversation.connected));
  }
  for (const upload of conversation.uploads) rows.push({ kind: "upload", key: upload.key, upload });
  return joinRuns(rows);
}

function stored(message: Message, conversation: Conversation): MessageRow {
  const { seq, uuid, at, side, kind, text, attachment } = message;
  const mark: Mark =
    side !== "customer"
      ? "none"
      : seq <= conversation.agentRead
        ? "read"
        : seq <= conversation.agentDelivered
          ? "delivered"
          : "sent";
  return {
    kind: "message",
    // The same key before and after the server knows it, so that the row stays where it is.
    key: `m ${uuid || seq}`,
    uuid,
    at,
    side,
    content: kind,
    text,
    attachment,
    mark,
    refusal: undefined,
    first: true,
    last: true,
  };
}

function outgoing(entry: Outgoing, connected: boolean): MessageRow {
  return {
    kind: "message",
    key: `m ${entry.uuid}`,
    uuid: entry.uuid,
    at: entry.at,
    side: "customer",
    content: entry.kind,
    text: entry.text,
    attachment: entry.attachment,
    mark: entry.refusal ? "failed" : connected ? "sending" : "waiting",
    refusal: entry.refusal,
    first: true,
    last: true,
  };
}

function joinRuns(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i++) {
    const before = rows[i - 1];
    const row = rows[i];
    if (before?.kind !== "message" || row?.kind !== "message") continue;
    if (before.side !== row.side || row.at - before.at > kRunMs || row.side === "system") continue;
    row.first = false;
    // A line with something to do or with a different mark keeps its own foot.
    if (before.mark === row.mark && before.mark !== "failed") before.last = false;
  }
  return rows;
}

/** How many rows the page holds at most. */
export const kWindow = 200;
const kShift = 60;

/** Which part of the rows is in the page. */
export interface Span {
  start: number;
  end: number;
}

export const tailSpan = (count: number): Span => ({ start: Math.max(0, count - kWindow), end: count });

export function earlierSpan({ start }: Span, count: number): Span {
  const from = Math.max(0, start - kShift);
  return { start: from, end: Math.min(count, from + kWindow) };
}

export function laterSpan({ end }: Span, count: number): Span {
  const to = Math.min(count, end + kShift);
  return { start: Math.max(0, to - kWindow), end: to };
}
