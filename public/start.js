// Starts the page. A file of its own, because the content-security policy allows no inline script.
import init from "./app.js";

try {
  await init();
} catch (error) {
  // A cached index.html may name a build that its host no longer has: fetch it anew, once.
  const retried = history.state === "kith-retried";
  if (!retried && navigator.onLine) {
    history.replaceState("kith-retried", "");
    await fetch(location.pathname, { cache: "reload" });
    location.reload();
  } else {
    document.getElementById("boot")?.classList.add("boot-failed");
    throw error;
  }
}
