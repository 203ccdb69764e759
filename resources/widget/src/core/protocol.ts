// What goes over the wire, as docs/protocol.md describes it. Readers ignore fields they do not know; fields that hold
// their default may be missing, so everything is read through the functions at the end.

export type Side = "customer" | "agent" | "flow" | "system";
export type MessageKind = "text" | "picture" | "file";

export interface ProtocolError {
  code: string;
  grade: "retry" | "rejected" | "conflict" | "fatal";
  params: Record<string, unknown>;
}

export interface Attachment {
  id: number;
  kind: "picture" | "file";
  name: string;
  type: string;
  bytes: number;
  width: number;
  height: number;
}

export interface Message {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  uuid: string;
  session: number;
  side: Side;
  kind: MessageKind;
  text: string;
  attachment?: Attachment;
}

export type SessionState = "flow" | "queued" | "open" | "ended";

export interface VisitorView {
  session: number;
  state: SessionState;
  mode: string;
  /** Customers ahead in the queue; -1 when not queued. */
  ahead: number;
  agentName: string;
  agentStaffNo: string;
  /** Why it waits again after an agent has served it; empty otherwise. */
  returned: string;
  /** It waits for one particular colleague. */
  direct: boolean;
  endReason: string;
  lastSeq: number;
  agentDelivered: number;
  agentRead: number;
  customerRead: number;
}

export interface Limits {
  pictureBytes: number;
  fileBytes: number;
}

export interface Welcome {
  now: number;
  resumed: boolean;
  cursor: number;
  channelName: string;
  colour: string;
  session: VisitorView | null;
  limits: Limits;
}

export interface Frame {
  t: string;
  re?: number;
  d: Json;
}

export type Json = Record<string, unknown>;

export const kProtocol = 1;
export const kMaxTextCharacters = 4000;
export const kDefaultLimits: Limits = { pictureBytes: 10 * 1024 * 1024, fileBytes: 20 * 1024 * 1024 };

/** Codes the widget makes itself, for what never reached a server. */
export const kNotConnected: ProtocolError = { code: "not_connected", grade: "retry", params: {} };

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown, otherwise = 0): number =>
  typeof value === "number" && Number.isFinite(value) ? value : otherwise;
const object = (value: unknown): Json => (isObject(value) ? value : {});

/** Nothing when the text is no frame. */
export function parseFrame(raw: unknown): Frame | undefined {
  if (typeof raw !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(raw);
    if (!isObject(value) || typeof value.t !== "string") return undefined;
    const frame: Frame = { t: value.t, d: object(value.d) };
    if (typeof value.re === "number") frame.re = value.re;
    return frame;
  } catch {
    return undefined;
  }
}

export function readError(value: unknown): ProtocolError {
  const d = object(value);
  const grade = text(d.grade);
  return {
    code: text(d.code) || "internal",
    grade: grade === "retry" || grade === "rejected" || grade === "conflict" ? grade : "fatal",
    params: object(d.params),
  };
}

/** How long the server asks us to wait, in milliseconds; 0 when it does not say. */
export const retryDelay = (error: ProtocolError): number => number(error.params.retry_ms);

export function readAttachment(value: unknown): Attachment | undefined {
  if (!isObject(value) || !number(value.id)) return undefined;
  return {
    id: number(value.id),
    kind: value.kind === "picture" ? "picture" : "file",
    name: text(value.name),
    type: text(value.type),
    bytes: number(value.bytes),
    width: number(value.width),
    height: number(value.height),
  };
}

/** Nothing for kinds this version cannot show, such as notes. */
export function readMessage(value: unknown): Message | undefined {
  if (!isObject(value)) return undefined;
  const seq = number(value.seq);
  const kind = text(value.kind) || "text";
  const side = text(value.side) || "customer";
  if (!seq || !["text", "picture", "file"].includes(kind)) return undefined;
  return {
    seq,
    at: number(value.at),
    uuid: text(value.uuid),
    session: number(value.session),
    side: side === "customer" || side === "agent" || side === "flow" ? side : "system",
    kind: kind as MessageKind,
    text: text(value.text),
    attachment: readAttachment(value.attachment),
  };
}

export function readView(value: unknown): VisitorView | null {
  if (!isObject(value) || !number(value.session)) return null;
  const state = readState(text(value.state));
  return {
    session: number(value.session),
    state,
    mode: text(value.mode) || "chat",
    ahead: state === "queued" ? Math.max(0, number(value.ahead)) : -1,
    agentName: text(value.agent_name),
    agentStaffNo: text(value.agent_staff_no),
    returned: state === "queued" ? text(value.returned) : "",
    direct: value.direct === true,
    endReason: text(value.end_reason),
    lastSeq: number(value.last_seq),
    agentDelivered: number(value.agent_delivered),
    agentRead: number(value.agent_read),
    customerRead: number(value.customer_read),
  };
}

function readState(name: string): SessionState {
  if (name === "queued" || name === "offered") return "queued";
  if (name === "open") return "open";
  // What happens at the agent's after the end is none of the customer's business.
  return name === "wrap_up" || name === "completed" ? "ended" : "flow";
}

export function readLimits(value: unknown): Limits {
  const d = object(value);
  return {
    pictureBytes: number(d.picture_bytes, kDefaultLimits.pictureBytes),
    fileBytes: number(d.file_bytes, kDefaultLimits.fileBytes),
  };
}

export function readWelcome(d: Json): Welcome {
  const channel = object(d.channel);
  return {
    now: number(d.now),
    resumed: d.resumed === true,
    cursor: number(d.cursor),
    channelName: text(channel.name),
    colour: text(channel.colour),
    session: readView(d.session),
    limits: readLimits(d.settings),
  };
}
