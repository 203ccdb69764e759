// An agent of the demo call centre: signs in over HTTP, works over the agents' WebSocket of docs/protocol.md.

import { randomUUID } from "node:crypto";

import { WebSocket } from "ws";
import { until } from "./browser.js";

type Json = Record<string, any>;

export const kInstance = 1400000001;
const kPassword = "cloudbell";

export async function signIn(origin: string, email: string, password = kPassword): Promise<string> {
  const response = await fetch(`${origin}/api/v1/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ instance: kInstance, email, password, remember: false, device: "test" }),
  });
  const body = (await response.json()) as Json;
  if (!response.ok) throw new Error(`sign-in of ${email}: ${JSON.stringify(body)}`);
  return body.token;
}

export class Agent {
  offers: Json[] = [];
  sessions: Json[] = [];
  /** Of all sessions, by sequence. */
  readonly messages = new Map<number, Json>();
  readonly ended: number[] = [];
  readonly typing: boolean[] = [];

  private socket: WebSocket | undefined;
  private nextId = 1;
  private cursor = 0;
  private readonly waiting = new Map<number, (frame: Json) => void>();

  constructor(
    readonly origin: string,
    readonly token: string,
  ) {}

  get connected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  async connect(): Promise<void> {
    const socket = new WebSocket(`${this.origin.replace("http", "ws")}/ws/agent`);
    this.socket = socket;
    socket.on("error", () => socket.terminate());
    socket.on("message", (raw) => this.onFrame(JSON.parse(String(raw))));
    await new Promise<void>((resolve, reject) => {
      socket.once("open", () => resolve());
      socket.once("close", () => reject(new Error("no connection")));
    });
    const { d } = await this.ask("hello", {
      protocol: 1,
      token: this.token,
      client: "cloudbell-test/1",
      device: "test",
      cursor: this.cursor,
      takeover: true,
    });
    this.offers = d.offers ?? [];
    this.sessions = d.sessions ?? [];
    this.cursor = Math.max(this.cursor, d.cursor ?? 0);
  }

  async reconnect(): Promise<void> {
    await until(async () => {
      try {
        await this.connect();
        return true;
      } catch {
        return false;
      }
    }, "the agent is connected again", 20000);
  }

  async goOnline(): Promise<void> {
    await this.ask("status.set", { status: "idle" });
  }

  /** Takes the next call for help; answers with the session's id. */
  async answer(): Promise<number> {
    await until(() => this.offers.length > 0, "an offer");
    const offer = this.offers.shift() as Json;
    const { d } = await this.ask("offer.answer", { offer: offer.offer });
    return d.session.id;
  }

  say(session: number, text: string): Promise<Json> {
    return this.ask("message.send", { session, uuid: randomUUID(), kind: "text", text });
  }

  async sendPicture(session: number, bytes: Buffer): Promise<void> {
    const response = await fetch(`${this.origin}/api/v1/attachments?session=${session}&kind=picture&name=agent.png`, {
      method: "POST",
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "image/png" },
      body: new Uint8Array(bytes),
    });
    const body = (await response.json()) as Json;
    if (!response.ok) throw new Error(`upload: ${JSON.stringify(body)}`);
    await this.ask("message.send", { session, uuid: randomUUID(), kind: "picture", attachment: body.attachment.id });
  }

  read(session: number): void {
    const newest = Math.max(0, ...this.messages.keys());
    this.tell("mark", { session, delivered: newest, read: newest });
  }

  types(session: number, on: boolean): void {
    this.tell("typing", { session, on });
  }

  async end(session: number): Promise<void> {
    await this.ask("session.end", { session });
    await this.ask("session.complete", { session, category: "", note: "" });
  }

  fromCustomer(session: number): string[] {
    return [...this.messages.values()]
      .filter((message) => message.session === session && message.side === "customer")
      .sort((a, b) => a.seq - b.seq)
      .map((message) => message.text || message.attachment?.name);
  }

  close(): void {
    this.socket?.terminate();
  }

  private async ask(t: string, d: Json): Promise<Json> {
    const id = this.nextId++;
    const frame = await new Promise<Json>((resolve, reject) => {
      this.waiting.set(id, resolve);
      this.socket?.once("close", () => reject(new Error(`closed during ${t}`)));
      this.socket?.send(JSON.stringify({ t, id, d }));
    });
    if (frame.t === "error") throw new Error(`${t}: ${JSON.stringify(frame.d)}`);
    return frame;
  }

  private tell(t: string, d: Json): void {
    this.socket?.send(JSON.stringify({ t, d }));
  }

  private onFrame(frame: Json): void {
    if (frame.re !== undefined) {
      this.waiting.get(frame.re)?.(frame);
      this.waiting.delete(frame.re);
    } else if (frame.t === "typing") this.typing.push(frame.d.on === true);
    else if (frame.t === "event") this.onEvent(frame.d);
  }

  private onEvent(d: Json): void {
    this.cursor = Math.max(this.cursor, d.seq);
    if (d.kind === "message") this.messages.set(d.seq, { session: d.session, ...d.message, seq: d.seq });
    else if (d.kind === "session_offered") this.offers.push(d.offer);
    else if (d.kind === "offer_closed") this.offers = this.offers.filter((offer) => offer.offer !== (d.offer?.offer ?? d.offer));
    else if (d.kind === "session_ended") this.ended.push(d.session);
  }
}

/** What the demo's flow says and answers to: found in the flow itself, so that its words may change. */
export interface DemoFlow {
  prompt: string;
  wrongText: string;
  /** Leads to a person. */
  keyword: string;
}

export async function demoFlow(origin: string, adminToken: string): Promise<DemoFlow> {
  const get = async (path: string): Promise<Json> => {
    const response = await fetch(origin + path, { headers: { Authorization: `Bearer ${adminToken}` } });
    return (await response.json()) as Json;
  };
  const { flows } = await get("/api/v1/flows");
  for (const { id, state } of flows) {
    if (state !== "in_use") continue;
    const { graph } = await get(`/api/v1/flows/${id}`);
    const node = (wanted: number): Json => graph.nodes.find((candidate: Json) => candidate.id === wanted) ?? {};
    for (const branch of graph.nodes.filter((candidate: Json) => candidate.type === "branch")) {
      const human = branch.options.find((option: Json) => {
        const edge = graph.edges.find((candidate: Json) => candidate.from === branch.id && candidate.port === option.name);
        return node(edge?.to).type === "transfer";
      });
      if (human) return { prompt: branch.prompt, wrongText: branch.wrong_text, keyword: human.keywords[0] };
    }
  }
  throw new Error(`no flow in use with a branch to a person: ${JSON.stringify(flows)}`);
}
