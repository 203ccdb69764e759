// A visitor in Chromium and an agent in the real desktop window, played by keys and clicks only. Prints the transcript the server kept.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const url = process.env.CLOUDBELL_URL;
const clientPid = process.env.CLOUDBELL_CLIENT_PID;
const shots = process.env.CLOUDBELL_SHOTS;
const { chromium } = createRequire(join(process.env.CLOUDBELL_NPM_TESTS, "package.json"))("playwright-core");

const saved = [];
const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/** Waits until `look` gives something; no fixed pauses. */
async function until(what, look, limit = 20000) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await new Promise((go) => setTimeout(go, 100));
  }
}

async function api(method, path, body, token) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

/** A figure of /metrics, without its prefix. */
async function metric(name) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.match(new RegExp(`^cloudbell_${name} (\\d+)`, "m"))?.[1];
}

// ---- the agent's window

function findWindow() {
  try {
    return run("xdotool", "search", "--onlyvisible", "--pid", clientPid, "--name", "Cloudbell").split("\n").pop();
  } catch {
    return "";
  }
}

const agent = {
  window: "",
  focus() {
    run("xdotool", "windowfocus", "--sync", this.window);
  },
  key(...keys) {
    this.focus();
    run("xdotool", "key", "--clearmodifiers", ...keys);
  },
  /** Through the clipboard: the virtual keyboard has no Chinese and no emoji. */
  paste(type, bytes) {
    // xclip stays to serve the clipboard; it ends when somebody else takes it over.
    const holder = spawn("xclip", ["-selection", "clipboard", ...(type ? ["-t", type] : [])], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    holder.stdin.end(bytes);
    holder.unref();
    return until("the clipboard", () => {
      try {
        const targets = run("xclip", "-selection", "clipboard", "-o", "-t", "TARGETS");
        return targets.includes(type || "UTF8_STRING");
      } catch {
        return false;
      }
    }).then(() => this.key("ctrl+v"));
  },
  async say(text) {
    await this.paste("", text);
    this.key("Return");
  },
};

function shoot(name) {
  const file = join(shots, `${name}.png`);
  run("import", "-window", agent.window || "root", file);
  saved.push(file);
}

// ---- the visitor's page

const browser = await chromium.launch({
  executablePath: process.env.CLOUDBELL_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 } })).newPage();
const widget = {
  input: page.locator("cloudbell-widget textarea"),
  row: (text) => page.locator("cloudbell-widget .rows .row").filter({ hasText: text }),
  async say(text) {
    await this.input.fill(text);
    await this.input.press("Enter");
  },
  async shoot(name) {
    const file = join(shots, `${name}.png`);
    await page.screenshot({ path: file });
    saved.push(file);
  },
};

async function play() {
  agent.window = await until("the desktop program's window", findWindow);
  const admin = (await api("POST", "/api/v1/sign-in", { instance: 1400000001, email: "admin@demo.test", password: "cloudbell", device: "demo" })).token;
  // The key does nothing until the workbench is open, so it may be pressed until it works.
  await until("the agent to be online", async () => {
    if (Number(await metric("agents_online")) > 0) return true;
    agent.key("ctrl+1");
    return false;
  });
  shoot("1-agent-online");

  await page.goto(`${url}/demo?lang=zh`);
  await page.locator("cloudbell-widget .bubble").click();
  await widget.row("请回复").first().waitFor();
  await widget.shoot("2-visitor-greeted");
  await widget.say("你好");
  await until("the flow to ask again", async () => (await widget.row("请回复").count()) > 1 || (await widget.row("抱歉").count()) > 0);
  await widget.say("产品咨询");
  await until("the offer", async () => Number(await metric("waiting_sessions")) + Number(await metric("open_sessions")) > 0);
  await new Promise((go) => setTimeout(go, 700)); // for the eye only: the ringing card is painted by then
  shoot("3-agent-offered");
  await until("the agent's answer to reach the visitor", async () => {
    if (await page.locator("cloudbell-widget .subtitle", { hasText: /\d{6}/ }).count()) return true;
    agent.key("F2");
    return false;
  });

  await agent.say("您好，我是小雨，请问想了解哪款产品？");
  await widget.row("我是小雨").waitFor();
  await widget.say("这只杯子还有蓝色的吗？😊");
  await page.locator("cloudbell-widget .tick.read, cloudbell-widget .row.read").last().waitFor();
  await page.locator("cloudbell-widget input[type=file]").setInputFiles(new URL("cup.png", import.meta.url).pathname);
  await page.locator("cloudbell-widget .chip img").waitFor();
  await page.locator("cloudbell-widget .panel").getByRole("button", { name: "发送", exact: true }).click();
  await agent.paste("image/png", readFileSync(new URL("cup.png", import.meta.url)));
  agent.key("Return"); // it waited in the composer to be looked at
  await until("both pictures on the page", async () =>
    page.evaluate(() => {
      const images = [...(document.querySelector("cloudbell-widget")?.shadowRoot?.querySelectorAll(".rows img") ?? [])];
      return images.length >= 2 && images.every((image) => image.complete && image.naturalWidth > 0);
    }),
  );
  await agent.say("有的，还有现货 👍");
  await widget.row("还有现货").waitFor();
  await widget.shoot("4-visitor-served");
  shoot("5-agent-serving");

  agent.key("ctrl+e");
  agent.key("Return"); // yes
  await page.getByText("客服已结束本次会话。").waitFor();
  shoot("6-agent-wrap-up");
  await until("the session to be completed", async () => {
    if (Number(await metric("open_sessions")) === 0) return true;
    agent.key("ctrl+Return");
    return false;
  });
  shoot("7-agent-free");
  await widget.shoot("8-visitor-ended");

  const sessions = [];
  for (let id = 1; id < 200 && sessions.length === 0; id++) {
    const answer = await fetch(`${url}/api/v1/sessions/${id}/messages?limit=200`, { headers: { Authorization: `Bearer ${admin}` } });
    if (answer.ok) sessions.push((await answer.json()).messages);
  }
  return sessions[0] ?? [];
}

try {
  const transcript = await play();
  console.log("\nWhat was said, as the server kept it:\n");
  for (const message of transcript)
    console.log(`  ${new Date(message.at).toLocaleTimeString("en-GB")}  ${message.side.padEnd(8)}  ${message.kind === "text" ? message.text : `[${message.kind}] ${message.text ?? ""}`}`);
  const sides = transcript.map((message) => `${message.side}/${message.kind}`);
  for (const wanted of ["flow/text", "customer/text", "customer/picture", "agent/text", "agent/picture"])
    assert.ok(sides.includes(wanted), `the transcript has no ${wanted}`);
  console.log("\nScreenshots:");
  for (const file of saved) console.log(`  ${file}`);
} catch (error) {
  shoot("failed");
  await widget.shoot("failed-page");
  console.error(String(error));
  console.error(`Screenshots: ${saved.join(", ")}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
