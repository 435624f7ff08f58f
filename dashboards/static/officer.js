// Keeps the officers' page usable without a network: its own files come from the network first, else from the last copy.
// Only the page itself is kept, never an answer of the API.
const KEPT = "hologrid-officer";

self.addEventListener("install", (e) => {
  e.waitUntil(caches.open(KEPT).then((c) => c.addAll(["/mobile.html", "/app.css", "/js/mobile.js", "/icon.svg"])));
  self.skipWaiting();
});

self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  const own = url.pathname === "/mobile.html" || url.pathname === "/app.css" || url.pathname === "/icon.svg" ||
    url.pathname.startsWith("/js/");
  if (e.request.method !== "GET" || url.origin !== location.origin || !own) return;
  e.respondWith(
    fetch(e.request).then((answer) => {
      if (answer.ok) {
        const copy = answer.clone();
        caches.open(KEPT).then((c) => c.put(e.request, copy));
      }
      return answer;
    }).catch(() => caches.match(e.request, { ignoreSearch: true }).then((kept) => kept ?? Response.error())),
  );
});
