// data: {kind: "bar"|"bars"|"stacked"|"line"|"pie", categories: [text], series: [{name, data: [number], links?: [url]}],
//        links?: [url], rest?: index of "not filled in", percent?: numbers are percent,
//        mark?: {name, value} a line that bars are compared with, band?: {name, low: [number], high: [number]}} or
//       {kind: "map", map: address of a GeoJSON, places: [code], categories, series, links, percent} or
//       {kind: "graph", nodes: [{id, name, group, url?, main?}], edges: [{from, to, label}], groups: [text], rest?: index}

const LARGEST_PIE = 5;

const NARROW_PX = 420;

export function options(data, look, width) {
  if (data.kind === "graph") return { ...common(look), ...graph(data, look) };
  if (data.kind === "pie" && data.series[0].data.length <= LARGEST_PIE) return { ...common(look), ...pie(data, look, width < NARROW_PX) };
  return { ...common(look), ...grid(data, look) };
}

export function common(look) {
  return {
    color: look.series,
    animation: false,
    textStyle: { fontFamily: look.font, color: look.text },
    aria: { enabled: true },
    // Tooltips drawn on the canvas: HTML ones carry inline styles, which the page's policy refuses.
    tooltip: { renderMode: "richText", trigger: "item", backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.text, fontSize: 12 } },
  };
}

function legend(show, look) {
  return { show, type: "scroll", top: 0, left: 0, right: 0, pageIconColor: look.text, pageIconInactiveColor: look.line, pageTextStyle: { color: look.quiet }, itemWidth: 12, itemHeight: 8, icon: "roundRect", textStyle: { color: look.quiet, fontSize: 12, lineHeight: 18 } };
}

function grid(data, look) {
  const sideways = data.kind !== "line" && data.kind !== "stacked" && data.kind !== "bars";
  const names = {
    type: "category",
    data: data.categories,
    inverse: sideways,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.quiet, fontSize: 12, width: sideways ? 110 : undefined, overflow: "truncate", hideOverlap: !sideways },
  };
  const values = {
    type: "value",
    minInterval: 1,
    max: beyond(data),
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.quiet, fontSize: 12, hideOverlap: true, formatter: data.percent ? "{value}%" : short },
  };
  const many = data.series.length > 1;
  return {
    tooltip: { renderMode: "richText", trigger: many ? "axis" : "item", backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.text, fontSize: 12 } },
    legend: { ...legend(many, look), data: [...data.series.map((one) => one.name), ...(data.band ? [data.band.name] : [])] },
    grid: { left: 4, right: 48, top: many ? 32 : 8, bottom: 4, containLabel: true },
    xAxis: sideways ? values : names,
    yAxis: sideways ? names : values,
    series: [...data.series.map((one, at) => ({
      name: one.name,
      type: data.kind === "line" ? "line" : "bar",
      stack: data.kind === "stacked" ? "all" : undefined,
      barMaxWidth: 22,
      symbolSize: 6,
      cursor: "pointer",
      label: sideways && !many ? { show: true, position: "right", color: look.text, formatter: ({ value }) => (data.percent ? `${value}%` : rounded(value)) } : undefined,
      data: one.data,
      markLine: at === 0 ? mark(data.mark, sideways, look) : undefined,
    })), ...band(data.band, look)],
  };
}

/** Where the axis ends so that the mark is seen; undefined where the bars reach further. */
function beyond({ mark: found, series }) {
  if (!found || found.value <= Math.max(...series.flatMap((one) => one.data))) return undefined;
  const step = 10 ** (Math.ceil(Math.log10(found.value)) - 1);
  return Math.ceil(found.value / step) * step;
}

function mark(found, sideways, look) {
  if (!found) return undefined;
  return {
    silent: true, symbol: "none", lineStyle: { color: look.bad, type: "solid", width: 1.5 },
    label: { show: false },
    data: [sideways ? { xAxis: found.value } : { yAxis: found.value }],
  };
}

/** An area between two lines: the lower one unseen, the distance to the upper one stacked on it. */
function band(found, look) {
  if (!found) return [];
  const unseen = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const apart = found.low.map((low, at) => (low === null ? null : found.high[at] - low));
  return [
    { ...unseen, name: `${found.name} `, data: found.low },
    { ...unseen, name: found.name, data: apart, areaStyle: { color: look.series[1], opacity: 0.18 }, itemStyle: { color: look.series[1], opacity: 0.35 } },
  ];
}

function pie(data, look, narrow) {
  const [one] = data.series;
  return {
    legend: legend(narrow, look),
    series: [{
      type: "pie",
      radius: ["45%", "72%"],
      center: ["50%", narrow ? "60%" : "50%"],
      label: { show: !narrow, color: look.text, formatter: "{b}  {d}%" },
      labelLine: { show: !narrow },
      itemStyle: { borderColor: look.surface, borderWidth: 2 },
      data: data.categories.map((name, at) => ({
        name,
        value: one.data[at],
        url: (one.links ?? data.links)?.[at],
        itemStyle: at === data.rest ? { color: look.none } : undefined,
      })),
    }],
  };
}

function graph(data, look) {
  return {
    legend: legend(data.groups.length > 1, look),
    series: [{
      type: "graph",
      layout: "force",
      roam: "move",
      draggable: true,
      top: 48,
      bottom: 24,
      force: { repulsion: 420, edgeLength: [90, 150], gravity: 0.12, layoutAnimation: false },
      edgeSymbol: ["none", "arrow"],
      edgeSymbolSize: 8,
      categories: data.groups.map((name, at) => ({ name, itemStyle: at === data.rest ? { color: look.none } : undefined })),
      label: { show: true, position: "bottom", color: look.text, fontSize: 12 },
      lineStyle: { color: look.quiet, opacity: 0.7, curveness: 0.08 },
      edgeLabel: { show: true, color: look.quiet, fontSize: 11, formatter: ({ data: edge }) => edge.word ?? "" },
      data: data.nodes.map((node) => ({
        id: String(node.id), name: node.name, category: node.group, url: node.url, symbolSize: node.main ? 44 : 28,
        symbol: node.main ? "roundRect" : "circle",
      })),
      links: data.edges.map((edge) => ({ source: String(edge.from), target: String(edge.to), word: edge.label })),
    }],
  };
}

/** Beside a bar: the table has the exact number. */
export function rounded(value) {
  return short(Math.abs(value) >= 1e8 ? Math.round(value / 1e6) * 1e6 : Math.abs(value) >= 1e5 ? Math.round(value / 1e3) * 1e3 : value);
}

function short(value) {
  if (!document.documentElement.lang.startsWith("zh") || Math.abs(value) < 10000) return value.toLocaleString();
  return Math.abs(value) >= 1e8 ? `${value / 1e8}亿` : `${value / 1e4}万`;
}
