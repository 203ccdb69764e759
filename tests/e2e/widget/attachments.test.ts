// Pictures and files, both ways.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch, onStage, until } from "./support/browser.js";
import { png } from "./support/pictures.js";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

const chooser = (page: Page) => page.locator("cloudbell-widget input[type=file]");
const shown = (page: Page) =>
  page.waitForFunction(() => {
    const images = document.querySelector("cloudbell-widget")?.shadowRoot?.querySelectorAll<HTMLImageElement>(".rows img") ?? [];
    return images.length > 0 && [...images].every((image) => image.complete && image.naturalWidth > 0);
  });

test("a picture: preview, progress, then in the conversation on both sides of a reload", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    let release = (): void => {};
    server.uploadGate = new Promise((resolve) => (release = resolve));
    await chooser(page).setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: png(300, 200) });
    await page.locator("cloudbell-widget .chip img").waitFor();
    await widget.input.fill("look");
    await widget.input.press("Enter");
    await page.locator("cloudbell-widget progress").waitFor();
    release();
    await page.locator("cloudbell-widget .row.picture .tick.sent").waitFor();
    await shown(page);
    const kinds = server.only.messages.filter((m) => m.side === "customer").map((m) => [m.kind, m.attachment?.name ?? m.text]);
    assert.deepEqual(kinds, [["text", "look"], ["picture", "photo.png"]]);
    await page.reload();
    await shown(page);
    assert.equal(await page.locator("cloudbell-widget .rows .row.picture").count(), 1);
  }));

test("the agent's picture opens over the page and gives the focus back", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.sendsPicture(png(640, 480), 640, 480);
    await shown(page);
    await widget.button(/View picture/).press("Enter");
    const viewer = page.getByRole("dialog", { name: "Picture" });
    await viewer.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.ok(await viewer.evaluate((element) => element.contains((element.getRootNode() as ShadowRoot).activeElement)), "focus stays inside");
    await page.keyboard.press("Escape");
    await viewer.waitFor({ state: "hidden" });
    assert.ok(await widget.panel.isVisible());
    const label = await page.evaluate(() => document.querySelector("cloudbell-widget")?.shadowRoot?.activeElement?.getAttribute("aria-label"));
    assert.match(label ?? "", /^View picture/);
  }));

test("a file from the agent is downloaded, not shown", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.sendsFile("报价单.pdf", Buffer.from("%PDF-1.4 test"));
    const download = page.waitForEvent("download");
    await widget.button(/Download 报价单.pdf/).click();
    assert.equal((await download).suggestedFilename(), "报价单.pdf");
  }));

test("paste and drop", () =>
  onStage(browser, {}, async ({ widget, page, server }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    const bytes = [...png(20, 20)];
    await widget.input.evaluate((input, data) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(data)], "pasted.png", { type: "image/png" }));
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
    }, bytes);
    await page.locator("cloudbell-widget .chip").first().waitFor();
    await widget.panel.evaluate((panel) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["hello"], "note.txt", { type: "text/plain" }));
      panel.dispatchEvent(new DragEvent("dragover", { dataTransfer: transfer, bubbles: true, cancelable: true }));
      panel.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await page.locator("cloudbell-widget .chip.file").waitFor();
    await page.getByRole("button", { name: "Remove pasted.png" }).click();
    await widget.button("Send").click();
    await page.locator("cloudbell-widget .row.file .tick.sent").waitFor();
    assert.deepEqual(server.only.messages.filter((m) => m.side === "customer").map((m) => m.attachment?.name), ["note.txt"]);
  }));

test("too large, refused, tried again, dropped", () =>
  onStage(browser, { prepare: (server) => void (server.settings.file_bytes = 1024 * 1024) }, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await chooser(page).setInputFiles({ name: "big.zip", mimeType: "application/zip", buffer: Buffer.alloc(1024 * 1024 + 1) });
    await page.getByText("This file is larger than 1 MB.").waitFor();
    server.refuse("upload", { code: "type_not_allowed", grade: "rejected" });
    await chooser(page).setInputFiles({ name: "a.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
    await widget.button("Send").click();
    await page.getByText("Files of this type cannot be sent.").waitFor();
    await widget.button("Retry").click();
    await page.locator("cloudbell-widget .row.file .tick.sent").waitFor();
    server.refuse("upload", { code: "type_not_allowed", grade: "rejected" });
    await chooser(page).setInputFiles({ name: "b.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
    await widget.button("Send").click();
    await page.getByText("Files of this type cannot be sent.").waitFor();
    await widget.button("Delete").click();
    await page.getByText("b.exe").waitFor({ state: "detached" });
    assert.equal(server.only.messages.filter((m) => m.side === "customer").length, 1);
  }));

test("an empty file is never sent; one the server finds empty offers no second try", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    await chooser(page).setInputFiles({ name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
    await page.getByText("This file is empty.").waitFor();
    assert.equal(await page.locator("cloudbell-widget .chip").count(), 0);
    assert.ok(await widget.button("Send").isDisabled());
    server.refuse("upload", { code: "file_empty", grade: "rejected" });
    await chooser(page).setInputFiles({ name: "gone.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
    await widget.button("Send").click();
    await page.locator("cloudbell-widget .failure", { hasText: "This file is empty." }).waitFor();
    assert.equal(await widget.button("Retry").count(), 0);
    await widget.button("Delete").click();
    await page.getByText("gone.txt").waitFor({ state: "detached" });
  }));

test("ten uploads at a time; the eleventh waits in the composer", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    let release = (): void => {};
    server.uploadGate = new Promise((resolve) => (release = resolve));
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `f${from + i}.txt`, mimeType: "text/plain", buffer: Buffer.from("x") }));
    for (const from of [0, 5]) {
      await chooser(page).setInputFiles(some(from, 5));
      await page.locator("cloudbell-widget .chip").nth(4).waitFor();
      await widget.button("Send").click();
    }
    await page.locator("cloudbell-widget progress").nth(9).waitFor({ state: "attached" });
    await chooser(page).setInputFiles(some(10, 1));
    await page.locator("cloudbell-widget .chip").waitFor();
    await widget.button("Send").click();
    await page.getByText("10 files are still on their way.").waitFor();
    assert.equal(await page.locator("cloudbell-widget .chip").count(), 1);
    release();
    await until(() => server.only.messages.filter((m) => m.kind === "file").length === 10, "ten arrived");
    await page.locator("cloudbell-widget progress").first().waitFor({ state: "detached" });
    await widget.button("Send").click();
    await until(() => server.only.messages.filter((m) => m.kind === "file").length === 11, "the eleventh too");
  }));

test("a photo over the limit is made smaller", () =>
  onStage(browser, { prepare: (server) => void (server.settings.picture_bytes = 60000) }, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    // Noise does not compress: far over the limit as PNG.
    const data = await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 200;
      const drawing = canvas.getContext("2d")!;
      const pixels = drawing.createImageData(200, 200);
      for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : Math.random() * 255;
      drawing.putImageData(pixels, 0, 0);
      const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), "image/png"));
      return [...new Uint8Array(await blob.arrayBuffer())];
    });
    assert.ok(data.length > 60000);
    await chooser(page).setInputFiles({ name: "noise.png", mimeType: "image/png", buffer: Buffer.from(data) });
    await page.locator("cloudbell-widget .chip img").waitFor();
    await widget.button("Send").click();
    await until(() => server.only.messages.at(-1)?.kind === "picture", "arrived");
    assert.equal(server.only.messages.at(-1)?.attachment.name, "noise.jpg");
    assert.ok(server.only.messages.at(-1)?.attachment.bytes <= 60000);
  }));

test("the connection is lost during an upload: it goes again by itself", () =>
  onStage(browser, {}, async ({ server, widget, page }) => {
    await widget.open();
    await widget.row("转人工").waitFor();
    server.uploadGate = new Promise(() => {});
    await chooser(page).setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: png(30, 20) });
    await page.locator("cloudbell-widget .chip img").waitFor();
    await widget.button("Send").click();
    await page.locator("cloudbell-widget progress").waitFor();
    server.accepting = false;
    server.cut();
    await widget.link.waitFor();
    await server.crash();
    server.uploadGate = Promise.resolve();
    server.accepting = true;
    await server.restart();
    await page.locator("cloudbell-widget .row.picture .tick.sent").waitFor({ timeout: 20000 });
    assert.equal(server.only.messages.filter((m) => m.kind === "picture").length, 1);
  }));
