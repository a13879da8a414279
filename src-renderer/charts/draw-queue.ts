/** Work of a frame, after which the rest waits for the next: a screen full of charts must not hold up a click. */
const BUDGET_MS = 10;

const waiting = new Set<() => void>();
let frame = 0;

function work() {
  frame = 0;
  const endsAtMs = performance.now() + BUDGET_MS;
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() >= endsAtMs) break;
  }
  if (waiting.size > 0) frame ||= requestAnimationFrame(work);
}

/** Draws when those before it have been drawn, a few a frame. Gives what takes it back. */
export function drawInTurn(draw: () => void): () => void {
  waiting.add(draw);
  frame ||= requestAnimationFrame(work);
  return () => void waiting.delete(draw);
}
