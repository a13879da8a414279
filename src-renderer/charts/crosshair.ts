/** Charts of a group share one crosshair: where one is pointed at, all show their values at that x. */

type Show = (x: number | null) => void;

const groups = new Map<string, Set<Show>>();

export interface Crosshair {
  /** Null: nowhere. */
  moveTo: (x: number | null) => void;
  leave: () => void;
}

/** `show` is called for every member of the group, the mover included, once a frame at most. */
export function joinCrosshair(group: string, show: Show): Crosshair {
  const members = groups.get(group) ?? new Set();
  groups.set(group, members.add(show));
  let next: number | null = null;
  let frame = 0;
  return {
    moveTo(x) {
      next = x;
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        for (const member of members) member(next);
      });
    },
    leave() {
      cancelAnimationFrame(frame);
      members.delete(show);
      if (members.size === 0 && groups.get(group) === members) groups.delete(group);
    },
  };
}
