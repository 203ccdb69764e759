// The connection to the server as a pure state machine: inputs go in, effects come out. It holds no socket, no timer, no
// clock and no randomness, so every path can be walked in a test. `socket.ts` carries the effects out.

import { kNotConnected, kProtocol, parseFrame, readError, readWelcome, retryDelay } from "./protocol.js";
import type { Json, ProtocolError, Welcome } from "./protocol.js";

/** off: nobody wants it · waiting: for the next attempt · stopped: the server's answer is final until somebody asks again */
export type Phase = "off" | "connecting" | "greeting" | "ready" | "waiting" | "stopped";

export type LinkTimer = "retry" | "greeting" | "ping" | "pong";

export type LinkInput =
  | { kind: "start" }
  | { kind: "stop" }
  | { kind: "opened" }
  | { kind: "closed"; code: number }
  | { kind: "received"; raw: unknown }
  | { kind: "timer"; name: LinkTimer }
  | { kind: "network"; online: boolean }
  | { kind: "request"; ref: number; t: string; d: Json }
  | { kind: "tell"; t: string; d: Json };

export type LinkEffect =
  | { kind: "connect" }
  | { kind: "disconnect" }
  | { kind: "send"; raw: string }
  | { kind: "timer"; name: LinkTimer; ms: number }
  | { kind: "cancel"; name: LinkTimer }
  | { kind: "phase"; phase: Phase }
  | { kind: "welcome"; welcome: Welcome }
  | { kind: "event"; d: Json }
  | { kind: "transient"; t: string; d: Json }
  | { kind: "answer"; ref: number; d: Json }
  | { kind: "refused"; ref: number; error: ProtocolError };

/** Protocol section 2: then every 15 s. */
export const kRetryMs = [500, 1000, 2000, 4000, 8000, 15000];
/** A browser cannot see the server's WebSocket pings, so silence is probed. */
export const kPingMs = 25000;
export const kPongMs = 10000;
/** From the start of the connection to `welcome`. */
export const kGreetingMs = 12000;

const kPolicyClose = 1008;
const kGoingAwayClose = 1001;
const kRevokedClose = 4002;

export interface Hello {
  channel: string;
  token: string;
  cursor: number;
  locale: string;
  page: { url: string; title: string };
}

export class Link {
  phase: Phase = "off";
  /** Why the phase is `stopped`, or why the last attempt failed. */
  problem: ProtocolError | undefined;

  private attempt = 0;
  private nextId = 1;
  private online = true;
  private helloId = 0;
  private askedToWait = 0;
  private readonly pending = new Map<number, number>();
  private out: LinkEffect[] = [];

  /** `hello` is asked for at each connection, so that it carries the newest cursor. `random` gives numbers in [0, 1). */
  constructor(
    private readonly hello: () => Hello,
    private readonly random: () => number,
  ) {}

  step(input: LinkInput): LinkEffect[] {
    this.out = [];
    switch (input.kind) {
      case "start":
        if (this.phase === "off" || this.phase === "stopped") this.begin();
        break;
      case "stop":
        this.dropAll();
        this.enter("off");
        break;
      case "opened":
        if (this.phase === "connecting") this.greet();
        break;
      case "closed":
        this.onClosed(input.code);
        break;
      case "received":
        this.onReceived(input.raw);
        break;
      case "timer":
        this.onTimer(input.name);
        break;
      case "network":
        this.onNetwork(input.online);
        break;
      case "request":
        this.request(input.ref, input.t, input.d);
        break;
      case "tell":
        if (this.phase === "ready") this.send({ t: input.t, d: input.d });
        break;
    }
    return this.out;
  }

  private begin(): void {
    this.attempt = 0;
    this.problem = undefined;
    this.connect();
  }

  private connect(): void {
    this.askedToWait = 0;
    this.out.push({ kind: "cancel", name: "retry" });
    this.enter("connecting");
    this.out.push({ kind: "timer", name: "greeting", ms: kGreetingMs }, { kind: "connect" });
  }

  private greet(): void {
    this.helloId = this.nextId++;
    this.enter("greeting");
    this.send({ t: "hello", id: this.helloId, d: { protocol: kProtocol, ...this.hello() } });
  }

  private onReceived(raw: unknown): void {
    const frame = parseFrame(raw);
    if (!frame || (this.phase !== "ready" && this.phase !== "greeting")) return;
    if (this.phase === "ready") this.heard();
    if (frame.t === "welcome") this.onWelcome(readWelcome(frame.d));
    else if (frame.t === "error") this.onError(frame.re, readError(frame.d));
    else if (frame.t === "ok") this.onAnswer(frame.re, frame.d);
    else if (frame.t === "bye") this.onBye(String(frame.d.code ?? ""));
    else if (this.phase !== "ready") return;
    else if (frame.t === "event") this.out.push({ kind: "event", d: frame.d });
    else this.out.push({ kind: "transient", t: frame.t, d: frame.d });
  }

  private onWelcome(welcome: Welcome): void {
    if (this.phase !== "greeting") return;
    this.attempt = 0;
    this.problem = undefined;
    this.out.push({ kind: "cancel", name: "greeting" });
    this.heard();
    // The state first: who hears "ready" may send at once and must know what the server has.
    this.out.push({ kind: "welcome", welcome });
    this.enter("ready");
  }

  private onError(re: number | undefined, error: ProtocolError): void {
    if (this.phase === "greeting" && (re === this.helloId || re === undefined)) {
      this.problem = error;
      if (error.grade === "retry" || error.grade === "fatal") this.waitForRetry(retryDelay(error));
      else this.finish(error);
      return;
    }
    const ref = this.take(re);
    if (ref !== undefined) this.out.push({ kind: "refused", ref, error });
  }

  private onAnswer(re: number | undefined, d: Json): void {
    const ref = this.take(re);
    if (ref !== undefined) this.out.push({ kind: "answer", ref, d });
  }

  private onBye(code: string): void {
    if (code === "blocked" || code === "channel_unknown" || code === "bad_token")
      this.finish({ code, grade: "rejected", params: {} });
  }

  private onClosed(code: number): void {
    if (this.phase === "off" || this.phase === "stopped" || this.phase === "waiting") return;
    if (code === kPolicyClose || code === kRevokedClose) {
      this.finish(this.problem ?? { code: code === kPolicyClose ? "forbidden" : "bad_token", grade: "rejected", params: {} });
      return;
    }
    if (code === kGoingAwayClose && this.phase === "ready") this.waitFor(Math.round(this.random() * 2000));
    else this.waitForRetry(0);
  }

  private onTimer(name: LinkTimer): void {
    if (name === "retry" && this.phase === "waiting") this.connect();
    else if (name === "ping" && this.phase === "ready") {
      this.send({ t: "ping", id: this.nextId++ });
      this.out.push({ kind: "timer", name: "pong", ms: kPongMs });
    } else if (name === "pong" && this.phase === "ready") this.waitForRetry(0);
    else if (name === "greeting" && (this.phase === "connecting" || this.phase === "greeting")) this.waitForRetry(0);
  }

  private onNetwork(online: boolean): void {
    const back = online && !this.online;
    this.online = online;
    if (back && this.phase === "waiting" && !this.askedToWait) {
      this.attempt = 0;
      this.connect();
    } else if (!online && this.phase === "ready") {
      // Probe at once: the system's word may be wrong, a server on this machine is still there.
      this.onTimer("ping");
    }
  }

  private request(ref: number, t: string, d: Json): void {
    if (this.phase !== "ready") {
      this.out.push({ kind: "refused", ref, error: kNotConnected });
      return;
    }
    const id = this.nextId++;
    this.pending.set(id, ref);
    this.send({ t, id, d });
  }

  private waitForRetry(askedMs: number): void {
    const base = kRetryMs[Math.min(this.attempt, kRetryMs.length - 1)] ?? 15000;
    this.attempt++;
    this.askedToWait = askedMs;
    this.waitFor(Math.max(askedMs, Math.round(base * (0.7 + 0.6 * this.random()))));
  }

  private waitFor(ms: number): void {
    this.dropAll();
    this.enter("waiting");
    this.out.push({ kind: "timer", name: "retry", ms });
  }

  private finish(error: ProtocolError): void {
    this.problem = error;
    this.dropAll();
    this.enter("stopped");
  }

  /** Ends the connection and every timer; what was asked and not answered is answered with `not_connected`. */
  private dropAll(): void {
    for (const name of ["retry", "greeting", "ping", "pong"] as const) this.out.push({ kind: "cancel", name });
    this.out.push({ kind: "disconnect" });
    for (const ref of this.pending.values()) this.out.push({ kind: "refused", ref, error: kNotConnected });
    this.pending.clear();
  }

  private heard(): void {
    this.out.push({ kind: "cancel", name: "pong" }, { kind: "timer", name: "ping", ms: kPingMs });
  }

  private take(re: number | undefined): number | undefined {
    if (re === undefined) return undefined;
    const ref = this.pending.get(re);
    this.pending.delete(re);
    return ref;
  }

  private send(frame: { t: string; id?: number; d?: Json }): void {
    this.out.push({ kind: "send", raw: JSON.stringify(frame) });
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.out.push({ kind: "phase", phase });
  }
}
