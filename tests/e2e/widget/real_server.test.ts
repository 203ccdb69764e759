// The widget on the demo shop of the real server, with an agent on the other side.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Agent, demoFlow, signIn } from "./support/agent.js";
import type { DemoFlow } from "./support/agent.js";
import { launch, until, watch, Widget } from "./support/browser.js";
import { history, reachAgent } from "./support/conversation.js";
import { png } from "./support/pictures.js";
import { RealServer } from "./support/real_server.js";

const server = new RealServer(process.env.CLOUDBELL_SERVER_PROGRAM ?? assert.fail("CLOUDBELL_SERVER_PROGRAM"));
let browser: Browser;
let flow: DemoFlow;
let agent: Agent;

before(async () => {
  browser = await launch();
  await server.start();
  flow = await demoFlow(server.origin, await signIn(server.origin, "admin@demo.test"));
  agent = new Agent(server.origin, await signIn(server.origin, "agent1@demo.test"));
  await agent.connect();
  await agent.goOnline();
});
after(async () => {
  agent?.close();
  await browser.close();
  await server.remove();
});

async function visit(act: (page: Page, widget: Widget, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const errors = watch(page);
    await page.goto(`${server.origin}/demo?lang=zh`);
    await act(page, new Widget(page), context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const pictures = (page: Page) =>
  page.waitForFunction(
    (count) => {
      const images = [...(document.querySelector("cloudbell-widget")?.shadowRoot?.querySelectorAll<HTMLImageElement>(".rows img") ?? [])];
      return images.length === count && images.every((image) => image.complete && image.naturalWidth > 0);
    },
    2,
    { timeout: 15000 },
  );

test("flow, branch, agent, words and pictures both ways, marks, typing, a reload in the middle, the end", () =>
  visit(async (page, widget) => {
    const session = await reachAgent(widget, flow, agent);
    await agent.say(session, "您好，请讲。");
    await widget.row("请讲").waitFor();
    await widget.say("杯子裂了 🙁");
    await widget.say("👍");
    await until(() => agent.fromCustomer(session).includes("👍"), "the emoji reached the agent");
    agent.read(session);
    await page.locator("cloudbell-widget .tick.read").last().waitFor();
    agent.types(session, true);
    await page.locator("cloudbell-widget .typing").waitFor();
    agent.types(session, false);
    await widget.input.pressSequentially("写");
    await until(() => agent.typing.includes(true), "the agent sees typing");
    await widget.input.fill("");
    await page
      .locator("cloudbell-widget input[type=file]")
      .setInputFiles({ name: "cup.png", mimeType: "image/png", buffer: png(320, 240) });
    await page.locator("cloudbell-widget .chip img").waitFor();
    await widget.button("发送").click();
    await until(() => agent.fromCustomer(session).includes("cup.png"), "the picture reached the agent");
    await agent.sendPicture(session, png(200, 300));
    await pictures(page);
    const before = await widget.texts();
    await page.reload();
    await widget.panel.waitFor();
    await pictures(page);
    await until(async () => JSON.stringify(await widget.texts()) === JSON.stringify(before), "the same after the reload");
    await agent.say(session, "还在吗？😊");
    await widget.row("还在吗").waitFor();
    await agent.end(session);
    await page.getByText("客服已结束本次会话。").waitFor();
    await page.reload();
    await page.locator("cloudbell-widget .tick.read").first().waitFor(); // the server tells of no session any more
    assert.deepEqual(agent.fromCustomer(session).slice(-3), ["杯子裂了 🙁", "👍", "cup.png"]);
    await widget.button("开始新的咨询").click();
    await widget.row(flow.prompt).nth(1).waitFor();
    await widget.button("结束会话").click();
    await widget.button("结束").click();
    await page.getByText("您已结束本次会话。").waitFor();
  }));

test("the server dies twice in a conversation: nothing lost, nothing doubled, in order", () =>
  visit(async (page, widget) => {
    const session = await reachAgent(widget, flow, agent);
    const said: string[] = [];
    const say = async (text: string): Promise<void> => {
      said.push(text);
      await widget.say(text);
    };
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 5; i++) await say(`r${round}-${i}`);
      await server.kill();
      await widget.link.waitFor();
      for (let i = 5; i < 8; i++) await say(`r${round}-${i}`);
      if (round === 1) await page.evaluate(() => window.stop());
      await server.start();
      await agent.reconnect();
      await until(() => agent.sessions.some((view) => view.id === session) || agent.offers.length > 0, "the session is back", 20000);
      if (!agent.sessions.some((view) => view.id === session)) await agent.answer();
      await page.locator("cloudbell-widget .row.waiting, cloudbell-widget .row.sending").first().waitFor({ state: "detached", timeout: 40000 });
      await agent.say(session, `reply number ${round}`);
      await widget.row(`reply number ${round}`).waitFor({ timeout: 20000 });
    }
    const shown = (await widget.texts()).filter((text) => /^r\d-\d$/.test(text));
    assert.deepEqual(shown, said);
    const stored = await history(agent, session);
    assert.deepEqual(stored.filter((text) => /^r\d-\d$/.test(text)), said);
    await agent.end(session);
    await widget.button("开始新的咨询").waitFor();
  }));

test("the queue position is shown while the agent has no room", async () => {
  const busy: number[] = [];
  const contexts: BrowserContext[] = [];
  try {
    // As many as the agent takes at once, then two who wait.
    const waiting: Widget[] = [];
    for (let i = 0; i < 12 && waiting.length < 2; i++) {
      const context = await browser.newContext({ locale: "zh-CN" });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(`${server.origin}/demo?lang=zh`);
      const widget = new Widget(page);
      await widget.open();
      await widget.row(flow.prompt).first().waitFor();
      await widget.say(flow.keyword);
      const served = page.locator("cloudbell-widget .subtitle", { hasText: /工号 \d+/ });
      await until(async () => agent.offers.length > 0 || (await widget.queue.isVisible()), "offered or queued");
      await until(async () => agent.offers.length > 0 || busy.length >= 3, "settled", 3000).catch(() => undefined);
      if (agent.offers.length) {
        busy.push(await agent.answer());
        await served.waitFor();
      } else waiting.push(widget);
    }
    assert.equal(waiting.length, 2, "two wait");
    await waiting[1]!.queue.getByText("您前面还有 1 位。").waitFor();
    await waiting[0]!.queue.getByText("下一位就是您。").waitFor();
    await agent.end(busy[0] as number);
    busy.push(await agent.answer());
    await waiting[1]!.queue.getByText("下一位就是您。").waitFor();
  } finally {
    for (const session of busy) await agent.end(session).catch(() => undefined);
    for (const context of contexts) await context.close();
  }
});
