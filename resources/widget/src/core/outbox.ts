// Messages the server has not acknowledged. Each lives under a key of its own, so that two tabs that write at once never
// lose one; the key sorts by the time of writing, which is the order of sending.

import { isObject, readAttachment } from "./protocol.js";
import type { Attachment, MessageKind, ProtocolError } from "./protocol.js";
import type { Shelf } from "./storage.js";

export interface Outgoing {
  uuid: string;
  /** Milliseconds since 1970, by this browser's clock. */
  at: number;
  kind: MessageKind;
  text: string;
  attachment?: Attachment;
  /** Refused for good; waits for the visitor to try again or drop it. */
  refusal?: ProtocolError;
}

const kPrefix = "out:";

/** More than anybody writes while waiting; the browser's storage ends somewhere. */
export const kMostWaiting = 100;

export class Outbox {
  private last = 0;

  constructor(private readonly shelf: Shelf) {}

  /** In the order of writing. */
  all(): Outgoing[] {
    return this.shelf
      .keys()
      .filter((key) => key.startsWith(kPrefix))
      .sort()
      .map((key) => parse(this.shelf.get(key)))
      .filter((entry): entry is Outgoing => entry !== undefined);
  }

  get full(): boolean {
    return this.shelf.keys().filter((key) => key.startsWith(kPrefix)).length >= kMostWaiting;
  }

  /** The oldest that may be sent. */
  next(): Outgoing | undefined {
    return this.all().find((entry) => !entry.refusal);
  }

  add(entry: Omit<Outgoing, "at">, now: number): Outgoing {
    // Two messages of the same millisecond keep their order.
    this.last = Math.max(now, this.last + 1);
    const made: Outgoing = { ...entry, at: this.last };
    this.shelf.set(keyOf(made), JSON.stringify(made));
    return made;
  }

  /** Does nothing when the message is no longer here. */
  update(uuid: string, change: Pick<Outgoing, "refusal">): void {
    const entry = this.find(uuid);
    if (entry) this.shelf.set(keyOf(entry), JSON.stringify({ ...entry, ...change }));
  }

  remove(uuid: string): void {
    const entry = this.find(uuid);
    if (entry) this.shelf.remove(keyOf(entry));
  }

  find(uuid: string): Outgoing | undefined {
    return this.all().find((entry) => entry.uuid === uuid);
  }
}

const keyOf = (entry: Outgoing): string => `${kPrefix}${String(entry.at).padStart(15, "0")}:${entry.uuid}`;

function parse(raw: string | null): Outgoing | undefined {
  try {
    const value: unknown = JSON.parse(raw ?? "");
    if (!isObject(value) || typeof value.uuid !== "string" || typeof value.at !== "number") return undefined;
    return { ...(value as unknown as Outgoing), attachment: readAttachment(value.attachment) };
  } catch {
    return undefined;
  }
}
