// Entry point: reads the script tag and starts one widget, however often the page includes it.

import { chooseLang } from "./core/i18n.js";
import { Widget } from "./ui/widget.js";

declare global {
  interface Window {
    /** For the page: buttons of its own that open the chat. */
    Cloudbell?: { open(): void; close(): void; toggle(): void };
  }
}

function start(script: HTMLScriptElement): void {
  const channel = script.dataset.channel;
  if (!channel) {
    console.warn("Cloudbell: the script tag needs data-channel.");
    return;
  }
  const widget = new Widget({
    base: new URL(script.src, location.href).origin,
    channel,
    lang: chooseLang([script.dataset.lang, document.documentElement.lang, ...navigator.languages]),
    side: script.dataset.side === "left" ? "left" : "right",
  });
  window.Cloudbell = { open: () => widget.open(), close: () => widget.close(), toggle: () => widget.toggle() };
  // With `async`, or in the head without `defer`, there is no body yet.
  if (document.body) widget.mount();
  else addEventListener("DOMContentLoaded", () => widget.mount());
}

const script = document.currentScript;
if (!window.Cloudbell && script instanceof HTMLScriptElement) start(script);
