// <div data-calendar="ADDRESS"> becomes a calendar. Its code comes only when a page has one.
export async function addCalendars(root) {
  const places = [...(root.querySelectorAll?.("[data-calendar]:not([data-drawn])") ?? [])];
  if (!places.length) return;
  for (const place of places) place.dataset.drawn = "";
  const { drawCalendar } = await import("../charts/calendar.js");
  for (const place of places) drawCalendar(place);
}
