// The widget behind a network that delays, cuts off at any byte, resets and falls silent; the real server and an agent
// at the other end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { Agent, demoFlow, signIn } from "./support/agent.js";
import type { DemoFlow } from "./support/agent.js";
import { launch, until, watch, Widget } from "./support/browser.js";
import { history, reachAgent } from "./support/conversation.js";
import { FaultProxy, seeded } from "./support/fault_proxy.js";
import { RealServer } from "./support/real_server.js";

const kPatienceMs = 25000;

const server = new RealServer(process.env.CLOUDBELL_SERVER_PROGRAM ?? assert.fail("CLOUDBELL_SERVER_PROGRAM"));
const random = seeded(20261122);
let browser: Browser;
let proxy: FaultProxy;
let flow: DemoFlow;
let agent: Agent;

before(async () => {
  browser = await launch();
  await server.start();
  proxy = await FaultProxy.start(Number(new URL(server.origin).port));
  flow = await demoFlow(server.origin, await signIn(server.origin, "admin@demo.test"));
  agent = new Agent(server.origin, await signIn(server.origin, "agent1@demo.test"));
  await agent.connect();
  await agent.goOnline();
});
after(async () => {
  agent?.close();
  await browser.close();
  await proxy?.stop();
  await server.remove();
});

/** One conversation and what was said in it. The customer is behind the proxy, the agent is not. */
class Talk {
  readonly said: string[] = [];
  readonly answered: string[] = [];

  constructor(
    readonly page: Page,
    readonly widget: Widget,
    readonly session: number,
  ) {}

  /** Each side a line, however the network is. Long ones, so that few of them fill a connection. */
  async bothSpeak(): Promise<void> {
    const number = String(this.said.length).padStart(2, "0");
    this.said.push(`customer-${number} ${"tea ".repeat(150)}.`);
    this.answered.push(`agent-${number} ${"cup ".repeat(150)}.`);
    await this.widget.say(this.said.at(-1) ?? "");
    await agent.say(this.session, this.answered.at(-1) ?? "");
  }

  /** On the customer's page. */
  async shown(side: "customer" | "agent"): Promise<string[]> {
    return (await this.widget.texts()).filter((text) => text.startsWith(`${side}-`));
  }

  heard(): string[] {
    return agent.fromCustomer(this.session).filter((text) => text.startsWith("customer-"));
  }

  async answerIsShown(): Promise<void> {
    await until(async () => (await this.shown("agent")).length >= this.answered.length, "the agent's line is shown", kPatienceMs);
  }

  /** Both sides and the server have everything, once and in order. */
  async isWhole(): Promise<void> {
    await this.answerIsShown();
    await until(() => this.heard().length >= this.said.length, "the customer's lines reached the agent", kPatienceMs);
    const waiting = this.page.locator("cloudbell-widget .row.waiting, cloudbell-widget .row.sending");
    await waiting.first().waitFor({ state: "detached", timeout: kPatienceMs });
    assert.deepEqual(await this.shown("agent"), this.answered);
    assert.deepEqual(await this.shown("customer"), this.said);
    assert.deepEqual(this.heard(), this.said);
    const kept = await history(agent, this.session);
    assert.deepEqual(kept.filter((text) => text.startsWith("customer-")), this.said);
  }
}

async function converse(act: (talk: Talk) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const errors = watch(page);
    await page.goto(`${proxy.origin}/demo?lang=zh`);
    const widget = new Widget(page);
    const session = await reachAgent(widget, flow, agent);
    await act(new Talk(page, widget, session));
    await agent.end(session);
    await widget.button("开始新的咨询").waitFor();
    assert.deepEqual(errors, []);
  } finally {
    proxy.heal();
    await context.close();
  }
}

test("a slow network, and resets while words are on their way", () =>
  converse(async (talk) => {
    proxy.delayMs = 120;
    for (let i = 0; i < 3; i++) await talk.bothSpeak();
    await talk.isWhole();
    for (let i = 0; i < 3; i++) {
      await talk.bothSpeak();
      await pause(random() * 250);
      proxy.endAll("reset");
      await talk.bothSpeak();
      await talk.isWhole();
    }
  }));

test("connections that end at any byte: of the request, the hello, the welcome, a message, an event", () =>
  converse(async (talk) => {
    // Every second one lives until some lines have passed.
    for (const least of [1, 3500, 400, 4500, 1000, 6000])
      proxy.cuts.push({ after: least + Math.floor(random() * 500), end: random() < 0.5 ? "reset" : "close" });
    const planned = proxy.cuts.length;
    proxy.endAll("close");
    for (let i = 0; i < 16 && proxy.cutsMade < planned; i++) {
      await talk.bothSpeak();
      await talk.answerIsShown();
    }
    await talk.isWhole();
    assert.equal(proxy.cutsMade, planned);
  }));

test("silence: a short one, one that ends in a reset, one that never ends", () =>
  converse(async (talk) => {
    proxy.hold("all");
    for (let i = 0; i < 2; i++) await talk.bothSpeak();
    await pause(500);
    assert.deepEqual([talk.heard(), await talk.shown("agent")], [[], []]);
    proxy.release();
    await talk.isWhole();
    assert.ok(await talk.widget.link.isHidden(), "nobody was told of trouble");

    proxy.hold("all");
    await talk.bothSpeak();
    await pause(random() * 300);
    proxy.endAll("reset");
    await talk.bothSpeak();
    proxy.release();
    await talk.isWhole();

    // The way that this connection took is gone. The browser is told of a change, so it looks whether its line lives.
    proxy.hold("present");
    await talk.bothSpeak();
    await talk.page.evaluate(() => window.dispatchEvent(new Event("offline")));
    await talk.isWhole();
  }));
