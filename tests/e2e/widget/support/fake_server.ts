// A server that speaks the visitors' side of docs/protocol.md, keeps everything in memory and does what a test tells it:
// cut, stay silent, refuse, repeat. It dedupes by uuid exactly as the protocol says, and counts what it was asked.

import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";

type Json = Record<string, any>;

export interface FakeSession {
  id: number;
  state: string;
  ahead: number;
  agent_name: string;
  agent_staff_no: string;
  end_reason: string;
  agent_delivered: number;
  agent_read: number;
  customer_read: number;
  returned?: string;
  direct?: boolean;
}

export class Visitor {
  readonly connections = new Set<WebSocket>();
  readonly messages: Json[] = [];
  readonly byUuid = new Map<string, Json>();
  session: FakeSession | undefined;
  typing: boolean[] = [];
  pages: string[] = [];
}

export interface Refusal {
  code: string;
  grade: string;
  params?: Json;
}

const kMinute = 60000;

export class FakeServer {
  readonly visitors = new Map<string, Visitor>();
  readonly frames: Json[] = [];
  readonly hellos: Json[] = [];
  readonly pages = new Map<string, { body: string; headers: Record<string, string> }>();
  readonly attachments = new Map<number, { meta: Json; bytes: Buffer }>();

  channel = { name: "云铃商店", colour: "#0B6E6E", mode: "chat", set_up: true };
  greeting = ["您好，欢迎光临云铃商店。", "请回复关键词：\n1 商品咨询\n2 售后服务\n0 转人工"];
  settings = { picture_bytes: 10485760, file_bytes: 20971520 };
  /** Upgrades are refused while false. */
  accepting = true;
  /** Stores what comes and says nothing. */
  mute = false;
  resumes = true;
  /** Every event is sent this often. */
  copies = 1;
  historyFails = 0;
  /** Held back until released. */
  uploadGate: Promise<void> = Promise.resolve();

  private readonly refusals = new Map<string, Refusal[]>();
  private readonly sockets = new Set<Socket>();
  private seq = 100;
  private nextSession = 7000;
  private nextAttachment = 1;
  private port = 0;

  private constructor(
    private readonly http: Server,
    private readonly ws: WebSocketServer,
    private readonly widget: string,
  ) {}

  static async start(): Promise<FakeServer> {
    const http = createServer();
    const server = new FakeServer(http, new WebSocketServer({ noServer: true }), readFileSync(widgetPath(), "utf8"));
    http.on("request", (request, response) => void server.onRequest(request, response));
    http.on("upgrade", (request, socket, head) => {
      if (!server.accepting || request.url !== "/ws/visitor") return socket.destroy();
      server.ws.handleUpgrade(request, socket, head, (connection) => server.onConnection(connection));
    });
    http.on("connection", (socket) => {
      server.sockets.add(socket);
      socket.on("close", () => server.sockets.delete(socket));
    });
    await server.listen();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  /** A process that dies: no close frames, nothing listens. What was stored stays. */
  async crash(): Promise<void> {
    await this.stop();
    for (const visitor of this.visitors.values()) visitor.connections.clear();
  }

  async restart(): Promise<void> {
    await this.listen();
  }

  /** The page at `path`, with the widget in it. */
  addPage(path: string, head: string, body: string, headers: Record<string, string> = {}): void {
    this.pages.set(path, {
      headers,
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${body}</body></html>`,
    });
  }

  get scriptTag(): string {
    return `<script src="${this.origin}/widget/cloudbell.js" data-channel="demo" defer></script>`;
  }

  /** The visitor of a test that has one. */
  get only(): Visitor {
    const [visitor, ...others] = this.visitors.values();
    if (!visitor || others.length) throw new Error(`${this.visitors.size} visitors`);
    return visitor;
  }

  /** The next requests of this type are refused, one by one. */
  refuse(type: string, refusal: Refusal): void {
    this.refusals.set(type, [...(this.refusals.get(type) ?? []), refusal]);
  }

  says(text: string, side = "agent", visitor = this.only): Json {
    return this.append(visitor, { side, kind: "text", text, uuid: randomUUID() });
  }

  sendsPicture(bytes: Buffer, width: number, height: number, visitor = this.only): void {
    const attachment = this.keep(bytes, "picture", "photo.png", "image/png", width, height);
    this.append(visitor, { side: "agent", kind: "picture", uuid: randomUUID(), attachment });
  }

  sendsFile(name: string, bytes: Buffer, visitor = this.only): void {
    const attachment = this.keep(bytes, "file", name, "application/pdf", 0, 0);
    this.append(visitor, { side: "agent", kind: "file", uuid: randomUUID(), attachment });
  }

  queue(ahead: number, visitor = this.only): void {
    this.change(visitor, "session_queued", { state: "queued", ahead });
  }

  moveUp(ahead: number, visitor = this.only): void {
    if (visitor.session) visitor.session.ahead = ahead;
    this.broadcast(visitor, { t: "position", d: { ahead } });
  }

  assign(name: string, staffNo: string, visitor = this.only): void {
    this.change(visitor, "session_assigned", {
      state: "open",
      ahead: -1,
      agent_name: name,
      agent_staff_no: staffNo,
      returned: undefined,
      direct: undefined,
    });
  }

  /** From the agent back to where it waits. */
  takeBack(returned: string, direct = false, visitor = this.only): void {
    const kind = visitor.session?.state === "queued" ? "session_queued" : "session_returned";
    this.change(visitor, kind, { state: "queued", ahead: 0, agent_name: "", agent_staff_no: "", returned, direct: direct || undefined });
  }

  end(reason: string, visitor = this.only): void {
    const session = visitor.session;
    if (!session) return;
    this.change(visitor, "session_ended", { state: "wrap_up", end_reason: reason });
    visitor.session = undefined;
  }

  types(on: boolean, visitor = this.only): void {
    this.broadcast(visitor, { t: "typing", d: { on } });
  }

  reads(visitor = this.only): void {
    const newest = visitor.messages.at(-1)?.seq ?? 0;
    if (visitor.session) Object.assign(visitor.session, { agent_delivered: newest, agent_read: newest });
    this.broadcast(visitor, { t: "mark", d: { delivered: newest, read: newest } });
  }

  delivers(visitor = this.only): void {
    const newest = visitor.messages.at(-1)?.seq ?? 0;
    if (visitor.session) visitor.session.agent_delivered = newest;
    this.broadcast(visitor, { t: "mark", d: { delivered: newest } });
  }

  /** Closes every connection; without a code the line just goes dead. */
  cut(code?: number): void {
    for (const visitor of this.visitors.values())
      for (const connection of visitor.connections) {
        if (code === undefined) connection.terminate();
        else connection.close(code);
      }
  }

  /** Past conversations, for long transcripts. */
  fill(visitor: Visitor, count: number, session = 6000): void {
    for (let i = 0; i < count; i++) {
      const side = i % 3 === 0 ? "customer" : "agent";
      visitor.messages.push({
        seq: ++this.seq,
        at: Date.now() - (count - i) * kMinute,
        uuid: randomUUID(),
        session,
        side,
        kind: "text",
        text: `Line ${i + 1}`,
      });
    }
  }

  visitorOf(token: string): Visitor {
    const hash = createHash("sha256").update(token).digest("hex");
    const known = this.visitors.get(hash) ?? new Visitor();
    this.visitors.set(hash, known);
    return known;
  }

  // ---- WebSocket ----------------------------------------------------------------------------------------------------

  private onConnection(connection: WebSocket): void {
    let visitor: Visitor | undefined;
    connection.on("error", () => connection.terminate());
    connection.on("close", () => visitor?.connections.delete(connection));
    connection.on("message", (raw) => {
      const frame = JSON.parse(String(raw)) as Json;
      this.frames.push(frame);
      const refusal = this.refusals.get(frame.t)?.shift();
      if (refusal) return send(connection, { t: "error", re: frame.id, d: refusal });
      if (frame.t === "hello") visitor = this.greet(connection, frame);
      else if (visitor) this.onFrame(connection, visitor, frame);
      else send(connection, { t: "error", re: frame.id, d: { code: "hello_required", grade: "rejected" } });
    });
  }

  private greet(connection: WebSocket, frame: Json): Visitor {
    const { token, cursor } = frame.d as { token: string; cursor: number };
    this.hellos.push(frame.d);
    const visitor = this.visitorOf(token);
    visitor.connections.add(connection);
    const resumed = this.resumes && cursor > 0;
    send(connection, {
      t: "welcome",
      re: frame.id,
      d: {
        protocol: 1,
        server: "0.1.0",
        now: Date.now(),
        resumed,
        cursor: this.seq,
        channel: { name: this.channel.name, colour: this.channel.colour },
        ...(visitor.session ? { session: this.view(visitor) } : {}),
        settings: this.settings,
      },
    });
    if (resumed)
      for (const message of visitor.messages)
        if (message.seq > cursor) send(connection, messageEvent(message));
    return visitor;
  }

  private onFrame(connection: WebSocket, visitor: Visitor, frame: Json): void {
    const answer = (d?: Json): void => {
      if (!this.mute) send(connection, { t: "ok", re: frame.id, ...(d ? { d } : {}) });
    };
    switch (frame.t) {
      case "ping":
        return answer();
      case "session.start":
        this.begin(visitor);
        return answer({ session: this.view(visitor) });
      case "message.send":
        return this.onSend(visitor, frame.d, answer);
      case "session.leave":
        this.end("customer_left", visitor);
        return answer();
      case "mark":
        if (visitor.session && frame.d.read) visitor.session.customer_read = frame.d.read;
        return;
      case "typing":
        visitor.typing.push(frame.d.on);
        return;
      case "page":
        visitor.pages.push(frame.d.url);
        return;
      default:
        send(connection, { t: "error", re: frame.id, d: { code: "unknown_type", grade: "rejected" } });
    }
  }

  private onSend(visitor: Visitor, d: Json, answer: (d: Json) => void): void {
    const known = visitor.byUuid.get(d.uuid);
    if (known) return answer({ seq: known.seq, at: known.at, session: known.session });
    this.begin(visitor);
    const attachment = d.attachment ? this.attachments.get(d.attachment)?.meta : undefined;
    const message = this.append(visitor, { side: "customer", kind: d.kind, text: d.text, uuid: d.uuid, attachment });
    answer({ seq: message.seq, at: message.at, session: message.session });
  }

  private begin(visitor: Visitor): void {
    if (visitor.session) return;
    visitor.session = {
      id: ++this.nextSession,
      state: "flow",
      ahead: -1,
      agent_name: "",
      agent_staff_no: "",
      end_reason: "none",
      agent_delivered: 0,
      agent_read: 0,
      customer_read: 0,
    };
    this.change(visitor, "session_started", {});
    for (const text of this.greeting) this.append(visitor, { side: "flow", kind: "text", text, uuid: randomUUID() });
  }

  private append(visitor: Visitor, content: Json): Json {
    const message = { seq: ++this.seq, at: Date.now(), session: visitor.session?.id ?? this.nextSession, ...content };
    visitor.messages.push(message);
    if (content.uuid) visitor.byUuid.set(content.uuid, message);
    for (let i = 0; i < this.copies; i++) this.broadcast(visitor, messageEvent(message));
    return message;
  }

  private change(visitor: Visitor, kind: string, change: Partial<FakeSession>): void {
    if (!visitor.session) return;
    Object.assign(visitor.session, change);
    this.broadcast(visitor, { t: "event", d: { seq: ++this.seq, at: Date.now(), kind, session: visitor.session.id, view: this.view(visitor) } });
  }

  private view(visitor: Visitor): Json {
    const { id, ...rest } = visitor.session as FakeSession;
    return { session: id, mode: "chat", last_seq: visitor.messages.at(-1)?.seq ?? 0, ...rest };
  }

  private broadcast(visitor: Visitor, frame: Json): void {
    if (this.mute) return;
    for (const connection of visitor.connections) send(connection, frame);
  }

  // ---- HTTP ---------------------------------------------------------------------------------------------------------

  private async onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    if (url.pathname === "/widget/cloudbell.js")
      return void response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(this.widget);
    const page = this.pages.get(url.pathname);
    if (page) return void response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...page.headers }).end(page.body);
    const api = /^\/api\/v1\/widget\/demo(\/.*)?$/.exec(url.pathname);
    if (!api) return void response.writeHead(404).end();
    const path = api[1] ?? "";
    if (!path) return json(response, 200, this.channel);
    const token = /^Visitor ([\w-]{43})$/.exec(request.headers.authorization ?? "")?.[1];
    if (!token) return json(response, 401, { error: { code: "bad_token", grade: "rejected" } });
    const visitor = this.visitorOf(token);
    if (path === "/messages") return this.history(visitor, url, response);
    if (path === "/attachments" && request.method === "POST") return this.receive(visitor, url, request, response);
    const found = this.attachments.get(Number(path.split("/").at(-1)));
    if (!found) return json(response, 404, { error: { code: "not_found", grade: "rejected" } });
    response
      .writeHead(200, { "Content-Type": found.meta.type, "Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff" })
      .end(found.bytes);
  }

  private history(visitor: Visitor, url: URL, response: ServerResponse): void {
    if (this.historyFails > 0) {
      this.historyFails--;
      return json(response, 503, { error: { code: "overloaded", grade: "retry" } });
    }
    const before = Number(url.searchParams.get("before") ?? Infinity) || Infinity;
    const limit = Number(url.searchParams.get("limit") ?? 50);
    const older = visitor.messages.filter((message) => message.seq < before);
    json(response, 200, { messages: older.slice(-limit), more: older.length > limit });
  }

  private async receive(visitor: Visitor, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    await this.uploadGate;
    const bytes = Buffer.concat(parts);
    const kind = url.searchParams.get("kind") ?? "file";
    const limit = kind === "picture" ? this.settings.picture_bytes : this.settings.file_bytes;
    const refusal = this.refusals.get("upload")?.shift();
    if (refusal) return json(response, 400, { error: refusal });
    if (!visitor.session) return json(response, 409, { error: { code: "session_gone", grade: "conflict" } });
    if (bytes.length > limit) return json(response, 413, { error: { code: "file_too_large", grade: "rejected", params: { limit } } });
    const type = request.headers["content-type"] ?? "";
    json(response, 200, { attachment: this.keep(bytes, kind, url.searchParams.get("name") ?? "", type, 0, 0) });
  }

  private keep(bytes: Buffer, kind: string, name: string, type: string, width: number, height: number): Json {
    const meta = { id: this.nextAttachment++, kind, name, type, bytes: bytes.length, width, height };
    this.attachments.set(meta.id, { meta, bytes });
    return meta;
  }

  private listen(): Promise<void> {
    return new Promise((resolve) =>
      this.http.listen(this.port, "127.0.0.1", () => {
        this.port = (this.http.address() as AddressInfo).port;
        resolve();
      }),
    );
  }
}

const messageEvent = (message: Json): Json => ({
  t: "event",
  d: { seq: message.seq, at: message.at, kind: "message", session: message.session, message },
});

function send(connection: WebSocket, frame: Json): void {
  if (connection.readyState === connection.OPEN) connection.send(JSON.stringify(frame));
}

function json(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function widgetPath(): string {
  const path = process.env.CLOUDBELL_WIDGET;
  if (!path) throw new Error("CLOUDBELL_WIDGET names the bundled widget");
  return path;
}
