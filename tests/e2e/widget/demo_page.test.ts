// The demo shop: both languages, both themes, phone and desktop, for everybody; its buttons open the chat.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { violations } from "./support/axe.js";
import { launch, onStage } from "./support/browser.js";
import type { FakeServer } from "./support/fake_server.js";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

function serve(server: FakeServer): void {
  const file = process.env.CLOUDBELL_DEMO ?? assert.fail("CLOUDBELL_DEMO names the page");
  server.pages.set("/demo", { headers: {}, body: readFileSync(file, "utf8") });
}

for (const lang of ["zh", "en"])
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [390, 1280])
      test(`${lang}, ${colorScheme}, ${width} px`, () =>
        onStage(
          browser,
          { prepare: serve, path: `/demo?lang=${lang}`, colorScheme, reducedMotion: "reduce", viewport: { width, height: 800 } },
          async ({ page, widget }) => {
            await widget.bubble.waitFor();
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "no sideways scrolling");
            assert.deepEqual(await violations(page), []);
            assert.equal(await widget.bubble.getAttribute("aria-label"), lang === "zh" ? "打开在线客服" : "Open chat");
            await page.getByRole("button", { name: lang === "zh" ? "咨询客服" : "Ask us" }).click();
            await widget.row("转人工").waitFor();
            assert.deepEqual(await violations(page), []);
            if (process.env.CLOUDBELL_SHOTS)
              await page.screenshot({ path: `${process.env.CLOUDBELL_SHOTS}/shop-${lang}-${colorScheme}-${width}.png` });
          },
        ));

test("the basket counts and the other language is one click away", () =>
  onStage(browser, { prepare: serve, path: "/demo?lang=zh" }, async ({ page }) => {
    await page.getByRole("button", { name: "加入购物袋：青瓷茶壶" }).click();
    await page.getByRole("button", { name: "加入购物袋：明前龙井" }).click();
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "From the hills to your cup" }).waitFor();
    assert.equal(await page.locator("#count").innerText(), "2");
  }));
