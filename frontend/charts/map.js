import { MapChart } from "echarts/charts";
import { VisualMapContinuousComponent } from "echarts/components";
import * as echarts from "echarts/core";

import { common, rounded } from "./options.js";

echarts.use([MapChart, VisualMapContinuousComponent]);

// ECharts draws the islands of the South China Sea in a frame of their own on a map of this name that has none.
const NAME = "china";

/** Fetches the map at `address` and returns what makes drawing options of data (see options.js). */
export async function onMap(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const map = await answer.json();
  echarts.registerMap(NAME, map);
  const names = namesByCode(map.features);
  return (data, look) => ({ ...common(look), ...options(data, look, names) });
}

/** What the map calls the province of a code (GB/T 2260): maps keep the code under different names. */
function namesByCode(features) {
  return new Map(features.map(({ id, properties }) => [String(properties.adcode ?? properties.id ?? id), properties.name]));
}

function options(data, look, names) {
  const [one] = data.series;
  const written = (value) => (data.percent ? `${value}%` : rounded(value));
  const parts = one.data.map((value, at) => ({ name: names.get(data.places[at]), value, url: data.links?.[at] })).filter((part) => part.name && part.value !== null);
  const values = parts.map((part) => part.value);
  const [least, most] = [Math.min(0, ...values), Math.max(1, ...values)];
  return {
    tooltip: { ...common(look).tooltip, formatter: ({ name, value }) => (Number.isNaN(value) ? name : `${name}  ${written(value)}`) },
    visualMap: {
      type: "continuous", min: least, max: most, left: 0, bottom: 0, itemWidth: 12, itemHeight: 96, hoverLink: false,
      text: [written(most), written(least)], textStyle: { color: look.quiet, fontSize: 12 },
      inRange: { color: [`color-mix(in srgb, ${look.series[0]} 12%, ${look.surface})`, look.series[0]].map(plain) },
    },
    series: [{
      name: one.name,
      type: "map",
      map: NAME,
      roam: false,
      selectedMode: false,
      cursor: "pointer",
      left: 8,
      right: 8,
      top: 8,
      bottom: 8,
      preserveAspect: "contain",
      itemStyle: { areaColor: look.surface, borderColor: look.quiet, borderWidth: 0.5 },
      emphasis: { itemStyle: { areaColor: look.series[1] }, label: { show: true, color: look.text, fontSize: 12 } },
      label: { show: false },
      data: parts,
    }],
  };
}

/** A colour as the canvas knows it: ECharts reads no colour that CSS has to work out. */
function plain(colour) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue})`;
}
