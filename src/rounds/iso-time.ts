let lastTime: number | undefined;
let lastText = "";

/** A time as ISO 8601; many decisions of one batch share it, and writing it costs more than deciding. */
export function isoTime(date: Date): string {
  const time = date.getTime();
  if (time !== lastTime) {
    lastText = date.toISOString();
    lastTime = time;
  }
  return lastText;
}
