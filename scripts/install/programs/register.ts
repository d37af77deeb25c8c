// The page of a service worker, which does everything else.
await navigator.serviceWorker.register("/service-worker.js");
