// The widget on other people's pages: their styles, their policies, their storage, twice, and for everybody.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { violations } from "./support/axe.js";
import { launch, onStage, until } from "./support/browser.js";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

for (const colorScheme of ["light", "dark"] as const)
  for (const phone of [false, true])
    test(`axe finds nothing: ${colorScheme}, ${phone ? "phone" : "desktop"}`, () =>
      onStage(
        browser,
        {
          colorScheme,
          reducedMotion: "reduce",
          viewport: phone ? { width: 390, height: 780 } : { width: 1280, height: 800 },
          // Middling colours are the hard ones.
          prepare: (server) => void (server.channel.colour = phone ? "#E8702A" : "#0B6E6E"),
        },
        async ({ server, widget, page }) => {
          const clean = async (state: string): Promise<void> => assert.deepEqual(await violations(page), [], state);
          await clean("closed");
          server.refuse("session.start", { code: "not_set_up", grade: "rejected" });
          await widget.open();
          await page.getByText("not set up").waitFor();
          await clean("not set up");
          await widget.button("Try again").click();
          await widget.row("转人工").waitFor();
          await clean("greeted");
          server.queue(2);
          await widget.queue.waitFor();
          await clean("queued");
          server.assign("阿狸", "000010");
          server.says("https://shop.example is the address");
          server.sendsFile("a.pdf", Buffer.from("%PDF"));
          server.types(true);
          server.refuse("message.send", { code: "bad_text", grade: "rejected" });
          await widget.say("refused");
          await widget.row("refused").getByText("Not sent.").waitFor();
          await clean("serving");
          await widget.button("Emoji").click();
          await clean("emoji");
          await page.keyboard.press("Escape");
          await page
            .locator("cloudbell-widget input[type=file]")
            .setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
          await page.locator("cloudbell-widget .chip").waitFor();
          await clean("a file chosen");
          await widget.button("End conversation").click();
          await clean("asking");
          server.end("agent_ended");
          await widget.button("Start a new conversation").waitFor();
          await clean("ended");
        },
      ));

test("keyboard only: open, write, walk, close; the focus comes back", () =>
  onStage(browser, {}, async ({ widget, page, server }) => {
    await widget.bubble.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await widget.row("转人工").waitFor();
    await page.keyboard.type("by keyboard");
    await page.keyboard.press("Enter");
    await until(() => server.only.messages.at(-1)?.text === "by keyboard", "sent");
    await page.keyboard.press("Escape");
    await widget.panel.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.querySelector("cloudbell-widget")?.shadowRoot?.activeElement?.className), "bubble");
  }));

test("on a phone the panel fills the page and keeps the focus", () =>
  onStage(browser, { viewport: { width: 390, height: 780 } }, async ({ widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.panel.evaluate((panel) => Promise.all(panel.getAnimations().map((motion) => motion.finished)));
    assert.deepEqual(await widget.panel.boundingBox(), { x: 0, y: 0, width: 390, height: 780 });
    assert.equal(await widget.panel.getAttribute("aria-modal"), "true");
    for (let i = 0; i < 15; i++) {
      await page.keyboard.press("Tab");
      assert.ok(
        await page.evaluate(() => {
          const root = document.querySelector("cloudbell-widget")?.shadowRoot;
          return root?.querySelector(".panel")?.contains(root.activeElement) ?? false;
        }),
        `after ${i + 1} tabs`,
      );
    }
  }));

test("400 % zoom: everything can be reached, nothing is cut off sideways", () =>
  onStage(browser, { viewport: { width: 320, height: 256 } }, async ({ widget, page, server }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.say("zoomed");
    await until(() => server.only.messages.at(-1)?.text === "zoomed", "sent");
    const wide = await widget.panel.evaluate((panel) => panel.scrollWidth > panel.clientWidth);
    assert.equal(wide, false);
    await widget.button("Send").scrollIntoViewIfNeeded();
    const box = await widget.button("Send").boundingBox();
    assert.ok(box && box.y + box.height <= 256 && box.x + box.width <= 320);
    assert.deepEqual(await violations(page), []);
  }));

test("a strict policy: no inline style or script, no foreign source", () =>
  onStage(
    browser,
    {
      path: "/strict",
      prepare: (server) =>
        server.addPage("/strict", server.scriptTag, "<main>strict</main>", {
          "Content-Security-Policy": `default-src 'none'; script-src ${server.origin}; connect-src ${server.origin} ${server.origin.replace("http", "ws")}; img-src blob:; form-action 'none'; require-trusted-types-for 'script'`,
        }),
    },
    async ({ widget, page, server }) => {
      const complaints: string[] = [];
      page.on("console", (message) => /Content Security Policy|TrustedHTML/i.test(message.text()) && complaints.push(message.text()));
      await widget.open();
      await widget.row("转人工").waitFor();
      await widget.say("ok");
      await widget.sent("ok").waitFor();
      server.says("😀");
      await widget.row("😀").waitFor();
      await widget.button("Emoji").click();
      assert.deepEqual(complaints, []);
      assert.equal(await widget.bubble.evaluate((element) => getComputedStyle(element).position), "fixed");
    },
  ));

test("hostile page styles do not reach it, and it moves nothing on the page", () =>
  onStage(
    browser,
    {
      path: "/hostile",
      prepare: (server) => {
        const css = `* { color: red !important; font: 40px serif !important; display: block; text-transform: uppercase; letter-spacing: 9px }
          button { background: lime !important; width: 500px !important } body { display: grid; gap: 50px; line-height: 4 }
          cloudbell-widget, body > * { transform: rotate(5deg); opacity: .3; padding: 80px; position: static; visibility: hidden }`;
        server.addPage("/hostile", `<style>${css}</style>${server.scriptTag}`, "<main>hostile</main><footer>end</footer>");
      },
    },
    async ({ widget, page }) => {
      const size = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      await widget.bubble.waitFor();
      const before = await size();
      const box = await widget.bubble.boundingBox();
      await widget.open();
      await widget.row("转人工").waitFor();
      assert.deepEqual(await size(), before, "no layout shift");
      assert.deepEqual([box?.width, box?.height], [56, 56]);
      const style = await widget.input.evaluate((element) => {
        const { color, fontSize, textTransform, letterSpacing } = getComputedStyle(element);
        return [color, fontSize, textTransform, letterSpacing];
      });
      assert.deepEqual(style, ["rgb(27, 31, 36)", "14px", "none", "normal"]);
      const host = await page.evaluate(() => {
        const { transform, opacity, visibility, position } = getComputedStyle(document.querySelector("cloudbell-widget")!);
        return [transform, opacity, visibility, position];
      });
      assert.deepEqual(host, ["none", "1", "visible", "fixed"]);
    },
  ));

test("included twice: one widget, one visitor, one connection", () =>
  onStage(
    browser,
    { path: "/twice", prepare: (server) => server.addPage("/twice", server.scriptTag + server.scriptTag, "<main>twice</main>") },
    async ({ widget, page, server }) => {
      await widget.open();
      await widget.row("转人工").waitFor();
      assert.equal(await page.locator("cloudbell-widget").count(), 1);
      assert.equal(server.hellos.length, 1);
    },
  ));

test("blocked storage: it works as long as the page lives", () =>
  onStage(
    browser,
    {
      path: "/blocked",
      prepare: (server) => {
        const block = `<script>for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });</script>`;
        server.addPage("/blocked", block + server.scriptTag, "<main>blocked</main>");
      },
    },
    async ({ widget, server }) => {
      await widget.open();
      await widget.row("转人工").waitFor();
      await widget.say("in memory");
      await widget.sent("in memory").waitFor();
      server.cut();
      server.says("still here");
      await widget.row("still here").waitFor();
      assert.equal(server.visitors.size, 1);
    },
  ));

test("asks nobody but its server", () =>
  onStage(browser, {}, async ({ widget, page, server }) => {
    const foreign: string[] = [];
    page.on("request", (request) => !/^(blob|data):/.test(request.url()) && !request.url().startsWith(server.origin) && foreign.push(request.url()));
    await page.reload();
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.button("Emoji").click();
    assert.deepEqual(foreign, []);
  }));

test("hidden page: the title calls, and is given back", () =>
  onStage(browser, {}, async ({ widget, page, server }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    const pretend = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await pretend(true);
    const read = server.only.session?.customer_read;
    server.says("are you there?");
    await until(async () => (await page.title()) === "New message", "title");
    assert.equal(server.only.session?.customer_read, read, "a hidden page reads nothing");
    await pretend(false);
    assert.equal(await page.title(), "Shop");
    await until(() => server.only.session?.customer_read === server.only.messages.at(-1)?.seq, "read now");
  }));

test("sound is one short tone, once for all, and can be switched off for good", () =>
  onStage(
    browser,
    {
      path: "/sound",
      prepare: (server) => {
        const count = `<script>window.tones = 0; const start = OscillatorNode.prototype.start;
          OscillatorNode.prototype.start = function (...a) { window.tones++; return start.apply(this, a); };</script>`;
        server.addPage("/sound", count + server.scriptTag, "<main>sound</main>");
      },
    },
    async ({ widget, page, server }) => {
      await widget.open();
      await widget.row("转人工").waitFor();
      const tones = () => page.evaluate(() => (window as any).tones as number);
      const before = await tones();
      server.says("ping");
      await until(async () => (await tones()) > before, "a tone");
      await widget.button(/Sound is on/).click();
      const muted = await tones();
      server.says("pong");
      await widget.row("pong").waitFor();
      assert.equal(await tones(), muted);
      await page.reload();
      await widget.button(/Sound is off/).waitFor();
    },
  ));
