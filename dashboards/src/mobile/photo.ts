const LONGEST_SIDE = 640;

/** Makes a camera picture small enough for a weak network and the outbox: at most 640 px, JPEG, as a data URL. */
export async function shrink(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const k = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * k);
  canvas.height = Math.round(picture.height * k);
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.5);
}
