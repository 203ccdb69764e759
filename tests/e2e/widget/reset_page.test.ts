// The page behind the link of a letter: from the letter to signing in, in two languages, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { signIn } from "./support/agent.js";
import { violations } from "./support/axe.js";
import { launch, until } from "./support/browser.js";
import { RealServer } from "./support/real_server.js";

const server = new RealServer(process.env.CLOUDBELL_SERVER_PROGRAM ?? assert.fail("CLOUDBELL_SERVER_PROGRAM"));
let browser: Browser;

before(async () => {
  browser = await launch();
  await server.start();
});
after(async () => {
  await browser.close();
  await server.remove();
});

function letters(): string[] {
  try {
    return readdirSync(join(server.folder, "mail")).filter((name) => name.endsWith(".eml"));
  } catch {
    return [];
  }
}

/** Asks for a letter and takes the link out of it. */
async function link(email: string): Promise<string> {
  const known = new Set(letters());
  const answer = await fetch(`${server.origin}/api/v1/password/forgot`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ instance: 1400000001, email }),
  });
  assert.equal(answer.status, 204);
  await until(() => letters().length > known.size, "a letter");
  const name = letters().find((one) => !known.has(one)) ?? assert.fail();
  const body = readFileSync(join(server.folder, "mail", name), "latin1").split("\r\n\r\n").slice(1).join("");
  const text = Buffer.from(body, "base64").toString("utf8");
  return /http:\S+#[\w-]{43}/.exec(text)?.[0] ?? assert.fail(text);
}

async function open(url: string, options: BrowserContextOptions, act: (page: Page, foreign: string[]) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => message.text().includes("Content Security Policy") && troubles.push(message.text()));
    const foreign: string[] = [];
    page.on("request", (request) => foreign.push(request.url()));
    await page.goto(url);
    await act(page, foreign);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

const fields = (page: Page) => page.locator("input[type=password]");

test("a new password in Chinese, and signing in with it", async () => {
  const url = await link("agent1@demo.test");
  await open(url, { locale: "zh-CN" }, async (page, requests) => {
    await page.getByRole("heading", { name: "设置新密码" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    assert.ok(!page.url().includes("#"), "the token is off the screen");
    await fields(page).nth(0).fill("短");
    await fields(page).nth(1).fill("短");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("新密码至少需要 8 个字符。").waitFor();
    await fields(page).nth(0).fill("十分安全的新密码");
    await fields(page).nth(1).fill("十分安全的旧密码");
    await page.keyboard.press("Enter");
    await page.getByText("两次输入的密码不一致。").waitFor();
    await fields(page).nth(0).fill("cloudbell");
    await fields(page).nth(1).fill("cloudbell");
    await page.keyboard.press("Enter");
    await page.getByText("新密码不能与旧密码相同。").waitFor();
    await fields(page).nth(0).fill("十分安全的新密码");
    await fields(page).nth(1).fill("十分安全的新密码");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "密码已更改" }).waitFor();
    await page.getByText(`${server.origin}/online/1400000001`).waitFor();
    assert.equal(await fields(page).nth(0).inputValue(), "", "nothing is left in the form");
    for (const one of requests) assert.ok(one.startsWith(server.origin) && !one.includes(url.split("#")[1] ?? "?"), one);
  });
  assert.ok(await signIn(server.origin, "agent1@demo.test", "十分安全的新密码"));
  await open(url, { locale: "en-GB" }, async (page) => {
    await fields(page).nth(0).fill("another password");
    await fields(page).nth(1).fill("another password");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "This link is of no use" }).waitFor();
  });
});

test("without a whole token nothing is asked", async () => {
  for (const hash of ["", "#short", "#" + "x".repeat(44)])
    await open(`${server.origin}/reset/1400000001${hash}`, { locale: "en-GB" }, async (page) => {
      await page.getByRole("heading", { name: "This link is of no use" }).waitFor();
      assert.equal(await fields(page).nth(0).isVisible(), false);
    });
});

test("the server away is told, and the form kept", async () => {
  await open(`${server.origin}/reset/1400000001#${"x".repeat(43)}`, { locale: "fr-FR" }, async (page) => {
    await page.route("**/api/**", (route) => route.abort());
    await fields(page).nth(0).fill("another password");
    await fields(page).nth(1).fill("another password");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The server cannot be reached.").waitFor();
    assert.equal(await fields(page).nth(0).inputValue(), "another password");
  });
});

test("axe finds nothing, light and dark", async () => {
  for (const colorScheme of ["light", "dark"] as const)
    await open(`${server.origin}/reset/1400000001#${"x".repeat(43)}`, { locale: "zh-CN", colorScheme }, async (page) => {
      await fields(page).nth(0).fill("short");
      await fields(page).nth(1).fill("short");
      await page.getByRole("button", { name: "保存" }).click();
      await page.getByText("新密码至少需要 8 个字符。").waitFor();
      assert.deepEqual(await violations(page), []);
    });
});
