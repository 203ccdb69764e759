// The conversation from greeting to end, in Chromium, against the fake server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch, onStage, until } from "./support/browser.js";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

test("from the bubble to the end of the conversation", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    assert.equal(server.hellos.length, 0, "nothing connects before the visitor wants it");
    await widget.open();
    await widget.row("转人工").waitFor();
    assert.equal(await widget.title.innerText(), "云铃商店");
    await widget.say("0");
    await widget.row("0").last().waitFor();
    server.queue(2);
    await widget.queue.getByText("2 people are ahead of you.").waitFor();
    server.moveUp(1);
    await widget.queue.getByText("1 person is ahead of you.").waitFor();
    server.moveUp(0);
    await widget.queue.getByText("You are next in line.").waitFor();
    server.assign("阿狸", "000010");
    await widget.title.getByText("阿狸").waitFor();
    assert.equal(await widget.subtitle.innerText(), "Agent no. 000010 · 云铃商店");
    await widget.queue.waitFor({ state: "hidden" });
    server.says("您好，我是阿狸。");
    await widget.row("我是阿狸").waitFor();
    server.end("agent_ended");
    await page.getByText("The agent has ended this conversation.").waitFor();
    assert.ok(await widget.input.isHidden());
    await page.keyboard.press("Escape");
    await widget.panel.waitFor({ state: "hidden" });
    await widget.open();
    await widget.button("Start a new conversation").click();
    await widget.input.waitFor();
    await until(() => server.only.session !== undefined, "a second session");
    await page.locator("cloudbell-widget .day", { hasText: "New conversation" }).waitFor();
  }));

test("ticks: sent, delivered, read", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.say("hello");
    const tick = widget.row("hello").locator(".tick");
    await tick.and(widget.page.locator(".sent")).waitFor();
    server.delivers();
    await tick.and(widget.page.locator(".delivered")).waitFor();
    server.reads();
    await tick.and(widget.page.locator(".read")).waitFor();
    assert.equal(await tick.innerText(), "Read");
  }));

test("ticks stay what they were after the end, a reload and a new conversation", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.assign("阿狸", "000010");
    await widget.say("read by then");
    await widget.sent("read by then").waitFor();
    server.reads();
    await widget.row("read by then").locator(".tick.read").waitFor();
    server.end("agent_ended");
    await widget.button("Start a new conversation").waitFor();
    await page.reload();
    await widget.row("read by then").locator(".tick.read").waitFor();
    await widget.button("Start a new conversation").click();
    await widget.say("not yet");
    await widget.row("not yet").locator(".tick.sent").waitFor();
    assert.equal(await widget.row("read by then").locator(".tick.read").count(), 1);
  }));

test("passed on, or the agent is gone: the customer is told, once", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    const spoken = page.locator("cloudbell-widget [aria-live=polite]").last();
    const line = "阿狸 has passed your conversation on to a colleague, who will be with you shortly.";
    await widget.open();
    await widget.row("转人工").waitFor();
    server.queue(0);
    server.assign("阿狸", "000010");
    server.says("one moment");
    await widget.row("one moment").waitFor();
    server.takeBack("transferred", true);
    await widget.row(line).waitFor();
    await spoken.getByText(line).waitFor({ state: "attached" });
    await widget.queue.getByText("We are asking a colleague to take over.").waitFor();
    server.takeBack("transferred"); // the colleague did not take it
    await widget.queue.getByText("You are next in line.").waitFor();
    server.assign("小周", "000011");
    server.says("here I am");
    await widget.row("here I am").waitFor();
    assert.deepEqual((await widget.texts()).slice(-3), ["one moment", line, "here I am"]);
    server.takeBack("agent_lost");
    await widget.row("小周 cannot go on with this conversation.").waitFor();
    await page.reload();
    await widget.row("The agent cannot go on with this conversation.").waitFor();
    server.assign("阿狸", "000010");
    server.takeBack("a reason of tomorrow");
    await widget.row("You are waiting for an agent again.").waitFor();
  }));

test("what has no room stays in the field, with a sentence", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.accepting = false;
    server.cut();
    await widget.link.waitFor();
    await page.evaluate(() => {
      for (let i = 0; i < 99; i++) {
        const uuid = crypto.randomUUID();
        const entry = { uuid, at: 1000 + i, kind: "text", text: `w${i}` };
        localStorage.setItem(`cloudbell:demo:out:${String(entry.at).padStart(15, "0")}:${uuid}`, JSON.stringify(entry));
      }
    });
    await widget.say("the hundredth");
    await widget.row("the hundredth").waitFor();
    await widget.say("one too many");
    await page.getByText("100 messages are still waiting to be sent.").waitFor();
    assert.equal(await widget.input.inputValue(), "one too many");
    assert.equal(await widget.row("one too many").count(), 0);
    server.accepting = true;
    await widget.sent("the hundredth").waitFor({ timeout: 30000 });
    await widget.input.press("Enter");
    await widget.sent("one too many").waitFor();
    assert.equal(server.only.messages.filter((m) => m.side === "customer").length, 101);
  }));

test("typing, both ways", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.assign("Ann", "1");
    server.types(true);
    await page.locator("cloudbell-widget .typing").waitFor();
    server.says("here");
    await page.locator("cloudbell-widget .typing").waitFor({ state: "hidden" });
    await widget.input.pressSequentially("hi");
    await until(() => server.only.typing.at(-1) === true, "typing on");
    assert.deepEqual(server.only.typing, [true], "told once, not with every key");
    await until(() => server.only.typing.at(-1) === false, "typing off after a pause");
  }));

test("text is text: markup is shown, never run; links are safe", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    const evil = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> javascript:alert(1)`;
    server.says(evil);
    server.says("see https://shop.example/a?b=c.");
    await widget.row("see https").waitFor();
    assert.ok((await widget.texts()).includes(evil));
    assert.equal(await page.evaluate(() => (window as any).pwned), undefined);
    const link = widget.rows.locator("a");
    assert.equal(await link.count(), 1);
    assert.equal(await link.getAttribute("href"), "https://shop.example/a?b=c");
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
    await widget.say(evil);
    await until(() => server.only.messages.some((m) => m.side === "customer" && m.text === evil), "sent as it is");
  }));

test("unread badge, title and reading marks while closed and open", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await until(() => (server.only.session?.customer_read ?? 0) > 0, "read while open");
    await page.keyboard.press("Escape");
    await widget.panel.waitFor({ state: "hidden" });
    const read = server.only.session?.customer_read;
    server.says("one");
    server.says("two");
    await widget.badge.getByText("2").waitFor();
    assert.equal(await widget.bubble.getAttribute("aria-label"), "Open chat, 2 unread");
    assert.equal(server.only.session?.customer_read, read, "delivered is not read");
    await page.reload();
    await widget.badge.getByText("2").waitFor();
    await widget.open();
    await until(() => server.only.session?.customer_read === server.only.messages.at(-1)?.seq, "read");
    await page.keyboard.press("Escape");
    await widget.badge.waitFor({ state: "hidden" });
  }));

test("the visitor ends it, after being asked", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.button("End conversation").click();
    await widget.button("Keep chatting").click();
    assert.ok(server.only.session);
    await widget.button("End conversation").click();
    await widget.button("End it").click();
    await page.getByText("You have ended this conversation.").waitFor();
    assert.equal(server.only.session, undefined);
  }));

test("not set up, blocked, and other refusals in plain words", async () => {
  await onStage(browser, { prepare: (server) => void (server.channel.set_up = false) }, async ({ widget, page, server }) => {
    await widget.open();
    await page.getByText("Online service is not set up here yet.").waitFor();
    server.channel.set_up = true;
    await widget.button("Try again").click();
    await widget.row("转人工").waitFor();
  });
  await onStage(browser, {}, async ({ server, widget, page }) => {
    server.refuse("session.start", { code: "not_set_up", grade: "rejected" });
    await widget.open();
    await page.getByText("Online service is not set up here yet.").waitFor();
  });
  await onStage(browser, {}, async ({ server, widget, page }) => {
    server.refuse("hello", { code: "blocked", grade: "rejected" });
    await widget.open();
    await page.getByText("This chat is not available to you at the moment.").waitFor();
    assert.ok(await widget.input.isHidden());
    assert.ok(await widget.button("Try again").isHidden());
  });
});

test("a refused message can be tried again or dropped; too long is caught before", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.refuse("message.send", { code: "bad_text", grade: "rejected" });
    server.refuse("message.send", { code: "bad_text", grade: "rejected" });
    await widget.say("first");
    await widget.row("first").getByText("Not sent.").waitFor();
    await widget.say("second");
    await widget.row("second").getByText("Not sent.").waitFor();
    await widget.row("first").getByRole("button", { name: "Retry" }).click();
    await widget.sent("first").waitFor();
    await widget.row("second").getByRole("button", { name: "Delete" }).click();
    await widget.row("second").waitFor({ state: "detached" });
    assert.deepEqual(server.only.messages.filter((m) => m.side === "customer").map((m) => m.text), ["first"]);
    await widget.input.fill("😀".repeat(4000));
    await page.getByText("0 characters left").waitFor();
    assert.ok(await widget.button("Send").isEnabled());
    await widget.input.fill("x".repeat(4003));
    await page.getByText("3 characters too many").waitFor();
    assert.ok(await widget.button("Send").isDisabled());
  }));

test("asked to slow down, it waits and then sends the rest in order", () =>
  onStage(browser, {}, async ({ server, widget }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.refuse("message.send", { code: "rate_limited", grade: "retry", params: { retry_ms: 300 } });
    await widget.say("alpha");
    await widget.say("beta");
    await widget.link.getByText("That was a lot at once.").waitFor();
    await widget.sent("beta").waitFor();
    await widget.link.waitFor({ state: "hidden" });
    assert.deepEqual(server.only.messages.filter((m) => m.side === "customer").map((m) => m.text), ["alpha", "beta"]);
  }));

test("emoji by keyboard", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await widget.button("Emoji").click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.ok(await widget.panel.isVisible(), "Esc closes the picker first");
    const text = await widget.input.inputValue();
    assert.match(text, /^\p{Extended_Pictographic}/u);
    await page.keyboard.press("Enter");
    await until(() => server.only.messages.at(-1)?.text === text, "sent");
    await page.locator("cloudbell-widget .row.big.customer").waitFor();
  }));

test("a long history: bounded page, older lines by scrolling, the view stays where it is", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.only.messages.length = 0;
    server.fill(server.only, 700, server.only.session?.id);
    await page.reload();
    await widget.row("Line 700").waitFor();
    const seen = new Set<string>();
    for (let i = 0; i < 400 && !seen.has("Line 1"); i++) {
      for (const text of await widget.texts()) seen.add(text);
      assert.ok((await widget.rows.count()) <= 200, "bounded");
      const top = await widget.scroller.evaluate((element) => element.scrollTop);
      await widget.scroller.evaluate((element) => element.scrollBy(0, -400));
      if (top === 0) await page.waitForTimeout(20);
    }
    for (let line = 1; line <= 700; line++) assert.ok(seen.has(`Line ${line}`), `Line ${line}`);
    const firstVisible = () =>
      widget.scroller.evaluate((element) => {
        const top = element.getBoundingClientRect().top;
        const row = [...element.querySelectorAll(".row")].find((r) => r.getBoundingClientRect().bottom > top + 1);
        return [row?.textContent, Math.round((row?.getBoundingClientRect().top ?? 0) - top)];
      });
    const place = await firstVisible();
    server.says("meanwhile");
    await page.getByRole("button", { name: "New messages" }).waitFor();
    assert.deepEqual(await firstVisible(), place, "a new message does not move what is read");
    await page.getByRole("button", { name: "New messages" }).click();
    await widget.row("meanwhile").waitFor();
    assert.equal((await widget.texts()).at(-1), "meanwhile");
  }));

test("Chinese page, Chinese words", () =>
  onStage(
    browser,
    { prepare: (server) => server.addPage("/zh", `${server.scriptTag.replace("defer", 'data-lang="zh" defer')}`, "<main>店</main>"), path: "/zh" },
    async ({ server, widget, page }) => {
      await page.locator('cloudbell-widget [aria-label="打开在线客服"]').waitFor();
      await widget.open();
      await widget.row("转人工").waitFor();
      server.queue(3);
      await widget.queue.getByText("您前面还有 3 位。").waitFor();
      assert.equal(server.hellos[0]?.locale, "zh-CN");
      await page.getByPlaceholder("请输入消息").waitFor();
    },
  ));
