// Calls the visitor back: a short tone, and the page's title while the page is hidden.

import type { Shelf } from "../core/storage.js";

export class Attention {
  muted: boolean;
  private audio: AudioContext | undefined;
  private lastTone = 0;
  private flash = 0;
  private title = "";
  private flashed = "";

  constructor(private readonly shelf: Shelf) {
    this.muted = shelf.get("muted") === "1";
    // Browsers let a page sound only after somebody touched it.
    const unlock = (): void => this.unlock();
    addEventListener("pointerdown", unlock, { once: true, passive: true });
    addEventListener("keydown", unlock, { once: true, passive: true });
    document.addEventListener("visibilitychange", () => document.hidden || this.stopFlash());
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    if (muted) this.shelf.set("muted", "1");
    else this.shelf.remove("muted");
  }

  /** One tone per message over all tabs, at most one a second. */
  sound(seq: number): void {
    const now = Date.now();
    if (this.muted || !this.audio || now - this.lastTone < 1000 || Number(this.shelf.get("sounded") ?? 0) >= seq) return;
    this.lastTone = now;
    this.shelf.set("sounded", String(seq));
    this.tone(880, 0);
    this.tone(1175, 0.09);
  }

  flashTitle(text: string): void {
    if (!document.hidden || this.flash) return;
    this.title = document.title;
    this.flashed = text;
    document.title = text;
    this.flash = window.setInterval(() => {
      document.title = document.title === this.flashed ? this.title : this.flashed;
    }, 1200);
  }

  private stopFlash(): void {
    if (!this.flash) return;
    clearInterval(this.flash);
    this.flash = 0;
    // A title the page has set meanwhile is its own.
    if (document.title === this.flashed) document.title = this.title;
  }

  private unlock(): void {
    try {
      this.audio ??= new AudioContext();
      void this.audio.resume();
    } catch {
      // No sound card, or no permission: the badge is enough.
    }
  }

  private tone(hertz: number, after: number): void {
    const audio = this.audio;
    if (!audio) return;
    const start = audio.currentTime + after;
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(0.06, start + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = hertz;
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.18);
  }
}
