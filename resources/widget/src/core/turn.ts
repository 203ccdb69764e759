// One tab at a time sends from the outbox.

import type { Shelf } from "./storage.js";

const kLeaseMs = 10000;
const kAgainMs = 1000;

/**
 * Runs `work` while no other tab of this site does. Web Locks where the page has them (https); otherwise a lease in the
 * shared storage, which is enough because the server drops repeats of a uuid anyway.
 */
export async function inTurn(name: string, shelf: Shelf, work: () => Promise<void>): Promise<void> {
  if (typeof navigator.locks === "object") {
    try {
      let started = false;
      await navigator.locks.request(name, () => ((started = true), work()));
      if (started) return;
    } catch (error) {
      // Sandboxed frames have the interface and refuse its use.
      if (!(error instanceof DOMException)) throw error;
    }
  }
  await leased(shelf, work);
}

async function leased(shelf: Shelf, work: () => Promise<void>): Promise<void> {
  const mine = String(Math.random());
  const write = (): void => shelf.set("lease", `${Date.now() + kLeaseMs} ${mine}`);
  for (;;) {
    const [until, owner] = (shelf.get("lease") ?? "").split(" ");
    if (!owner || owner === mine || Number(until) < Date.now()) break;
    await new Promise((resolve) => setTimeout(resolve, kAgainMs));
  }
  write();
  const renewal = setInterval(write, kLeaseMs / 3);
  try {
    await work();
  } finally {
    clearInterval(renewal);
    shelf.remove("lease");
  }
}
