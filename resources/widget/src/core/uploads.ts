// Files on their way to the server. They live in this page only: an upload cut off by leaving the page is gone, and the
// page asks before it lets that happen.

import type { Http, Upload } from "./http.js";
import { kNotConnected } from "./protocol.js";
import type { Attachment, ProtocolError } from "./protocol.js";

export interface Uploading {
  key: string;
  at: number;
  file: Blob;
  name: string;
  kind: "picture" | "file";
  /** 0 … 1 */
  progress: number;
  problem?: ProtocolError;
}

/** At once, those that failed included. */
export const kMostUploads = 10;

export interface UploadPort {
  /** True when a session is open and the server within reach; otherwise starts one and `resume` will be called. */
  ready(): boolean;
  stored(kind: "picture" | "file", attachment: Attachment): void;
  changed(): void;
}

export class Uploads {
  private readonly entries: Uploading[] = [];
  private running: { entry: Uploading; upload: Upload } | undefined;
  private readonly blobs = new Map<number, Blob>();
  private made = 0;

  constructor(
    private readonly http: Http,
    private readonly port: UploadPort,
  ) {}

  get list(): readonly Uploading[] {
    return this.entries;
  }

  /** How many more may be added. */
  get room(): number {
    return Math.max(0, kMostUploads - this.entries.length);
  }

  /** Bytes this page sent itself: nothing to fetch again. */
  blobOf(attachment: number): Blob | undefined {
    return this.blobs.get(attachment);
  }

  add(file: Blob, name: string, kind: "picture" | "file"): void {
    if (!this.room) return;
    this.entries.push({ key: `up${++this.made}`, at: Date.now(), file, name, kind, progress: 0 });
    this.resume();
    this.port.changed();
  }

  retry(key: string): void {
    const entry = this.find(key);
    if (entry) entry.problem = undefined;
    this.resume();
    this.port.changed();
  }

  remove(key: string): void {
    const index = this.entries.findIndex((entry) => entry.key === key);
    if (index < 0) return;
    const [entry] = this.entries.splice(index, 1);
    if (this.running && this.running.entry === entry) this.running.upload.abort();
    this.port.changed();
  }

  /** One at a time, in order. */
  resume(): void {
    const entry = this.entries.find((candidate) => !candidate.problem);
    if (!entry || this.running || !this.port.ready()) return;
    entry.progress = 0;
    const upload = this.http.upload(entry.file, entry.name, entry.kind, (part) => {
      entry.progress = part;
      this.port.changed();
    });
    this.running = { entry, upload };
    void this.finish(entry, upload);
  }

  private async finish(entry: Uploading, upload: Upload): Promise<void> {
    const outcome = await upload.done;
    this.running = undefined;
    const index = this.entries.indexOf(entry);
    if (index >= 0) {
      if (outcome.ok) {
        this.entries.splice(index, 1);
        this.blobs.set(outcome.value.id, entry.file);
        this.port.stored(entry.kind, outcome.value);
      } else if (outcome.error.code !== kNotConnected.code || this.port.ready()) {
        entry.problem = outcome.error;
      }
      // Otherwise the connection is gone as a whole: it goes again when that is back.
    }
    this.port.changed();
    this.resume();
  }

  private find(key: string): Uploading | undefined {
    return this.entries.find((entry) => entry.key === key);
  }
}
