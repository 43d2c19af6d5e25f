// Nothing leaves the origin: not from the page, not from a worker, however it is started.

import { createServer } from "node:http";
import { assert, browser, host, journey, keptOffline, open } from "./harness.mjs";

/** Somebody else's server, which counts who comes. */
async function outside(t) {
  const server = createServer((_, response) => {
    server.visits += 1;
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("hello");
  });
  server.visits = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { url: `http://localhost:${server.address().port}/`, visits: () => server.visits };
}

const PROVOKED = [/Content Security Policy/, /left the origin/, /Refused to/, /Failed to load/, /violates/];

journey("a forbidden request from the page is refused", async (t) => {
  const server = await host(t);
  const elsewhere = await outside(t);
  const context = await browser(t, server, { allow: PROVOKED });
  const page = await open(context, server);
  const results = await page.evaluate(async (url) => {
    const refused = [];
    addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
    const outcome = await fetch(url).then(() => "arrived", () => "refused");
    const image = new Image();
    const drawn = new Promise((resolve) => Object.assign(image, { onload: () => resolve("arrived"), onerror: () => resolve("refused") }));
    image.src = url;
    const beacon = navigator.sendBeacon(url, "data");
    const script = document.createElement("script");
    const run = new Promise((resolve) => Object.assign(script, { onload: () => resolve("arrived"), onerror: () => resolve("refused") }));
    script.src = url;
    document.head.append(script);
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
    const inline = document.createElement("script");
    inline.textContent = "globalThis.ranInline = true";
    document.head.append(inline);
    const outcomes = [outcome, await drawn, await run];
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { outcomes, beacon, inline: Boolean(globalThis.ranInline), refused: [...new Set(refused)].sort() };
  }, elsewhere.url);
  assert.deepEqual(results.outcomes, ["refused", "refused", "refused"]);
  assert.equal(results.inline, false);
  for (const directive of ["connect-src", "img-src", "script-src-elem", "frame-src"]) {
    assert.ok(results.refused.includes(directive), `${directive} in ${results.refused}`);
  }
  assert.equal(elsewhere.visits(), 0, "nobody came");
});

journey("a forbidden request from inside the app's workers is refused", async (t) => {
  const server = await host(t);
  const elsewhere = await outside(t);
  const context = await browser(t, server, { allow: PROVOKED });
  const page = await open(context, server);
  await keptOffline(page);
  const attempt = (url) =>
    Promise.all([
      fetch(url).then(() => "arrived", () => "refused"),
      fetch(url, { mode: "no-cors" }).then(() => "arrived", () => "refused"),
    ]);
  const workers = await waitForWorkers(page);
  for (const worker of workers) {
    assert.match(worker.url(), /^blob:/, "the data worker starts from a blob, which inherits the page's policy");
    assert.deepEqual(await worker.evaluate(attempt, elsewhere.url), ["refused", "refused"]);
  }
  assert.equal(elsewhere.visits(), 0, "nobody came");
});

journey("a worker that takes its policy from its own response is bound too", async (t) => {
  const server = await host(t);
  const elsewhere = await outside(t);
  const context = await browser(t, server, { allow: PROVOKED });
  const page = await open(context, server);
  await keptOffline(page);
  await page.reload();
  const build = await page.evaluate(() => document.querySelector("meta[name=kith-build]").content);
  const started = page.waitForEvent("worker", (worker) => worker.url().endsWith("/worker.js"));
  await page.evaluate((build) => void (globalThis.kept = new Worker(`./${build}/worker.js`, { type: "module" })), build);
  const worker = await started;
  const outcome = await worker.evaluate((url) => fetch(url).then(() => "arrived", () => "refused"), elsewhere.url);
  assert.equal(outcome, "refused");
  assert.equal(elsewhere.visits(), 0, "nobody came");
});

async function waitForWorkers(page) {
  const end = Date.now() + 10_000;
  while (page.workers().length === 0 && Date.now() < end) await page.waitForTimeout(100);
  assert.ok(page.workers().length > 0, "the data worker runs");
  return page.workers();
}
