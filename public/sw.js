// Keeps one whole build of Kith on this device and serves it, so that the app starts without a network.
//
// - Installing fetches every file of the build and checks its hash: a cache holds one build whole, or does not exist.
// - Serving is cache first and from that one build, with the content-security policy as a header on every response,
//   so that a worker that takes its policy from its own response is bound by it too.
// - A new build waits until the page says that the user accepted it.
// - Caches are named by the app's path: two copies of Kith, or other apps of this origin, are left alone.

// Filled in by stamp.mjs.
const BUILD = "dev";
const FILES = [];
const POLICY = "";

const ROOT = new URL("./", self.location.href);
const OWN = `kith ${ROOT.pathname} `;
const CACHE = OWN + BUILD;
const ADDRESSES = new Set(FILES.map(([path]) => new URL(path, ROOT).href));

async function store(cache, [path, integrity]) {
  const address = new URL(path, ROOT).href;
  const response = await fetch(address, { cache: "reload", integrity, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const headers = new Headers({
    "Content-Type": response.headers.get("Content-Type") ?? "application/octet-stream",
    // A header may also forbid framing; a meta tag may not.
    "Content-Security-Policy": `${POLICY}; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  });
  await cache.put(address, new Response(await response.blob(), { headers }));
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      try {
        await Promise.all(FILES.map((file) => store(cache, file)));
      } catch (error) {
        await caches.delete(CACHE);
        throw error;
      }
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith(OWN) && name !== CACHE).map((name) => caches.delete(name)));
      // The page of the very first visit is served offline too.
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "accept-update") event.waitUntil(self.skipWaiting());
  if (event.data === "build") event.ports[0]?.postMessage(BUILD);
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== ROOT.origin) return;
  url.hash = "";
  if (request.mode === "navigate") {
    url.search = "";
    if (url.href === new URL("index.html", ROOT).href) url.href = ROOT.href;
  }
  if (!ADDRESSES.has(url.href)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const hit = await cache.match(url.href);
      // The browser may have cleared the cache under pressure: the network is then the only source left.
      return hit ?? fetch(request);
    })(),
  );
});
