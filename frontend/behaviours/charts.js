// <div data-chart="ID"> draws the JSON of <script type="application/json" id="ID">. The drawing code comes only when
// a page has a chart. The picture is one image to a screen reader: its numbers stand in the table beside it.
export async function addCharts(root) {
  const places = [...(root.querySelectorAll?.("[data-chart]:not([data-drawn])") ?? [])];
  if (!places.length) return;
  for (const place of places) place.dataset.drawn = "";
  const { draw } = await import("../charts/draw.js");
  for (const place of places) draw(place, JSON.parse(document.getElementById(place.dataset.chart).textContent));
}
