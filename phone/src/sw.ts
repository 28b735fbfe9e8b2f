import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope;
declare const PRECACHED: { url: string; revision: string | null }[];

const SHELL = "/m/";

precacheAndRoute(PRECACHED);
cleanupOutdatedCaches();
// Every address of the app is the shell; the worker rules nothing outside.
registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { allowlist: [/^\/m\/(?:[?#]|$)/] }));

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
