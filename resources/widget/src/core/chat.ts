// The conversation of this visitor: what the page shows, and what the visitor can do. No DOM in here.

import { Http } from "./http.js";
import type { ChannelSettings } from "./http.js";
import { Outbox } from "./outbox.js";
import type { Outgoing } from "./outbox.js";
import { isObject, kDefaultLimits, kNotConnected, readMessage, readView, retryDelay } from "./protocol.js";
import type { Attachment, Json, Limits, Message, ProtocolError, VisitorView, Welcome } from "./protocol.js";
import { newToken, newUuid } from "./random.js";
import { Socket } from "./socket.js";
import type { Shelf } from "./storage.js";
import { Transcript } from "./transcript.js";
import { inTurn } from "./turn.js";
import { Uploads } from "./uploads.js";

const kPage = 50;
const kTypingLapseMs = 30000;
const kAgainMs = 3000;
const kMostNotices = 20;

/** A session that an agent had served waits again. Said where it happened, as long as this page lives. */
export interface Notice {
  key: string;
  at: number;
  /** The newest message before it. */
  after: number;
  /** As the protocol says it. */
  reason: string;
  agentName: string;
}

export interface ChatOptions {
  /** Scheme and host of the server. */
  base: string;
  /** The channel's key. */
  channel: string;
  locale: string;
  shelf: Shelf;
  /** Called after any change; several changes of one moment may come as one. */
  onChange: () => void;
  /** Messages from the other side that arrived while connected. */
  onIncoming: (message: Message) => void;
  onNotice: (notice: Notice) => void;
}

export class Chat {
  readonly transcript = new Transcript();
  readonly outbox: Outbox;
  readonly http: Http;
  readonly uploads: Uploads;

  settings: ChannelSettings = { name: "", colour: "", mode: "chat", setUp: true };
  limits: Limits = kDefaultLimits;
  view: VisitorView | null = null;
  agentTyping = false;
  /** The newest page is on its way. */
  loading = false;
  loadingOlder = false;
  /** What the server said to the last wish for a session. */
  sessionProblem: ProtocolError | undefined;
  /** A session was asked for and has not come yet. */
  starting = false;
  notices: Notice[] = [];
  /** What the agent has got and read of all conversations: the view tells of the present one only. */
  marks = { delivered: 0, read: 0 };
  /** Sending pauses because the server asked for it. */
  throttled = false;

  private readonly socket: Socket;
  private cursor = 0;
  private readSeq: number;
  private needsHistory = true;
  private historyCursor = 0;
  private sending = false;
  private sendAgain = false;
  private typingTimer = 0;
  private typingSent = 0;
  private changed = false;

  constructor(private readonly options: ChatOptions) {
    const { base, channel, shelf } = options;
    this.outbox = new Outbox(shelf);
    this.http = new Http(base, channel, () => this.token());
    this.uploads = new Uploads(this.http, {
      ready: () => this.ensureSession(),
      stored: (kind, attachment) => this.enqueue(kind, "", attachment),
      changed: () => this.change(),
    });
    this.readSeq = Number(shelf.get("read") ?? 0);
    const [delivered, read] = (shelf.get("marks") ?? "").split(" ");
    this.marks = { delivered: Number(delivered) || 0, read: Number(read) || 0 };
    this.socket = new Socket(
      `${base.replace(/^http/, "ws")}/ws/visitor`,
      () => ({
        channel,
        token: this.token(),
        cursor: this.cursor,
        locale: options.locale,
        page: pageOf(),
      }),
      {
        onPhase: () => this.onPhase(),
        onWelcome: (welcome) => this.onWelcome(welcome),
        onEvent: (d) => this.onEvent(d),
        onTransient: (t, d) => this.onTransient(t, d),
      },
    );
  }

  // ---- for the page -------------------------------------------------------------------------------------------------

  get phase(): Socket["phase"] {
    return this.socket.phase;
  }

  get problem(): ProtocolError | undefined {
    return this.socket.problem;
  }

  get active(): boolean {
    return this.view !== null && this.view.state !== "ended";
  }

  get unread(): number {
    let count = 0;
    for (let i = this.transcript.messages.length - 1; i >= 0; i--) {
      const message = this.transcript.messages[i];
      if (!message || message.seq <= this.readSeq) break;
      if (message.side !== "customer") count++;
    }
    return count;
  }

  /** Messages not acknowledged yet, oldest first. */
  waiting(): Outgoing[] {
    return this.outbox.all().filter((entry) => !this.transcript.has(entry.uuid));
  }

  /** Connects when there is something to hear: an open conversation, or words that still have to go out. */
  async boot(): Promise<void> {
    const known = this.options.shelf.get("token") !== null;
    if (known && (this.options.shelf.get("active") || this.outbox.next())) this.socket.start();
    const answer = await this.http.settings();
    if (answer.ok) this.settings = answer.value;
    else if (answer.error.grade === "rejected") this.sessionProblem = answer.error;
    this.change();
  }

  connect(): void {
    this.socket.start();
  }

  /** Starts a conversation when none is open, now or once connected. */
  start(): void {
    this.sessionProblem = undefined;
    this.starting = true;
    // Whoever this was is unknown to the server now (erased on request): begin as somebody new.
    if (this.problem?.code === "bad_token") {
      for (const key of ["token", "read", "marks"]) this.options.shelf.remove(key);
      this.cursor = this.readSeq = 0;
      this.marks = { delivered: 0, read: 0 };
    }
    this.socket.start();
    if (this.phase === "ready") void this.startNow();
    this.change();
  }

  async leave(): Promise<void> {
    const answer = await this.socket.request("session.leave");
    if (!answer.ok && answer.error.code !== "session_ended" && answer.error.code !== "session_gone")
      this.sessionProblem = answer.error;
    this.change();
  }

  /** Nothing when too many wait already. */
  send(text: string): void {
    if (!this.outbox.full) this.enqueue("text", text);
  }

  /** Sends once more what was refused. */
  retry(uuid: string): void {
    this.outbox.update(uuid, { refusal: undefined });
    this.flush();
    this.change();
  }

  discard(uuid: string): void {
    this.outbox.remove(uuid);
    this.change();
  }

  /** The visitor looks at the newest message. */
  markRead(): void {
    const newest = this.transcript.newest;
    if (newest <= this.readSeq) return;
    this.readSeq = newest;
    this.options.shelf.set("read", String(newest));
    this.socket.tell("mark", { delivered: newest, read: newest });
    this.change();
  }

  /** The view was scrolled to the newest message; whoever shows it decides whether it was seen. */
  scrolledToEnd(): void {
    this.change();
  }

  typing(on: boolean): void {
    const now = Date.now();
    if (!this.active || (on && now - this.typingSent < 3000) || (!on && !this.typingSent)) return;
    this.typingSent = on ? now : 0;
    this.socket.tell("typing", { on });
  }

  async loadOlder(): Promise<void> {
    if (this.loadingOlder || !this.transcript.more || !this.transcript.oldest) return;
    this.loadingOlder = true;
    this.change();
    const answer = await this.http.messages(this.transcript.oldest, kPage);
    if (answer.ok) this.transcript.prepend(answer.value.messages, answer.value.more);
    this.loadingOlder = false;
    this.change();
  }

  pageChanged(): void {
    this.socket.tell("page", pageOf());
  }

  /** Another tab wrote to the shared storage. */
  storageChanged(): void {
    this.readSeq = Math.max(this.readSeq, Number(this.options.shelf.get("read") ?? 0));
    this.flush();
    this.change();
  }

  // ---- from the server ----------------------------------------------------------------------------------------------

  private onPhase(): void {
    if (this.phase === "stopped") this.starting = false;
    if (this.phase === "ready") {
      if (this.starting) void this.startNow();
      this.flush();
      this.uploads.resume();
    } else {
      this.agentTyping = false;
    }
    this.change();
  }

  private onWelcome(welcome: Welcome): void {
    this.limits = welcome.limits;
    if (welcome.channelName) this.settings = { ...this.settings, name: welcome.channelName };
    if (welcome.colour) this.settings = { ...this.settings, colour: welcome.colour };
    if (!welcome.resumed) this.needsHistory = true;
    if (welcome.session) this.setView(welcome.session);
    else if (this.view) this.setView({ ...this.view, state: "ended", ahead: -1 });
    else this.setView(null);
    if (this.needsHistory) {
      this.cursor = Math.max(this.cursor, welcome.cursor);
      void this.fetchNewest(welcome.cursor);
    }
  }

  private onEvent(d: Json): void {
    const seq = typeof d.seq === "number" ? d.seq : 0;
    if (d.kind === "message") {
      const message = readMessage({ seq: d.seq, at: d.at, session: d.session, ...(isObject(d.message) ? d.message : {}) });
      if (message) this.onMessage(message);
    } else {
      const view = readView(d.view);
      if (view) this.setView(d.kind === "session_ended" ? { ...view, state: "ended", ahead: -1 } : view);
      this.sessionProblem = undefined;
      if (d.kind === "session_returned" || d.kind === "session_ended") this.agentTyping = false;
    }
    this.cursor = Math.max(this.cursor, seq);
    this.change();
  }

  private onMessage(message: Message): void {
    if (!this.transcript.add(message)) return;
    this.outbox.remove(message.uuid);
    if (message.side === "customer") return;
    this.agentTyping = message.side === "agent" ? false : this.agentTyping;
    this.socket.tell("mark", { delivered: message.seq });
    this.options.onIncoming(message);
  }

  private onTransient(t: string, d: Json): void {
    if (t === "typing") this.onTyping(d.on === true);
    if (!this.view) return;
    if (t === "position" && this.view.state === "queued")
      this.view = { ...this.view, ahead: typeof d.ahead === "number" ? d.ahead : 0 };
    if (t === "mark") {
      const newest = (value: unknown, old: number): number => Math.max(old, typeof value === "number" ? value : 0);
      this.view = {
        ...this.view,
        agentDelivered: newest(d.delivered, this.view.agentDelivered),
        agentRead: newest(d.read, this.view.agentRead),
      };
      this.keepMarks(this.view);
    }
    this.change();
  }

  private onTyping(on: boolean): void {
    this.agentTyping = on;
    clearTimeout(this.typingTimer);
    // The word that it stopped may get lost with the connection.
    if (on) this.typingTimer = window.setTimeout(() => this.onTyping(false), kTypingLapseMs);
    this.change();
  }

  private setView(view: VisitorView | null): void {
    const before = this.view;
    this.view = view;
    if (view) {
      this.readSeq = Math.max(this.readSeq, view.customerRead);
      this.keepMarks(view);
      if (view.returned && !before?.returned) this.notice(view, before);
    }
    if (this.active) this.options.shelf.set("active", "1");
    else this.options.shelf.remove("active");
  }

  private notice(view: VisitorView, before: VisitorView | null): void {
    const after = Math.max(this.transcript.newest, view.lastSeq);
    const agentName = before?.session === view.session ? before.agentName : "";
    const notice = { key: `n${view.session} ${after} ${Date.now()}`, at: Date.now(), after, reason: view.returned, agentName };
    this.notices = [...this.notices, notice].slice(-kMostNotices);
    this.options.onNotice(notice);
  }

  private keepMarks({ agentDelivered, agentRead }: VisitorView): void {
    const { delivered, read } = this.marks;
    this.marks = { delivered: Math.max(delivered, agentDelivered), read: Math.max(read, agentRead) };
    if (this.marks.delivered !== delivered || this.marks.read !== read)
      this.options.shelf.set("marks", `${this.marks.delivered} ${this.marks.read}`);
  }

  // ---- doing --------------------------------------------------------------------------------------------------------

  private async startNow(): Promise<void> {
    if (this.active) {
      this.starting = false;
      return;
    }
    const answer = await this.socket.request("session.start");
    if (answer.ok) {
      const view = readView(answer.d.session);
      // The event may have been here first and be newer.
      if (view && this.view?.session !== view.session) this.setView(view);
      this.starting = false;
    } else if (answer.error.code !== kNotConnected.code) {
      this.starting = false;
      this.sessionProblem = answer.error;
    }
    this.change();
  }

  /** For uploads, which need an open session. False while there is none. */
  private ensureSession(): boolean {
    if (this.active && this.phase === "ready") return true;
    if (!this.starting) this.start();
    return false;
  }

  /** `cursor`: newer messages come as events. */
  private async fetchNewest(cursor: number): Promise<void> {
    this.historyCursor = cursor;
    if (this.loading) return;
    this.loading = true;
    this.change();
    const answer = await this.http.messages(0, kPage);
    this.loading = false;
    // Connected anew meanwhile: the page may lack what was said in between.
    if (this.historyCursor !== cursor) return this.fetchNewest(this.historyCursor);
    if (answer.ok) {
      this.needsHistory = false;
      this.transcript.replace(answer.value.messages, answer.value.more, cursor);
      for (const entry of this.outbox.all()) if (this.transcript.has(entry.uuid)) this.outbox.remove(entry.uuid);
      this.flush();
    } else if (answer.error.grade !== "rejected") {
      window.setTimeout(() => this.needsHistory && this.phase === "ready" && void this.fetchNewest(cursor), kAgainMs);
    } else {
      this.needsHistory = false;
      this.flush();
    }
    this.change();
  }

  private enqueue(kind: "text" | "picture" | "file", text: string, attachment?: Attachment): void {
    this.token();
    this.typingSent = 0;
    this.outbox.add({ uuid: newUuid(), kind, text, attachment }, Date.now());
    this.socket.start();
    this.flush();
    this.change();
  }

  private flush(): void {
    if (this.phase !== "ready" || this.throttled || !this.outbox.next()) return;
    if (this.sending) {
      this.sendAgain = true;
      return;
    }
    this.sending = true;
    void inTurn(`cloudbell:${this.options.channel}`, this.options.shelf, () => this.sendAll()).finally(() => {
      this.sending = false;
      const again = this.sendAgain;
      this.sendAgain = false;
      if (again) this.flush();
    });
  }

  private async sendAll(): Promise<void> {
    for (let entry = this.outbox.next(); entry && this.phase === "ready"; entry = this.outbox.next()) {
      if (this.transcript.has(entry.uuid)) {
        this.outbox.remove(entry.uuid);
        continue;
      }
      const { uuid, kind, text, attachment } = entry;
      const answer = await this.socket.request("message.send", {
        uuid,
        kind,
        ...(text ? { text } : {}),
        ...(attachment ? { attachment: attachment.id } : {}),
      });
      if (answer.ok) this.stored(entry, answer.d);
      else if (answer.error.grade === "retry") return this.pause(answer.error);
      else this.outbox.update(uuid, { refusal: answer.error });
      this.change();
    }
  }

  private stored(entry: Outgoing, d: Json): void {
    const message = readMessage({ ...entry, side: "customer", seq: d.seq, at: d.at, session: d.session ?? this.view?.session });
    if (message) {
      this.transcript.add(message);
      this.cursor = Math.max(this.cursor, message.seq);
    }
    this.outbox.remove(entry.uuid);
    this.sessionProblem = undefined;
  }

  private pause(error: ProtocolError): void {
    if (error.code === kNotConnected.code) return;
    this.throttled = true;
    window.setTimeout(
      () => {
        this.throttled = false;
        this.flush();
        this.change();
      },
      Math.max(retryDelay(error), kAgainMs),
    );
    this.change();
  }

  /** Made and stored before its first use, so that no lost answer makes two visitors of one. */
  private token(): string {
    const { shelf } = this.options;
    if (!shelf.get("token")) shelf.set("token", newToken());
    return shelf.get("token") ?? "";
  }

  private change(): void {
    if (this.changed) return;
    this.changed = true;
    queueMicrotask(() => {
      this.changed = false;
      this.options.onChange();
    });
  }
}

/** A fragment with values in it is left out: some sign-ins return their tokens there. */
const pageOf = (): { url: string; title: string } => ({
  url: location.href.replace(/#[^#]*=.*$/, "").slice(0, 2000),
  title: document.title.slice(0, 200),
});
