import { windowCount, type Windows } from './windows.ts';

/** The windows at these places, in this order. */
export function pickWindows(windows: Windows, places: Int32Array): Windows {
  const { customer, endRow, step, label } = windows;
  return {
    windowSteps: windows.windowSteps,
    customer: places.map((i) => customer[i]),
    endRow: places.map((i) => endRow[i]),
    step: places.map((i) => step[i]),
    label: Uint8Array.from(places, (i) => label[i]),
  };
}

/** At most `most` windows, evenly spread. */
export function thinWindows(windows: Windows, most: number): Windows {
  const count = windowCount(windows);
  if (count <= most) return windows;
  return pickWindows(
    windows,
    Int32Array.from({ length: most }, (_, i) => Math.floor((i * count) / most)),
  );
}

/** One after the other. */
export function joinWindows(a: Windows, b: Windows): Windows {
  const both = (x: Int32Array, y: Int32Array) => {
    const joined = new Int32Array(x.length + y.length);
    joined.set(x);
    joined.set(y, x.length);
    return joined;
  };
  const label = new Uint8Array(a.label.length + b.label.length);
  label.set(a.label);
  label.set(b.label, a.label.length);
  return {
    windowSteps: a.windowSteps,
    customer: both(a.customer, b.customer),
    endRow: both(a.endRow, b.endRow),
    step: both(a.step, b.step),
    label,
  };
}
