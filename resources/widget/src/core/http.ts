// The HTTP side: settings before anything connects, older messages, attachments.

import { isObject, kNotConnected, readAttachment, readError, readMessage } from "./protocol.js";
import type { Attachment, Json, Message, ProtocolError } from "./protocol.js";

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: ProtocolError };

export interface ChannelSettings {
  name: string;
  colour: string;
  mode: string;
  setUp: boolean;
}

export interface Page {
  messages: Message[];
  more: boolean;
}

export interface Upload {
  done: Promise<Outcome<Attachment>>;
  abort(): void;
}

const kPatienceMs = 20000;

export class Http {
  private readonly root: string;

  constructor(
    base: string,
    channel: string,
    private readonly token: () => string,
  ) {
    this.root = `${base}/api/v1/widget/${encodeURIComponent(channel)}`;
  }

  async settings(): Promise<Outcome<ChannelSettings>> {
    const answer = await this.get("", false);
    if (!answer.ok) return answer;
    const { name, colour, mode, set_up: setUp } = answer.value;
    return {
      ok: true,
      value: { name: String(name ?? ""), colour: String(colour ?? ""), mode: String(mode ?? "chat"), setUp: setUp !== false },
    };
  }

  /** Oldest first; the newest page without `before`. */
  async messages(before: number, limit: number): Promise<Outcome<Page>> {
    const answer = await this.get(`/messages?${before ? `before=${before}&` : ""}limit=${limit}`, true);
    if (!answer.ok) return answer;
    const list = Array.isArray(answer.value.messages) ? answer.value.messages : [];
    const messages = list.map(readMessage).filter((message): message is Message => message !== undefined);
    return { ok: true, value: { messages, more: answer.value.more === true } };
  }

  async attachment(id: number): Promise<Outcome<Blob>> {
    try {
      const response = await fetch(`${this.root}/attachments/${id}`, this.options(true));
      if (!response.ok) return { ok: false, error: await errorOf(response) };
      return { ok: true, value: await response.blob() };
    } catch {
      return { ok: false, error: kNotConnected };
    }
  }

  /** XMLHttpRequest, because fetch tells nothing about the progress of a body. */
  upload(file: Blob, name: string, kind: string, onProgress: (part: number) => void): Upload {
    const request = new XMLHttpRequest();
    request.open("POST", `${this.root}/attachments?kind=${kind}&name=${encodeURIComponent(name)}`);
    request.setRequestHeader("Authorization", `Visitor ${this.token()}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    const done = new Promise<Outcome<Attachment>>((resolve) => {
      request.onload = () => resolve(uploadOutcome(request));
      request.onerror = request.onabort = request.ontimeout = () => resolve({ ok: false, error: kNotConnected });
    });
    request.send(file);
    return { done, abort: () => request.abort() };
  }

  private async get(path: string, asVisitor: boolean): Promise<Outcome<Json>> {
    // A request on a network that went away may otherwise hang for minutes.
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), kPatienceMs);
    try {
      const response = await fetch(this.root + path, { ...this.options(asVisitor), signal: abort.signal });
      if (!response.ok) return { ok: false, error: await errorOf(response) };
      const value: unknown = await response.json();
      return isObject(value) ? { ok: true, value } : { ok: false, error: readError(undefined) };
    } catch {
      return { ok: false, error: kNotConnected };
    } finally {
      clearTimeout(timer);
    }
  }

  private options(asVisitor: boolean): RequestInit {
    // The host page's cookies are not ours to send.
    const options: RequestInit = { credentials: "omit" };
    if (asVisitor) options.headers = { Authorization: `Visitor ${this.token()}` };
    return options;
  }
}

async function errorOf(response: Response): Promise<ProtocolError> {
  try {
    const body: unknown = await response.json();
    return readError(isObject(body) ? body.error : undefined);
  } catch {
    return { code: "internal", grade: response.status >= 500 ? "retry" : "rejected", params: {} };
  }
}

function uploadOutcome(request: XMLHttpRequest): Outcome<Attachment> {
  try {
    const body: unknown = JSON.parse(request.responseText);
    const attachment = isObject(body) ? readAttachment(body.attachment) : undefined;
    if (request.status < 300 && attachment) return { ok: true, value: attachment };
    return { ok: false, error: readError(isObject(body) ? body.error : undefined) };
  } catch {
    return { ok: false, error: { code: request.status === 413 ? "file_too_large" : "internal", grade: "rejected", params: {} } };
  }
}
