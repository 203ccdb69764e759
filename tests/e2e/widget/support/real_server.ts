// cloudbell-server as a child process, on loopback and a free port, in a data directory of its own.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

export class RealServer {
  private readonly data = mkdtempSync(join(tmpdir(), "cloudbell-widget-"));
  private child: ChildProcess | undefined;
  private port = 0;

  constructor(private readonly program: string) {}

  get folder(): string {
    return join(this.data, "server");
  }
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Again on the same port after the first time. */
  async start(): Promise<void> {
    const words = ["--data", this.folder, "--listen", `127.0.0.1:${this.port}`, "--demo"];
    const child = spawn(this.program, words, { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    let text = "";
    child.stderr?.on("data", (part) => (text += part));
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no line within 30 s: ${text}`)), 30000);
      child.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
      child.stdout?.on("data", (part) => {
        text += part;
        const found = /listening on \S*:(\d+)/.exec(text);
        if (!found) return;
        clearTimeout(late);
        this.port = Number(found[1]);
        resolve();
      });
    });
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
