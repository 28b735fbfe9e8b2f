import { t } from "./text";
import type { Position } from "./types";

const EARTH_M = 6_371_008.8;
const PATIENCE_MS = 10_000;

/** Great-circle distance in metres; each place is [longitude, latitude] in WGS-84. */
export function metresBetween(one: [number, number], other: [number, number]): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(other[1] - one[1]) / 2) ** 2 +
    Math.cos(rad(one[1])) * Math.cos(rad(other[1])) * Math.sin(rad(other[0] - one[0]) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

export function shownDistance(metres: number): string {
  return metres < 1000 ? t("{metres} 米", { metres: Math.round(metres / 10) * 10 }) : t("{kilometres} 公里", { kilometres: (metres / 1000).toFixed(1) });
}

/** Where the phone is, asked for once. null where it can't or may not be told. */
export function positionOnce(): Promise<Position | null> {
  if (!("geolocation" in navigator)) return Promise.resolve(null);
  return new Promise((tell) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        tell({
          at: new Date(Math.min(timestamp, Date.now())).toISOString(),
          longitude: coords.longitude,
          latitude: coords.latitude,
          accuracy_m: Math.min(100_000, Math.round(coords.accuracy)),
          system: "wgs84",
        }),
      () => tell(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  });
}
