// One Chromium per test file, a fresh context per test.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { FakeServer } from "./fake_server.js";

const kFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CLOUDBELL_CHROMIUM || "/usr/bin/chromium", args: kFlags });
}

/** The widget as its visitor finds it. Locators reach into its shadow root. */
export class Widget {
  constructor(readonly page: Page) {}

  get bubble(): Locator {
    return this.page.locator("cloudbell-widget .bubble");
  }
  get badge(): Locator {
    return this.page.locator("cloudbell-widget .badge");
  }
  get panel(): Locator {
    return this.page.locator("cloudbell-widget .panel");
  }
  get input(): Locator {
    return this.page.locator("cloudbell-widget textarea");
  }
  get rows(): Locator {
    return this.page.locator("cloudbell-widget .rows .row");
  }
  get scroller(): Locator {
    return this.page.locator("cloudbell-widget .scroller");
  }
  get queue(): Locator {
    return this.page.locator("cloudbell-widget .strip.queue");
  }
  get link(): Locator {
    return this.page.locator("cloudbell-widget .strip.link-state");
  }
  get title(): Locator {
    return this.page.locator("cloudbell-widget .title");
  }
  get subtitle(): Locator {
    return this.page.locator("cloudbell-widget .subtitle");
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  async open(): Promise<void> {
    await this.bubble.click();
    await this.panel.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** The row whose text has this in it. */
  row(text: string): Locator {
    return this.rows.filter({ has: this.page.locator(".bubble-text").filter({ hasText: text }) });
  }

  /** The visitor's own row with this text, stored by the server. */
  sent(text: string): Locator {
    return this.row(text).and(this.page.locator(".sent, .delivered, .read"));
  }

  /** What the transcript shows, without the names for screen readers. */
  texts(): Promise<string[]> {
    return this.rows
      .locator(".bubble-text")
      .evaluateAll((elements) =>
        elements.map((element) =>
          [...element.childNodes]
            .filter((node) => !(node instanceof Element && node.classList.contains("sr")))
            .map((node) => node.textContent)
            .join(""),
        ),
      );
  }
}

export interface Stage {
  server: FakeServer;
  context: BrowserContext;
  page: Page;
  widget: Widget;
  /** Errors of the page that nobody caught. */
  errors: string[];
}

/** Runs `act` on a page with the widget; fails when the page threw. */
export async function onStage(
  browser: Browser,
  options: BrowserContextOptions & { prepare?: (server: FakeServer) => void; path?: string },
  act: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { prepare, path = "/", ...contextOptions } = options;
  const server = await FakeServer.start();
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, ...contextOptions });
  try {
    server.addPage("/", server.scriptTag, "<main><h1>Shop</h1><p>Hello</p></main>");
    prepare?.(server);
    const page = await context.newPage();
    const errors = watch(page);
    await page.goto(server.origin + path);
    await act({ server, context, page, widget: new Widget(page), errors });
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
    await server.stop();
  }
}

export function watch(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  return errors;
}

/** Waits until the condition holds; the page and the server move on meanwhile. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, ms = 10000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
