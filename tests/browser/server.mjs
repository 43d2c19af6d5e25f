// A static host for a build: any sub-path, can be stopped, and can swap to another build while it runs.

import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves `folder` below `base` until `stop()`. `folder` may be replaced while it runs (a deployment).
 * `requests` holds the paths that were asked for.
 */
export async function serve({ folder, base = "/", port = 0 }) {
  const host = { folder, base, requests: [] };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    host.requests.push(path);
    const inside = path.startsWith(host.base) ? path.slice(host.base.length) || "index.html" : null;
    const file = inside === null ? null : normalize(join(host.folder, inside));
    if (!file?.startsWith(normalize(host.folder)) || !existsSync(file) || !statSync(file).isFile()) {
      // As static hosts do.
      const page = join(host.folder, "404.html");
      const found = inside !== null && existsSync(page);
      response.writeHead(404, { "Content-Type": found ? "text/html; charset=utf-8" : "text/plain" });
      response.end(found ? readFileSync(page) : "not here");
      return;
    }
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache" };
    const brotli = `${file}.br`;
    if (existsSync(brotli) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
      response.writeHead(200, { ...headers, "Content-Encoding": "br" }).end(readFileSync(brotli));
    } else {
      response.writeHead(200, headers).end(readFileSync(file));
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  host.port = server.address().port;
  host.origin = `http://localhost:${host.port}`;
  host.url = `${host.origin}${base}`;
  host.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return host;
}
