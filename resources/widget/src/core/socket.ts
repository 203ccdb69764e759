// Carries out what the link decides: one WebSocket, a few timers.

import { Link } from "./link.js";
import type { Hello, LinkEffect, LinkInput, LinkTimer, Phase } from "./link.js";
import type { Json, ProtocolError, Welcome } from "./protocol.js";

export interface SocketListener {
  onPhase(phase: Phase): void;
  onWelcome(welcome: Welcome): void;
  onEvent(d: Json): void;
  onTransient(t: string, d: Json): void;
}

export type Answer = { ok: true; d: Json } | { ok: false; error: ProtocolError };

export class Socket {
  private readonly link: Link;
  private socket: WebSocket | undefined;
  private readonly timers = new Map<LinkTimer, number>();
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private nextRef = 1;

  constructor(
    private readonly url: string,
    hello: () => Hello,
    private readonly listener: SocketListener,
  ) {
    this.link = new Link(hello, Math.random);
    addEventListener("online", () => this.step({ kind: "network", online: true }));
    addEventListener("offline", () => this.step({ kind: "network", online: false }));
  }

  get phase(): Phase {
    return this.link.phase;
  }

  get problem(): ProtocolError | undefined {
    return this.link.problem;
  }

  start(): void {
    this.step({ kind: "start" });
  }

  /** Never rejects: a lost connection answers `not_connected`. */
  request(t: string, d: Json = {}): Promise<Answer> {
    return new Promise((resolve) => {
      const ref = this.nextRef++;
      this.waiting.set(ref, resolve);
      this.step({ kind: "request", ref, t, d });
    });
  }

  tell(t: string, d: Json): void {
    this.step({ kind: "tell", t, d });
  }

  private step(input: LinkInput): void {
    for (const effect of this.link.step(input)) this.carryOut(effect);
  }

  private carryOut(effect: LinkEffect): void {
    switch (effect.kind) {
      case "connect":
        this.connect();
        break;
      case "disconnect":
        this.disconnect();
        break;
      case "send":
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(effect.raw);
        break;
      case "timer":
        this.cancel(effect.name);
        this.timers.set(
          effect.name,
          window.setTimeout(() => this.step({ kind: "timer", name: effect.name }), effect.ms),
        );
        break;
      case "cancel":
        this.cancel(effect.name);
        break;
      case "phase":
        this.listener.onPhase(effect.phase);
        break;
      case "welcome":
        this.listener.onWelcome(effect.welcome);
        break;
      case "event":
        this.listener.onEvent(effect.d);
        break;
      case "transient":
        this.listener.onTransient(effect.t, effect.d);
        break;
      case "answer":
        this.settle(effect.ref, { ok: true, d: effect.d });
        break;
      case "refused":
        this.settle(effect.ref, { ok: false, error: effect.error });
        break;
    }
  }

  private connect(): void {
    this.disconnect();
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.url);
    } catch {
      // A page whose policy forbids the address; treated like an unreachable server.
      window.setTimeout(() => this.step({ kind: "closed", code: 1006 }), 0);
      return;
    }
    this.socket = socket;
    // A socket that was replaced has nothing to say any more.
    const current = (input: LinkInput): void => {
      if (this.socket === socket) this.step(input);
    };
    socket.onopen = () => current({ kind: "opened" });
    socket.onmessage = (event) => current({ kind: "received", raw: event.data });
    socket.onclose = (event) => current({ kind: "closed", code: event.code });
  }

  private disconnect(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private cancel(name: LinkTimer): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }

  private settle(ref: number, answer: Answer): void {
    const resolve = this.waiting.get(ref);
    this.waiting.delete(ref);
    resolve?.(answer);
  }
}
