// A TCP proxy on loopback that harms what goes through it: delay, an end at any byte, resets, silence.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export type End = "reset" | "close";

/** A connection ends after this many bytes, both ways together. */
export interface Cut {
  after: number;
  end: End;
}

/** Numbers in [0, 1): for one seed always the same. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Link {
  over = false;
  /** Bytes that may still pass. */
  left: number;
  private held: Promise<void> | undefined;
  private letGo = (): void => {};

  constructor(
    readonly near: Socket,
    readonly far: Socket,
    readonly cut: Cut | undefined,
  ) {
    this.left = cut?.after ?? Infinity;
  }

  /** Until release() nothing passes. */
  hold(): void {
    this.held ??= new Promise<void>((resolve) => (this.letGo = resolve));
  }

  release(): void {
    this.held = undefined;
    this.letGo();
  }

  async mayPass(): Promise<void> {
    while (this.held) await this.held;
  }
}

export class FaultProxy {
  /** Added to everything that is read, both ways. */
  delayMs = 0;
  /** What the next connections meet, one each. */
  readonly cuts: Cut[] = [];
  /** Cuts that came to pass. */
  cutsMade = 0;

  private holding = false;
  private readonly links = new Set<Link>();
  private readonly server = createServer((near) => this.accept(near));

  private constructor(private readonly target: number) {}

  static async start(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.server.listen(0, "127.0.0.1");
    await once(proxy.server, "listening");
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends all connections. */
  endAll(end: End): void {
    for (const link of [...this.links]) this.finish(link, end);
  }

  /** Nothing passes and nothing is closed. Of "all", new connections hang, too: a pulled cable. */
  hold(which: "all" | "present"): void {
    this.holding = which === "all";
    for (const link of this.links) link.hold();
  }

  release(): void {
    this.holding = false;
    for (const link of this.links) link.release();
  }

  /** No fault any more. */
  heal(): void {
    this.delayMs = 0;
    this.cuts.length = 0;
    this.release();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.endAll("close");
    await closed;
  }

  private accept(near: Socket): void {
    const link = new Link(near, connect(this.target, "127.0.0.1"), this.cuts.shift());
    this.links.add(link);
    if (this.holding) link.hold();
    for (const socket of [near, link.far]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.finish(link, "reset"));
    }
    void Promise.all([this.pump(link, near, link.far), this.pump(link, link.far, near)]).then(() => this.finish(link, "close"));
  }

  private async pump(link: Link, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        if (this.delayMs) await pause(this.delayMs);
        await link.mayPass();
        if (link.over) return;
        await this.pass(link, to, piece);
      }
      await link.mayPass();
      to.end();
    } catch {
      this.finish(link, "reset"); // it was cut off from outside
    }
  }

  private async pass(link: Link, to: Socket, piece: Buffer): Promise<void> {
    const passing = piece.subarray(0, Math.min(piece.length, link.left));
    link.left -= passing.length;
    await new Promise<void>((resolve) => to.write(passing, () => resolve()));
    if (link.left > 0 || link.over || !link.cut) return;
    this.cutsMade++;
    this.finish(link, link.cut.end);
  }

  private finish(link: Link, end: End): void {
    if (link.over) return;
    link.over = true;
    this.links.delete(link);
    link.release();
    for (const socket of [link.near, link.far]) {
      if (end === "reset") socket.resetAndDestroy();
      else socket.destroy();
    }
  }
}
