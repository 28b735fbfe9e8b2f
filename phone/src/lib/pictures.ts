const LONGEST_PIXELS = 1600;
const LARGEST_BYTES = 2 * 1024 * 1024;

/** A photo small enough to be sent, as a JPEG data address, without the place and time that a camera writes into it. */
export async function shrunk(file: File): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PIXELS / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.8, 0.6, 0.4]) {
    const address = canvas.toDataURL("image/jpeg", quality);
    if ((address.length * 3) / 4 < LARGEST_BYTES) return address;
  }
  throw new Error("too large");
}
