import { BarChart, GraphChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import { options } from "./options.js";

echarts.use([
  BarChart, GraphChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer,
]);

const drawn = new Map();

// What a bar with its name takes, and the axis below all of them.
const BAR_PX = 22;
const AXIS_PX = 64;

/** Draws `data` (see options.js) into `place`; a click opens the rows behind the part that was hit. */
export async function draw(place, data) {
  const optionsOf = data.kind === "map" ? await mapOrBars(data) : options;
  if (data.kind === "bar") makeRoom(place, data.categories.length);
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(optionsOf(data, colours(), place.clientWidth));
  chart.on("click", ({ data: part, dataIndex, seriesIndex }) => {
    const url = part?.url ?? data.series?.[seriesIndex]?.links?.[dataIndex] ?? data.links?.[dataIndex];
    if (url) window.location.assign(url);
  });
  new ResizeObserver(() => chart.resize()).observe(place);
  drawn.set(place, { chart, data, optionsOf });
}

/** Many bars below each other need more than the usual height, or half of their names are left out. */
function makeRoom(place, bars) {
  const needed = bars * BAR_PX + AXIS_PX;
  if (needed > place.clientHeight) place.style.height = `${needed}px`;
}

/** The code of maps comes only with the first one. Without the map's file the same numbers are bars. */
async function mapOrBars(data) {
  try {
    const { onMap } = await import("./map.js");
    return await onMap(data.map);
  } catch {
    return (numbers, look, width) => options({ ...numbers, kind: "bar" }, look, width);
  }
}

document.addEventListener("repertory:theme", () => {
  for (const [place, { chart, data, optionsOf }] of drawn) {
    if (place.isConnected) chart.setOption(optionsOf(data, colours(), place.clientWidth), true);
    else {
      chart.dispose();
      drawn.delete(place);
    }
  }
});

function colours() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--rp-${name}`).trim();
  return {
    series: [...[1, 2, 3, 4, 5, 6, 7].map((number) => token(`chart-${number}`)), token("chart-none")],
    none: token("chart-none"),
    bad: token("bad"),
    text: token("text"),
    quiet: token("text-quiet"),
    line: token("line"),
    surface: token("surface"),
    font: getComputedStyle(document.body).fontFamily,
  };
}
