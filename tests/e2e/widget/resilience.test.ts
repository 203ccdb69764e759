// Lost connections, reloads, two tabs, a server that dies: nothing lost, nothing doubled, everything in order.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch, onStage, until, watch, Widget } from "./support/browser.js";
import type { FakeServer } from "./support/fake_server.js";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

const fromCustomer = (server: FakeServer): string[] =>
  server.only.messages.filter((message) => message.side === "customer").map((message) => message.text);

/** Every text of the server stands in the page once, in its order. */
async function sameAsServer(server: FakeServer, widget: Widget): Promise<void> {
  const expected = server.only.messages.map((message) => message.text);
  await until(async () => JSON.stringify(await widget.texts()) === JSON.stringify(expected), `page = ${JSON.stringify(expected)}`);
}

test("cut in the middle: what was missed comes, what was written goes, once", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.accepting = false;
    server.cut();
    await widget.link.getByText("Reconnecting…").waitFor();
    server.says("said meanwhile");
    await widget.say("alpha");
    await widget.say("beta");
    await widget.row("beta").locator(".tick.waiting").waitFor();
    server.accepting = true;
    await widget.sent("beta").waitFor();
    await sameAsServer(server, widget);
    assert.deepEqual(fromCustomer(server), ["alpha", "beta"]);
    assert.ok((server.hellos.at(-1)?.cursor ?? 0) > 0, "resumed by cursor");
    await widget.link.waitFor({ state: "hidden" });
  }));

test("the answer is lost: the same uuid goes again, stored once", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.mute = true;
    await widget.say("only once");
    await until(() => fromCustomer(server).length === 1, "stored without an answer");
    server.mute = false;
    server.cut();
    await widget.sent("only once").waitFor();
    await sameAsServer(server, widget);
    assert.deepEqual(fromCustomer(server), ["only once"]);
    const uuids = server.frames.filter((frame) => frame.t === "message.send").map((frame) => frame.d.uuid);
    assert.equal(new Set(uuids).size, 1);
  }));

test("the answer is lost and the session ends meanwhile: no second session from a repeat", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.mute = true;
    await widget.say("last words");
    await until(() => fromCustomer(server).length === 1, "stored");
    server.accepting = false;
    server.cut();
    await widget.link.getByText("Reconnecting…").waitFor();
    server.end("agent_ended");
    server.mute = false;
    server.accepting = true;
    await widget.button("Start a new conversation").waitFor();
    await sameAsServer(server, widget);
    assert.equal(server.only.session, undefined);
  }));

test("events that come twice are shown once", () =>
  onStage(browser, { prepare: (server) => void (server.copies = 3) }, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.say("question");
    await widget.sent("question").waitFor();
    server.says("answer");
    await widget.row("answer").waitFor();
    await sameAsServer(server, widget);
  }));

test("no resume: the transcript is fetched anew, even when the first try fails", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.say("before");
    await widget.sent("before").waitFor();
    server.resumes = false;
    server.historyFails = 1;
    server.accepting = false;
    server.cut();
    await widget.link.waitFor();
    server.says("missed");
    server.accepting = true;
    await widget.row("missed").waitFor();
    await sameAsServer(server, widget);
  }));

test("the server dies and comes back", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await server.crash();
    await widget.link.waitFor();
    for (const text of ["one", "two", "three"]) await widget.say(text);
    await server.restart();
    await widget.sent("three").waitFor({ timeout: 20000 });
    assert.deepEqual(fromCustomer(server), ["one", "two", "three"]);
    await sameAsServer(server, widget);
  }));

test("reload while offline: unsent words, draft and open panel are still there", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.accepting = false;
    server.cut();
    await widget.link.waitFor();
    await widget.say("kept 1");
    await widget.say("kept 2");
    await widget.input.fill("half a sent");
    await page.reload();
    await widget.panel.waitFor();
    await widget.row("kept 2").waitFor();
    assert.equal(await widget.input.inputValue(), "half a sent");
    assert.deepEqual(fromCustomer(server), []);
    server.accepting = true;
    await widget.sent("kept 2").waitFor({ timeout: 20000 });
    assert.deepEqual(fromCustomer(server), ["kept 1", "kept 2"]);
    await sameAsServer(server, widget);
  }));

test("navigation to another page of the site keeps the conversation", () =>
  onStage(
    browser,
    { prepare: (server) => server.addPage("/basket", server.scriptTag, "<main><h1>Basket</h1></main>") },
    async ({ server, widget, page }) => {
      await widget.open();
      await widget.row("转人工").waitFor();
      await widget.input.fill("draft");
      await page.goto(`${server.origin}/basket`);
      await widget.panel.waitFor();
      await sameAsServer(server, widget);
      assert.equal(await widget.input.inputValue(), "draft");
      assert.notEqual(await page.evaluate(() => document.activeElement?.localName), "cloudbell-widget", "without taking the focus");
      assert.ok(server.hellos.at(-1)?.page.url.endsWith("/basket"));
      assert.equal(server.visitors.size, 1);
      await widget.button("Close chat").click();
      await page.reload();
      await widget.bubble.waitFor();
      assert.ok(await widget.panel.isHidden());
    },
  ));

test("two tabs: one visitor, both show everything, one sends", () =>
  onStage(browser, {}, async ({ server, widget, page, context }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    const second = await context.newPage();
    const errors = watch(second);
    await second.goto(server.origin);
    const other = new Widget(second);
    await other.open();
    await other.row("转人工").waitFor();
    assert.equal(server.visitors.size, 1);
    server.accepting = false;
    server.cut();
    await widget.link.waitFor();
    await other.link.waitFor();
    await widget.say("from the first");
    await other.say("from the second");
    await other.row("from the first").waitFor();
    await widget.row("from the second").waitFor();
    server.accepting = true;
    await widget.sent("from the second").waitFor({ timeout: 20000 });
    await other.sent("from the first").waitFor({ timeout: 20000 });
    await sameAsServer(server, widget);
    await sameAsServer(server, other);
    assert.deepEqual(fromCustomer(server), ["from the first", "from the second"]);
    const sends = server.frames.filter((frame) => frame.t === "message.send");
    assert.equal(sends.length, 2, "each went out once");
    assert.deepEqual(errors, []);
    await page.bringToFront();
  }));

test("many cuts while both sides talk", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    const rounds = process.env.CLOUDBELL_FULL === "1" ? 40 : 6;
    const said: string[] = [];
    for (let i = 0; i < rounds; i++) {
      said.push(`c${i}`);
      await widget.say(`c${i}`);
      if (i % 2) server.mute = true;
      server.cut([undefined, 1001, 1013, 4008][i % 4]);
      server.says(`s${i}`);
      server.mute = false;
      server.resumes = i % 3 !== 0;
    }
    await until(() => fromCustomer(server).length >= rounds, "all arrived", 60000);
    assert.deepEqual(fromCustomer(server), said);
    // Where nothing was resumed the page begins with the newest fifty; what is older comes by scrolling up.
    const all = server.only.messages.map((message) => message.text);
    await until(async () => {
      const shown = await widget.texts();
      return shown.length >= Math.min(all.length, 50) && JSON.stringify(shown) === JSON.stringify(all.slice(-shown.length));
    }, `page ends as ${JSON.stringify(all)}`);
  }));
