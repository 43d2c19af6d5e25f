// Starts the page. A file of its own, because the content-security policy allows no inline script.
try {
  // Not by an import at the top: where the file is not there, nothing below it would run.
  const { default: init } = await import("./app.js");
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
    document.getElementById("boot-said")?.removeAttribute("hidden");
    throw error;
  }
}
