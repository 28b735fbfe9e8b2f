import { createRouter, createWebHashHistory } from "vue-router";

import Today from "./pages/Today.vue";

/** `tabs`: the bottom bar is shown. */
export const router = createRouter({
  history: createWebHashHistory("/m/"),
  routes: [
    { path: "/", component: Today, meta: { tabs: true } },
    { path: "/customers", component: () => import("./pages/Customers.vue"), meta: { tabs: true } },
    { path: "/results", component: () => import("./pages/Results.vue"), meta: { tabs: true } },
    { path: "/me", component: () => import("./pages/Me.vue"), meta: { tabs: true } },
    { path: "/choose", component: () => import("./pages/Choose.vue") },
    { path: "/customers/new", component: () => import("./pages/NewCustomer.vue") },
    { path: "/customers/:who/edit", component: () => import("./pages/Edit.vue"), props: true },
    { path: "/customers/:who", component: () => import("./pages/Card.vue"), props: true },
    { path: "/record/:who", component: () => import("./pages/Record.vue"), props: true },
    { path: "/plan/:who", component: () => import("./pages/Plan.vue"), props: true },
    { path: "/visit/:id", component: () => import("./pages/Visit.vue"), props: true },
    { path: "/reminders", component: () => import("./pages/Reminders.vue") },
    { path: "/case/:who", component: () => import("./pages/NewCase.vue"), props: true },
    { path: "/adverse/:who", component: () => import("./pages/Adverse.vue"), props: true },
    { path: "/report", component: () => import("./pages/Report.vue") },
    { path: "/samples", component: () => import("./pages/Samples.vue") },
    { path: "/outbox/:uid", component: () => import("./pages/Trouble.vue"), props: true },
    { path: "/:rest(.*)", redirect: "/" },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});
