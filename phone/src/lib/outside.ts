import type { Customer } from "./types";

/** An address that opens the phone's own map app at the customer, "" where its place is not known. */
export function mapsAddress(row: Pick<Customer, "longitude" | "latitude" | "name" | "address">, agent = navigator.userAgent): string {
  const label = encodeURIComponent(row.name);
  const known = row.longitude !== undefined && row.latitude !== undefined;
  if (!known && !row.address) return "";
  const place = known ? `${row.latitude},${row.longitude}` : "0,0";
  if (/iPhone|iPad/.test(agent)) return known ? `maps:?daddr=${place}&q=${label}` : `maps:?q=${encodeURIComponent(row.address!)}`;
  return known ? `geo:${place}?q=${place}(${label})` : `geo:${place}?q=${encodeURIComponent(row.address!)}`;
}
