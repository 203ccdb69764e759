// What was said, by sequence number. A message comes in once, however often it is delivered.

import type { Message } from "./protocol.js";

export class Transcript {
  private list: Message[] = [];
  private readonly bySeq = new Map<number, Message>();
  private readonly uuids = new Set<string>();
  /** Older messages are on the server. */
  more = false;

  get messages(): readonly Message[] {
    return this.list;
  }

  get oldest(): number {
    return this.list[0]?.seq ?? 0;
  }

  get newest(): number {
    return this.list.at(-1)?.seq ?? 0;
  }

  has(uuid: string): boolean {
    return this.uuids.has(uuid);
  }

  /** False when it is here already. */
  add(message: Message): boolean {
    if (this.bySeq.has(message.seq)) return false;
    this.bySeq.set(message.seq, message);
    if (message.uuid) this.uuids.add(message.uuid);
    if (message.seq > this.newest) this.list.push(message);
    else this.list.splice(this.placeOf(message.seq), 0, message);
    return true;
  }

  /** The newest page, after a connection that could not resume. What is newer than `cursor` came by events and stays. */
  replace(page: Message[], more: boolean, cursor: number): void {
    const live = this.list.filter((message) => message.seq > cursor);
    this.list = [];
    this.bySeq.clear();
    this.uuids.clear();
    this.more = more;
    for (const message of [...page, ...live]) this.add(message);
  }

  prepend(page: Message[], more: boolean): void {
    this.more = more;
    for (const message of page) this.add(message);
  }

  private placeOf(seq: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
