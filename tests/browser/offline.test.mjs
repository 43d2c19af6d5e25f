// Served from any sub-path, kept whole on the device, started with the server stopped, updated by consent.

import { appendFileSync } from "node:fs";
import { assert, browser, buildOf, folder, host, journey, keptOffline, mounted, open, otherBuild } from "./harness.mjs";

for (const base of ["/", "/some/sub/path/"]) {
  journey(`loads from ${base}`, async (t) => {
    const server = await host(t, { base });
    const context = await browser(t, server);
    const page = await open(context, server);
    await keptOffline(page);
    assert.ok(server.requests.every((path) => path.startsWith(base)), "every request stays below the sub-path");
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector("link[rel=manifest]").href;
      const manifest = await (await fetch(link)).json();
      const icons = await Promise.all(
        manifest.icons.map(async ({ src, sizes, purpose }) => {
          const image = new Image();
          image.src = new URL(src, link).href;
          await image.decode();
          return { sizes, purpose, width: image.naturalWidth };
        }),
      );
      return { scope: new URL(manifest.scope, link).href, start: new URL(manifest.start_url, link).href, icons };
    });
    assert.equal(manifest.scope, server.url);
    assert.equal(manifest.start, server.url);
    for (const { sizes, width } of manifest.icons.filter((icon) => icon.sizes !== "any")) {
      assert.equal(`${width}x${width}`, sizes);
    }
    assert.ok(manifest.icons.some((icon) => icon.purpose === "maskable"));
  });
}

journey("starts with the server stopped and the browser restarted", async (t) => {
  const server = await host(t, { base: "/shop/" });
  const profile = folder(t);
  const first = await browser(t, server, { profile });
  const before = await open(first, server);
  await keptOffline(before);
  await first.stop();
  await server.stop();
  const second = await browser(t, server, { profile });
  const page = await open(second, server);
  assert.ok((await page.locator("body").innerText()).trim().length > 0, "the page shows something");
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await (await caches.open(names[0])).keys();
    const policies = await Promise.all(keys.map(async (key) => (await caches.match(key)).headers.get("Content-Security-Policy")));
    return { names, paths: keys.map((key) => new URL(key.url).pathname), policies };
  });
  assert.equal(kept.names.length, 1);
  assert.match(kept.names[0], /^kith \/shop\/ [0-9a-f]{12}$/);
  const build = await buildOf(page);
  for (const file of ["app.js", "app_bg.wasm", "worker.js", "worker_bg.wasm", "files.js", "files_bg.wasm", "app.css"]) {
    assert.ok(kept.paths.includes(`/shop/${build}/${file}`), `${file} is kept before anything asked for it`);
  }
  assert.ok(kept.policies.every((policy) => /default-src 'none'.*frame-ancestors 'none'/.test(policy)));
});

journey("an update waits for consent and then reloads every tab, without mixing builds", async (t) => {
  const server = await host(t);
  const context = await browser(t, server);
  const page = await open(context, server);
  await keptOffline(page);
  const other = await context.newPage();
  await other.goto(server.url);
  await mounted(other);
  const before = await buildOf(page);

  server.folder = otherBuild(t, "0123456789ab");
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const installing = registration.installing;
    if (!registration.waiting) {
      await new Promise((resolve) => installing.addEventListener("statechange", () => registration.waiting && resolve()));
    }
  });
  // Until then, a new tab gets the old build whole, though the host has only the new one.
  const third = await context.newPage();
  await third.goto(server.url);
  await mounted(third);
  assert.equal(await buildOf(third), before);

  const reloaded = [page, other, third].map((tab) => tab.waitForEvent("load"));
  await page.evaluate(async () => {
    (await navigator.serviceWorker.getRegistration()).waiting.postMessage("accept-update");
  });
  await Promise.all(reloaded);
  for (const tab of [page, other, third]) {
    await mounted(tab);
    assert.equal(await buildOf(tab), "0123456789ab");
  }
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names, ["kith / 0123456789ab"], "the old build's cache is gone");
});

journey("another app's cache on this origin is left alone", async (t) => {
  const server = await host(t, { base: "/a/" });
  const context = await browser(t, server);
  const page = await open(context, server);
  await keptOffline(page);
  await page.evaluate(async () => {
    await (await caches.open("kith /a/b/ 111111111111")).put("./x", new Response("x"));
    await (await caches.open("somebody else's")).put("./x", new Response("x"));
  });
  server.folder = otherBuild(t);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const installing = registration.installing ?? registration.waiting;
    while (installing.state !== "installed") {
      await new Promise((resolve) => installing.addEventListener("statechange", resolve, { once: true }));
    }
    installing.postMessage("accept-update");
  });
  await page.waitForEvent("load");
  await mounted(page);
  const names = (await page.evaluate(() => caches.keys())).sort();
  assert.deepEqual(names, ["kith /a/ 000000000001", "kith /a/b/ 111111111111", "somebody else's"]);
});

journey("a build that arrives damaged is refused whole", async (t) => {
  const server = await host(t);
  const context = await browser(t, server);
  const page = await open(context, server);
  await keptOffline(page);
  const before = await buildOf(page);
  const damaged = otherBuild(t);
  appendFileSync(`${damaged}/000000000001/worker.js`, "// cut off");
  server.folder = damaged;
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => null);
    const installing = registration.installing;
    while (installing && !["installed", "redundant"].includes(installing.state)) {
      await new Promise((resolve) => installing.addEventListener("statechange", resolve, { once: true }));
    }
    return installing?.state ?? "redundant";
  });
  assert.equal(state, "redundant");
  assert.deepEqual(await page.evaluate(() => caches.keys()), [`kith / ${before}`]);
});

journey("a cached page of a build that the host no longer has fetches the new one", async (t) => {
  const server = await host(t);
  const context = await browser(t, server, { allow: [/404/, /Failed to fetch dynamically imported/, /page error/], serviceWorkers: "block" });
  const page = context.pages()[0];
  // The page arrives, its code does not: as after a deployment between the two requests.
  let first = true;
  await page.route(/app\.js$/, (route) => {
    if (!first) return route.continue();
    first = false;
    return route.fulfill({ status: 404 });
  });
  await page.goto(server.url);
  await mounted(page);
});
